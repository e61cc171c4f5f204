/** The first packet, and where it leads. */
@NullMarked
package io.nightporter.proxy.handshake;

import org.jspecify.annotations.NullMarked;
