package io.nightporter.proxy.session;

import io.nightporter.proxy.backend.Backend;
import io.nightporter.proxy.backend.Probation;
import io.nightporter.proxy.config.ServerSettings;
import org.jspecify.annotations.Nullable;

/**
 * A server that has let the player in, and waits.
 *
 * @param configuration what it has told already; null where it tells it to the client itself
 */
record Arrival(ServerSettings server, Backend backend, Probation.@Nullable Configuration configuration) {}
