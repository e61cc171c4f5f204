/** A server's console over the network: {@link io.nightporter.orchestrator.rcon.RconConsole}. */
@NullMarked
package io.nightporter.orchestrator.rcon;

import org.jspecify.annotations.NullMarked;
