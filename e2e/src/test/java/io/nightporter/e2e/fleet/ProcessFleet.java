package io.nightporter.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.NightporterProcess;
import io.nightporter.e2e.Workplace;
import io.nightporter.e2e.wire.GameProgram;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.protocol.version.ProtocolVersions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Nightporter whose servers are light processes of this machine. It may end and begin again; the servers go on, and end with this
 * object at the latest.
 */
final class ProcessFleet implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration AT_ONCE = Duration.ZERO;

    private final String name;
    private final Path folder;
    private final Thread atExit = new Thread(this::end);
    private @Nullable NightporterProcess nightporter;

    /** @param name of its folder, which is emptied */
    ProcessFleet(String name) {
        this.name = name;
        this.folder = Workplace.folder(name);
        clear(folder);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    private static void clear(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    /** The settings that all have: ports, no accounts, as many wakes as one likes. */
    static String settings() {
        return """
        proxy: { listen: "127.0.0.1:{PORT}", onlineMode: false, wakeQuota: { perAccount: 0, perNetwork: 0, total: 0 } }
        admin: { listen: "127.0.0.1:{ADMIN}" }
        """;
    }

    /** The keys {@code hosts}, {@code node} and {@code command} of a server, in a line; its hostname is NAME.test. */
    String entry(String server) {
        return entry(server, AT_ONCE, AT_ONCE);
    }

    String entry(String server, Duration toStart, Duration toEnd) {
        return "hosts: [%s.test], node: local, command: %s".formatted(server, command(server, toStart, toEnd));
    }

    /** The command of a server as JSON, which is YAML, too. */
    String command(String server, Duration toStart, Duration toEnd) {
        return JsonMapper.shared().writeValueAsString(GameProgram.command(mark(server), toStart, toEnd));
    }

    private String mark(String server) {
        return folder + "/" + server;
    }

    /** Starts Nightporter, and waits until it knows its servers. */
    void start(String config) {
        nightporter = NightporterProcess.start(name, config);
        awaitFleet();
    }

    /** Starts it once more after its end. */
    void again() {
        begin();
        awaitFleet();
    }

    /** Starts it once more after its end, and does not wait until it knows its servers. */
    void begin() {
        nightporter = nightporter().again();
    }

    void awaitFleet() {
        // It is made as soon as the records are open, which players do not wait for.
        Path token = folder.resolve("admin.token");
        long until = System.nanoTime() + LIMIT.toNanos();
        while (!Files.exists(token)) {
            assertThat(System.nanoTime()).as("waited too long for %s", token).isLessThan(until);
            NightporterProcess.pause(Duration.ofMillis(50));
        }
        try (FleetApi api = api()) {
            api.await("/api/nodes/local", node -> node.path("reachable").asBoolean(false), LIMIT);
        }
    }

    NightporterProcess nightporter() {
        return Objects.requireNonNull(nightporter, "start it first");
    }

    FleetApi api() {
        return FleetApi.of(nightporter());
    }

    /** SIGKILL; blocks until it is gone. */
    void kill() {
        nightporter().child().signal("KILL");
        nightporter().child().awaitEnd(LIMIT);
    }

    /** SIGTERM; blocks until it has ended. */
    void terminate() {
        nightporter().child().terminate();
        assertThat(nightporter().child().awaitEnd(LIMIT)).as("exit code after SIGTERM").isZero();
    }

    /** A player who goes to a server, and waits if it is not there. */
    WirePlayer join(String server, String player) {
        try {
            var newest = ProtocolVersions.builtIn().newest();
            return WirePlayer.connect(nightporter().port(), newest, server + ".test", player);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A player who is in the world of a server, which echoes what is said. */
    WirePlayer play(String server, String player) {
        WirePlayer joined = join(server, player);
        try {
            joined.chatUntilHeard("hello from " + player);
        } catch (IOException e) {
            joined.close();
            throw new UncheckedIOException(e);
        } catch (AssertionError e) {
            joined.close();
            throw e;
        }
        return joined;
    }

    /** The processes of a server; equal ones have the same id and began at the same time. */
    List<ProcessHandle> processes(String server) {
        return ProcessHandle.allProcesses()
            .filter(process -> GameProgram.isMarked(arguments(process), mark(server)))
            .toList();
    }

    private static List<String> arguments(ProcessHandle process) {
        try {
            return List.of(Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).split("\0", 4));
        } catch (IOException _) {
            return List.of(); // It has ended.
        }
    }

    /** All servers that Nightporter knows, once nothing is going on any more and each is awake or asleep. */
    List<JsonNode> awaitQuiet(FleetApi api) {
        api.await("/api/operations?state=running", seen -> seen.path("operations").isEmpty(), LIMIT);
        return api.await("/api/servers", ProcessFleet::quiet, LIMIT).path("servers").valueStream().toList();
    }

    private static boolean quiet(JsonNode seen) {
        return seen
            .path("servers")
            .valueStream()
            .allMatch(server -> List.of("AWAKE", "ASLEEP").contains(server.path("phase").asString("")));
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
    }

    private void end() {
        NightporterProcess last = nightporter;
        if (last != null) {
            last.close();
        }
        ProcessHandle.allProcesses()
            .filter(process -> isOurs(arguments(process)))
            .forEach(ProcessHandle::destroyForcibly);
    }

    private boolean isOurs(List<String> arguments) {
        return arguments.size() > 1 && arguments.get(1).contains(folder + "/");
    }
}
