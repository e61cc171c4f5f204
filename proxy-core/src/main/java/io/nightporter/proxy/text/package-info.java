/** What players are told, and in which language. */
@NullMarked
package io.nightporter.proxy.text;

import org.jspecify.annotations.NullMarked;
