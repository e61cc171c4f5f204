/** How a server learns who the player is and where they come from. */
@NullMarked
package io.nightporter.proxy.forwarding;

import org.jspecify.annotations.NullMarked;
