/** Who a player is: encryption keys, session server, profile keys, names and offline ids. */
@NullMarked
package io.nightporter.proxy.auth;

import org.jspecify.annotations.NullMarked;
