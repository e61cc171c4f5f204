/** Carrying packets between a player and a server, looking only at what the proxy must know. */
@NullMarked
package io.nightporter.proxy.relay;

import org.jspecify.annotations.NullMarked;
