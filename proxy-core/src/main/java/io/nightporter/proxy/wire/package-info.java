/** One connection, a player's or a server's: bytes to frames to packets, and back. */
@NullMarked
package io.nightporter.proxy.wire;

import org.jspecify.annotations.NullMarked;
