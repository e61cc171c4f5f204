/** Where the players' side meets the fleet: what it asks of the fleet, and what it answers. */
@NullMarked
package io.nightporter.proxy.fleet;

import org.jspecify.annotations.NullMarked;
