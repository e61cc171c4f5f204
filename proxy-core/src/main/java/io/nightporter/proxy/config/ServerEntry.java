package io.nightporter.proxy.config;

import io.nightporter.orchestrator.model.ServerDefinition;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code fleet.servers}, as the proxy and as the fleet want to know it.
 *
 * @param definition null after what is wrong with it has been reported
 */
record ServerEntry(ServerSettings settings, @Nullable ServerDefinition definition) {}
