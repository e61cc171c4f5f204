package io.nightporter.e2e.fleet;

import io.nightporter.e2e.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL of a test's own with an empty database, on the loopback. It does not run as root; then it runs as postgres. */
final class Postgres implements AutoCloseable {

    private static final Path INSTALLATIONS = Path.of("/usr/lib/postgresql");

    private final Path programs;
    private final Path folder;
    private final int port = Workplace.freePort();
    private final Thread atExit = new Thread(this::end);

    private Postgres(Path programs, Path folder) {
        this.programs = programs;
        this.folder = folder;
    }

    static Postgres start() {
        try {
            var postgres = new Postgres(programs(), Files.createTempDirectory("np-postgres"));
            Runtime.getRuntime().addShutdownHook(postgres.atExit);
            postgres.begin();
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path programs() throws IOException {
        if (Files.isDirectory(INSTALLATIONS)) {
            try (Stream<Path> versions = Files.list(INSTALLATIONS)) {
                var found = versions
                    .map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        Needed.programs("a fleet on PostgreSQL", "initdb");
        throw new IllegalStateException("initdb is not under " + INSTALLATIONS);
    }

    private void begin() throws IOException {
        if (isRoot()) {
            var users = folder.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(folder, users.lookupPrincipalByName("postgres"));
        }
        run("initdb", "-D", data(), "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync");
        String options = "-p " + port + " -k " + folder + " -c listen_addresses=127.0.0.1 -c fsync=off";
        run("pg_ctl", "-D", data(), "-w", "-l", folder.resolve("log").toString(), "-o", options, "start");
        run("createdb", "-h", "127.0.0.1", "-p", Integer.toString(port), "-U", "tests", "fleet");
    }

    /** What stands at {@code store}. */
    String url() {
        return "postgresql://127.0.0.1:" + port + "/fleet?user=tests";
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void run(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Shell.run(command);
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private void end() {
        run("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
        Shell.script("rm -rf --one-file-system \"$1\"", folder);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
    }
}
