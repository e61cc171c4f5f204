/** Dialling a server and logging in there on behalf of a player. */
@NullMarked
package io.nightporter.proxy.backend;

import org.jspecify.annotations.NullMarked;
