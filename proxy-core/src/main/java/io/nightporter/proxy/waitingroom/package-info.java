/** Where players are while their server is away: a void world, the world that they still see, or neither yet. */
@NullMarked
package io.nightporter.proxy.waitingroom;

import org.jspecify.annotations.NullMarked;
