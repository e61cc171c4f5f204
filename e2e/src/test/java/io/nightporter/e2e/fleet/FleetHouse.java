package io.nightporter.e2e.fleet;

import io.nightporter.e2e.GameVersion;
import io.nightporter.e2e.NightporterProcess;
import io.nightporter.e2e.Workplace;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.e2e.wire.WireStatus;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Nightporter with demo worlds that it starts as processes of this machine and puts to sleep. A world is reached as NAME.test. When this
 * is closed, the worlds end as well.
 */
final class FleetHouse implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String id;
    private final NightporterProcess nightporter;
    private final FleetApi api;

    private FleetHouse(String id, NightporterProcess nightporter) {
        this.id = id;
        this.nightporter = nightporter;
        this.api = FleetApi.of(nightporter);
    }

    /** What is going to be a {@link FleetHouse}. */
    static final class Plan {

        private final String id;
        private final Map<String, Object> proxy = new LinkedHashMap<>(
            Map.of("listen", "127.0.0.1:{PORT}", "onlineMode", false)
        );
        private final Map<String, Object> servers = new LinkedHashMap<>();
        private final Map<String, Object> networks = new LinkedHashMap<>();

        private Plan(String id) {
            this.id = id;
        }

        /** A setting of the block proxy. */
        Plan proxy(String key, Object value) {
            proxy.put(key, value);
            return this;
        }

        /**
         * A world that sleeps after five minutes, unless its settings say otherwise.
         *
         * @param settings of its entry in the configuration
         * @param options of the demo world
         */
        Plan world(String name, GameVersion.World version, Map<String, Object> settings, String... options) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("hosts", name + ".test");
            entry.put("node", "local");
            entry.put("payPerUse", true);
            entry.putAll(settings);
            List<String> command = new ArrayList<>();
            command.addAll(List.of(Workplace.java().toString(), mark(id, name), "-Xmx256m", "-XX:+UseSerialGC"));
            // What is played here is over before it would pay to optimize more.
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "--sun-misc-unsafe-memory-access=allow"));
            command.add("-Dminestom.chunk-view-distance=2");
            command.addAll(List.of("-jar", Workplace.jar(version.module(), version.artifact()).toString()));
            command.addAll(List.of("--port", "{port}", "--end-with", Long.toString(ProcessHandle.current().pid())));
            command.addAll(List.of(options));
            entry.put("command", command);
            servers.put(name, entry);
            return this;
        }

        /** A network with its own hostname NAME.test. */
        Plan network(String name, String lobby, String... others) {
            networks.put(name, Map.of("hosts", name + ".test", "lobby", lobby, "servers", List.of(others)));
            return this;
        }

        FleetHouse open() {
            Map<String, Object> fleet = new LinkedHashMap<>();
            fleet.put("nodes", Map.of("local", Map.of("driver", "process")));
            fleet.put("servers", servers);
            if (!networks.isEmpty()) {
                fleet.put("networks", networks);
            }
            // JSON is YAML.
            String yaml = JsonMapper.shared().writeValueAsString(
                Map.of("proxy", proxy, "admin", Map.of("listen", "127.0.0.1:{ADMIN}"), "fleet", fleet)
            );
            var house = new FleetHouse(id, NightporterProcess.start(id, yaml));
            try {
                house.awaitServers(servers.size());
                return house;
            } catch (AssertionError e) {
                house.close();
                throw e;
            }
        }
    }

    /** The fleet's records are opened beside the listeners, so that players need not wait for a database. */
    private void awaitServers(int number) {
        Path token = nightporter.folder().resolve("admin.token");
        long until = System.nanoTime() + LIMIT.toNanos();
        while (!Files.exists(token) && System.nanoTime() < until) {
            NightporterProcess.pause(Duration.ofMillis(50));
        }
        api.await("/api/status", status -> status.path("servers").path("total").asInt() == number, LIMIT);
        api.await("/api/status", status -> status.path("nodes").path("up").asInt() == 1, LIMIT);
    }

    /** @param name is in the names of files; what an earlier run has left is not seen */
    static Plan plan(String name) {
        return new Plan(name + "-" + Long.toString(System.nanoTime(), Character.MAX_RADIX));
    }

    /** By which the processes of a world are found. */
    private static String mark(String id, String server) {
        return "-De2e.world=" + id + "/" + server + "/";
    }

    NightporterProcess nightporter() {
        return nightporter;
    }

    FleetApi api() {
        return api;
    }

    /** Joins by a world's own hostname, or a network's. */
    WirePlayer join(int protocol, String host, String player) throws IOException {
        return WirePlayer.connect(nightporter.port(), version(protocol), host + ".test", player);
    }

    static ProtocolVersion version(int protocol) {
        return Objects.requireNonNull(ProtocolVersions.builtIn().find(protocol));
    }

    /** What a server list gets. */
    JsonNode status(int protocol, String host) throws IOException {
        return JsonMapper.shared().readTree(WireStatus.ask(nightporter.port(), version(protocol), host + ".test"));
    }

    /** All text of what stands in the server list. */
    String listed(int protocol, String host) throws IOException {
        return text(status(protocol, host).path("description"));
    }

    /** The text of a component in JSON, with that of all in it. */
    static String text(JsonNode component) {
        if (component.isString()) {
            return component.asString();
        }
        var text = new StringBuilder(component.path("text").asString(""));
        for (JsonNode part : component.isArray() ? component : component.path("extra")) {
            text.append(text(part));
        }
        return text.toString();
    }

    /** The processes of a world that run. */
    List<ProcessHandle> processes(String server) {
        return marked(mark(id, server));
    }

    private static List<ProcessHandle> marked(String mark) {
        return ProcessHandle.allProcesses()
            .filter(process -> {
                String[] arguments = process
                    .info()
                    .arguments()
                    .orElse(new String[0]);
                return Stream.of(arguments).anyMatch(argument -> argument.startsWith(mark));
            })
            .toList();
    }

    /** All operations of a server that there have been, the latest first. */
    List<JsonNode> operations(String server) {
        return api
            .get("/api/operations?limit=500&server=" + server)
            .expect(200)
            .body()
            .path("operations")
            .valueStream()
            .toList();
    }

    /** The kinds of events that there have been of a server. */
    List<String> changes(String server) {
        return api
            .events(server, null)
            .stream()
            .filter(event -> event.path("kind").asString("").equals("phase_changed"))
            .map(
                event -> event.path("data").path("from").asString("") + ">" + event.path("data").path("to").asString("")
            )
            .toList();
    }

    @Override
    public void close() {
        api.close();
        nightporter.close();
        marked("-De2e.world=" + id + "/").forEach(ProcessHandle::destroyForcibly);
    }
}
