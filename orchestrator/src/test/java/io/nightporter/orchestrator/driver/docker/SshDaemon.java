package io.nightporter.orchestrator.driver.docker;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real ssh server on the loopback that lets in one key, and how {@code ssh} is called to know both. */
final class SshDaemon implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");

    private static final String KEYS = """
    cd "$1"
    ssh-keygen -q -t ed25519 -N '' -f host
    ssh-keygen -q -t ed25519 -N '' -f user
    cp user.pub allowed
    mkdir -p /run/sshd 2>/dev/null || true
    printf '[127.0.0.1]:%s %s\\n' "$2" "$(cut -d' ' -f1-2 host.pub)" > known
    """;

    private final Path folder;
    private final int port;
    private Process process;

    private SshDaemon(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** Skips the test where there is no server, which a CI must have. */
    static SshDaemon start(Path folder) throws IOException, InterruptedException {
        if (!Files.isExecutable(PROGRAM)) {
            String message = "the tests of endpoints through ssh need " + PROGRAM + " (openssh-server)";
            if (System.getenv("CI") != null) {
                fail(message);
            }
            System.err.println("SKIPPED: " + message);
            abort(message);
        }
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        shell(KEYS, folder.toString(), Integer.toString(port));
        Files.writeString(
            folder.resolve("sshd.conf"),
            """
            ListenAddress 127.0.0.1
            Port %d
            HostKey %s/host
            AuthorizedKeysFile %s/allowed
            PidFile none
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            PermitRootLogin prohibit-password
            """.formatted(port, folder, folder)
        );
        return new SshDaemon(folder, port, begin(folder));
    }

    private static Process begin(Path folder) throws IOException {
        return new ProcessBuilder(PROGRAM.toString(), "-D", "-f", folder.resolve("sshd.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("sshd.log").toFile())
            .start();
    }

    /** How the driver has to call the client. */
    List<String> client() {
        return List.of(
            "ssh",
            "-F",
            "none",
            "-i",
            folder.resolve("user").toString(),
            "-o",
            "UserKnownHostsFile=" + folder.resolve("known"),
            "-o",
            "IdentitiesOnly=yes"
        );
    }

    /** @param socket of the engine, as the server has it */
    String endpoint(Path socket) {
        return "ssh://" + System.getProperty("user.name") + "@127.0.0.1:" + port + socket;
    }

    /** All connections end at once, as when the machine is gone. */
    void stop() throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        process.waitFor(10, TimeUnit.SECONDS);
    }

    void startAgain() throws IOException {
        process = begin(folder);
    }

    /** How many programs run for those who are logged in. */
    long guests() {
        return process.descendants().count();
    }

    private static void shell(String script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-ec", script, "sh"));
        command.addAll(List.of(arguments));
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("no keys could be made");
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
