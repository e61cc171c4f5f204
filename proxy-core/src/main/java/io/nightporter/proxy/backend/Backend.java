package io.nightporter.proxy.backend;

import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.proxy.wire.Wire;

/**
 * A server that has let a player in.
 *
 * @param server its name
 * @param knowsIdentity whether the server was told the player's real id: without forwarding it makes up its own
 */
public record Backend(String server, ServerAddress address, Wire wire, boolean knowsIdentity) {}
