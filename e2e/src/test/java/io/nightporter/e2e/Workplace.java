package io.nightporter.e2e;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Where things are on this machine. */
public final class Workplace {

    public static final Path ROOT = Path.of(property("e2e.root"));
    public static final Path NODE_SOURCES = ROOT.resolve("e2e/src/node");
    public static final Path LOGS = created(ROOT.resolve("e2e/target/e2e-logs"));
    private static final String VERSION = property("e2e.version");

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
        return created(ROOT.resolve("e2e/target/e2e").resolve(name));
    }

    /** A port that was free a moment ago. */
    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
