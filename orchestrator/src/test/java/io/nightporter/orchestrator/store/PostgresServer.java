package io.nightporter.orchestrator.store;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL of the tests' own, on the loopback, that ends with them. It does not run as root; then it runs as postgres. */
final class PostgresServer {

    private static final Path INSTALLATIONS = Path.of("/usr/lib/postgresql");
    private static final int LIMIT_SECONDS = 60;

    private static @Nullable PostgresServer running;
    private static int databases;

    private final Path programs;
    private final Path folder;
    private final int port;

    private PostgresServer(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /** The address of a new, empty database; skips the test where there is no PostgreSQL, which a CI must have. */
    static synchronized String newDatabase() {
        Path programs = programs();
        if (programs == null) {
            String message = "the store's tests on PostgreSQL need initdb and pg_ctl under " + INSTALLATIONS;
            if (System.getenv("CI") != null) {
                fail(message);
            }
            // Surefire does not show why a test was skipped.
            System.err.println("SKIPPED: " + message);
            abort(message);
            throw new AssertionError();
        }
        try {
            if (running == null) {
                running = start(programs);
            }
            String name = "fleet" + ++databases;
            try (
                Connection connection = DriverManager.getConnection("jdbc:" + running.url("postgres"));
                Statement statement = connection.createStatement()
            ) {
                statement.execute("CREATE DATABASE " + name);
            }
            return running.url(name);
        } catch (IOException | SQLException e) {
            throw new AssertionError("PostgreSQL does not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static @Nullable Path programs() {
        try (Stream<Path> versions = Files.list(INSTALLATIONS)) {
            return versions
                .sorted(Comparator.comparingInt(PostgresServer::number).reversed())
                .map(version -> version.resolve("bin"))
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("pg_ctl")))
                .findFirst()
                .orElse(null);
        } catch (IOException _) {
            return null;
        }
    }

    private static int number(Path version) {
        String name = String.valueOf(version.getFileName());
        return name.matches("\\d{1,4}") ? Integer.parseInt(name) : 0;
    }

    private static PostgresServer start(Path programs) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("nightporter-postgres");
        if (root()) {
            Files.setOwner(
                folder,
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres")
            );
        }
        var server = new PostgresServer(programs, folder, freePort());
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        server.run("initdb", "-D", server.data(), "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync");
        String options =
            "-p " + server.port + " -k " + folder + " -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=40";
        server.run("pg_ctl", "-D", server.data(), "-w", "-l", folder.resolve("log").toString(), "-o", options, "start");
        return server;
    }

    private String url(String database) {
        return "postgresql://127.0.0.1:" + port + "/" + database + "?user=tests";
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (root()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = folder.resolve(program + ".out");
        Process process = new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(program + " failed: " + Files.readString(output));
        }
    }

    private void stop() {
        try {
            run("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            System.err.println("PostgreSQL in " + folder + " did not stop: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
