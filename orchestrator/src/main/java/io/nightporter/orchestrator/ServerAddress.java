package io.nightporter.orchestrator;

import io.nightporter.protocol.version.VersionRange;

/** One place where a server can be reached, and the client versions that play there. */
public record ServerAddress(HostAndPort address, VersionRange versions) {}
