package io.nightporter.orchestrator.driver.remote;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.model.Workload;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What another system says of a server. Every system has its own words, so whatever means the same is understood, and what
 * is not understood is left out.
 *
 * @param address null: it does not say
 * @param startedAt null: it does not say
 */
record RemoteStatus(State state, @Nullable HostAndPort address, @Nullable Instant startedAt) {
    /** How the server is. */
    enum State {
        RUNNING,
        STARTING,
        STOPPING,
        STOPPED,
        UNKNOWN,
    }

    private static final Set<String> RUNNING = Set.of(
        "running",
        "online",
        "started",
        "up",
        "active",
        "awake",
        "ready",
        "healthy",
        "ok",
        "true",
        "1"
    );
    private static final Set<String> STARTING = Set.of(
        "starting",
        "booting",
        "pending",
        "creating",
        "provisioning",
        "installing",
        "loading",
        "queued",
        "restarting",
        "waking",
        "preparing"
    );
    private static final Set<String> STOPPING = Set.of("stopping", "saving", "shutting_down", "terminating");
    private static final Set<String> STOPPED = Set.of(
        "stopped",
        "offline",
        "down",
        "inactive",
        "asleep",
        "sleeping",
        "exited",
        "dead",
        "created",
        "suspended",
        "hibernated",
        "terminated",
        "crashed",
        "failed",
        "error",
        "paused",
        "false",
        "0"
    );

    /** @return null: it is no JSON object, so that nothing is known */
    static @Nullable RemoteStatus read(String body) {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(body);
        } catch (JacksonException _) {
            return null;
        }
        // Some put everything into an envelope.
        for (String envelope : List.of("data", "server", "attributes")) {
            root = root.path(envelope).isObject() ? root.path(envelope) : root;
        }
        if (!root.isObject()) {
            return null;
        }
        return new RemoteStatus(state(root), address(root), startedAt(root));
    }

    private static State state(JsonNode root) {
        for (String key : List.of("status", "state", "phase", "running", "online")) {
            JsonNode value = root.path(key);
            value = value.isObject() ? value.path("status") : value;
            if (!value.isValueNode() || value.isNull()) {
                continue;
            }
            String word = value.asString("").strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
            if (RUNNING.contains(word)) {
                return State.RUNNING;
            } else if (STARTING.contains(word)) {
                return State.STARTING;
            } else if (STOPPING.contains(word)) {
                return State.STOPPING;
            } else if (STOPPED.contains(word)) {
                return State.STOPPED;
            }
        }
        return State.UNKNOWN;
    }

    private static @Nullable HostAndPort address(JsonNode root) {
        JsonNode address = root.path("address");
        if (address.isObject()) {
            return hostAndPort(address.path("host").asString(""), address.path("port").asString(""));
        }
        String text = address.isString() ? address.asString("") : "";
        if (text.isBlank()) {
            String host = root.path("host").asString("");
            return hostAndPort(host.isBlank() ? root.path("ip").asString("") : host, root.path("port").asString(""));
        }
        int colon = text.lastIndexOf(':');
        boolean bare = colon < 0 || text.endsWith("]") || (text.indexOf(':') != colon && !text.contains("]:"));
        return bare
            ? hostAndPort(text, root.path("port").asString(""))
            : hostAndPort(text.substring(0, colon), text.substring(colon + 1));
    }

    private static @Nullable HostAndPort hostAndPort(String host, String port) {
        String plain = host.strip().replace("[", "").replace("]", "");
        String number = port.isBlank() ? String.valueOf(Workload.MINECRAFT_PORT) : port.strip();
        if (!plain.matches("[A-Za-z0-9.:_%-]{1,253}") || !number.matches("\\d{1,5}")) {
            return null;
        }
        int value = Integer.parseInt(number);
        return value < 1 || value > 65_535 ? null : new HostAndPort(plain, value);
    }

    private static @Nullable Instant startedAt(JsonNode root) {
        try {
            String text = root.path("startedAt").asString("");
            return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            return null;
        }
    }
}
