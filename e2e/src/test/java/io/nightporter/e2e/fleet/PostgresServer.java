package io.nightporter.e2e.fleet;

import io.nightporter.e2e.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** A PostgreSQL on the loopback with one empty database. As root it runs as the user postgres, because it refuses to be root. */
final class PostgresServer implements AutoCloseable {

    private static final Path INSTALLATIONS = Path.of("/usr/lib/postgresql");

    private static final String ANYBODY_BUT_ROOT = """
    bin=$1 folder=$2
    as=
    if [ "$(id -u)" = 0 ]; then
        chown postgres "$folder"
        as='setpriv --reuid=postgres --regid=postgres --clear-groups --'
    fi
    cd "$folder"
    """;

    private static final String START =
        ANYBODY_BUT_ROOT +
        """
        $as "$bin/initdb" -D "$folder/data" -U tests -A trust -E UTF8 --no-sync
        $as "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \\
            -o "-p $3 -k $folder -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=40" start
        """;

    private static final String STOP =
        ANYBODY_BUT_ROOT +
        """
        $as "$bin/pg_ctl" -D "$folder/data" -w -m immediate stop || true
        cd /
        rm -rf "$folder"
        """;

    private final Path programs;
    private final Path folder;
    private final int port;
    private final Thread atExit = new Thread(this::stop);

    private PostgresServer(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /** Starts it and waits until it answers. */
    static PostgresServer start() {
        Path programs = Needed.found("a store in PostgreSQL", "initdb and pg_ctl under " + INSTALLATIONS, programs());
        try {
            Path folder = Files.createTempDirectory("np-postgres");
            var server = new PostgresServer(programs, folder, Workplace.freePort());
            Runtime.getRuntime().addShutdownHook(server.atExit);
            Shell.script(START, programs, folder, server.port);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> programs() {
        try (Stream<Path> versions = Files.list(INSTALLATIONS)) {
            return versions
                .map(version -> version.resolve("bin"))
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("pg_ctl")))
                .max(Comparator.naturalOrder());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** What stands behind {@code store:}. */
    String url() {
        return "postgresql://127.0.0.1:" + port + "/postgres?user=tests";
    }

    private void stop() {
        Shell.script(STOP, programs, folder);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        stop();
    }
}
