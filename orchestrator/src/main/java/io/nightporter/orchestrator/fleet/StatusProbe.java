package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.ping.StatusPing;
import io.nightporter.orchestrator.ping.StatusPingException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks with a {@link StatusPing}. Whatever the server answers will do: mods and plugins write odd things. */
public final class StatusProbe implements Probe {

    private static final int NO_VERSION = -1;

    private final Duration limit;

    /** @param limit for everything, from the connection to the last byte */
    public StatusProbe(Duration limit) {
        this.limit = limit;
    }

    @Override
    public Result ask(HostAndPort address, boolean proxyHeader) {
        var ping = new StatusPing(
            new InetSocketAddress(address.host(), address.port()),
            address.host(),
            address.port(),
            NO_VERSION,
            limit,
            proxyHeader
        );
        try {
            return new Result.Ready(players(ping.ask().json()));
        } catch (StatusPingException e) {
            return new Result.NotYet(e.reached(), String.valueOf(e.getMessage()));
        }
    }

    static @Nullable Integer players(String json) {
        try {
            JsonNode online = JsonMapper.shared().readTree(json).path("players").path("online");
            return online.isIntegralNumber() && online.canConvertToInt() ? (Integer) online.intValue() : null;
        } catch (JacksonException _) {
            return null;
        }
    }
}
