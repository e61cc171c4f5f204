package io.nightporter.e2e;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Where things are on this machine. */
public final class Workplace {

    public static final Path ROOT = Path.of(property("e2e.root"));
    public static final Path NODE_SOURCES = ROOT.resolve("e2e/src/node");
    /** The number of this process among those that run tests at the same time, from 1. */
    private static final int FORK = Integer.parseInt(property("e2e.fork"));
    public static final Path LOGS = created(ROOT.resolve("e2e/target/e2e-logs/" + FORK));
    private static final String VERSION = property("e2e.version");

    private static final int PORTS = 7_000;
    private static final int FIRST_PORT = 10_000 + (FORK % 2) * PORTS;
    private static final AtomicInteger NEXT_PORT = new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

    private Workplace() {}

    /** Whether clients go to the servers without Nightporter between, to tell whose fault a failure is. */
    public static boolean direct() {
        return property("e2e.through").equals("direct");
    }

    /** Whether a client version is to be played. */
    public static boolean wanted(GameVersion version) {
        String names = System.getProperty("e2e.versions", "");
        return names.isEmpty() || List.of(names.split(",")).contains(version.name());
    }

    public static Path java() {
        return Path.of(property("java.home"), "bin", "java");
    }

    /** The Node.js that npm installed beside the clients. Without it the tests are skipped, but never in CI. */
    public static Path node() {
        Path node = NODE_SOURCES.resolve("node_modules/.bin/node");
        if (!Files.isExecutable(node)) {
            String message = "The clients are not installed: run `npm ci --ignore-scripts` in " + NODE_SOURCES;
            if (System.getenv("CI") != null) {
                throw new IllegalStateException(message);
            }
            abort(message);
        }
        return node;
    }

    /** The jar of a module, with its libraries beside it in {@code lib}. */
    public static Path jar(String module, String artifact) {
        return ROOT.resolve(module)
            .resolve("target")
            .resolve(artifact + "-" + VERSION + ".jar");
    }

    /** A folder under target for one child process, empty when it is new. */
    public static Path folder(String name) {
        return created(ROOT.resolve("e2e/target/e2e-" + FORK).resolve(name));
    }

    /** One that all processes have which run tests, at the same time or one after the other. */
    public static Path sharedFolder(String name) {
        return created(ROOT.resolve("e2e/target").resolve(name));
    }

    /**
     * A port that was free a moment ago. It is none of those that the system gives to connections, which would take it before
     * whoever is going to listen there, nor of those that servers of a fleet get; and it is given only once.
     */
    public static int freePort() {
        for (int i = 0; i < PORTS; i++) {
            int port = FIRST_PORT + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS);
            try (var socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException _) {
                // Somebody listens there; the next one, then.
            }
        }
        throw new IllegalStateException("no port is free from " + FIRST_PORT + " on");
    }

    private static Path created(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), () -> "run by Maven, which sets " + name);
    }
}
