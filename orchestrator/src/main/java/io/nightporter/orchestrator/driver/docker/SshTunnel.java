package io.nightporter.orchestrator.driver.docker;

import io.nightporter.orchestrator.driver.BadDefinitionException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Unix socket here that leads to an engine's on another machine, through the program {@code ssh}: its configuration, keys and
 * known hosts are those of the user that Nightporter runs as, and it never asks anybody. When it ends it is begun again.
 *
 * <p>On the other machine it runs {@code cat}, which ends when nobody holds the other end of its input any more: so nothing is left
 * behind when Nightporter is killed.
 */
final class SshTunnel implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SshTunnel.class);

    private static final String SOCKET_THERE = "/var/run/docker.sock";
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    /** What has lasted for so long was well. */
    private static final Duration WELL = Duration.ofSeconds(30);
    private static final int LONGEST_WORDS = 300;
    private static final int END_SECONDS = 2;

    private final String node;
    private final List<String> command;
    private final Path folder;
    private final Thread keeper;
    private volatile @Nullable Process process;
    private volatile String words = "the connection is being made";
    private volatile boolean closed;

    private SshTunnel(String node, List<String> program, URI there, Path folder) {
        this.node = node;
        this.folder = folder;
        this.command = command(program, there, socket());
        this.keeper = Thread.ofVirtual()
            .name("ssh-" + node)
            .unstarted(this::keep);
    }

    /**
     * Begins to connect, and goes on until it is closed.
     *
     * @param program such as {@code ssh}
     * @param there {@code ssh://user@host:port/path/of/the/socket}; all but the host may be missing
     * @throws BadDefinitionException when there is no room for the socket here
     */
    static SshTunnel to(String node, List<String> program, URI there) throws BadDefinitionException {
        return to(node, program, there, Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
    }

    /** @param temporary where the socket's folder is made */
    static SshTunnel to(String node, List<String> program, URI there, Path temporary) throws BadDefinitionException {
        Path folder;
        try {
            folder = Files.createTempDirectory(temporary, "nightporter-ssh");
        } catch (IOException e) {
            throw new BadDefinitionException(
                "there is no room for the socket of node " + node + " in " + temporary + " (" + e + ")",
                "Make that folder and let Nightporter write there, or name another one by java.io.tmpdir.",
                e
            );
        }
        var tunnel = new SshTunnel(node, program, there, folder);
        tunnel.keeper.start();
        return tunnel;
    }

    private static List<String> command(List<String> program, URI there, Path here) {
        List<String> command = new ArrayList<>(program);
        command.addAll(
            List.of(
                "-T",
                "-oBatchMode=yes",
                "-oExitOnForwardFailure=yes",
                "-oConnectTimeout=5",
                "-oServerAliveInterval=3",
                "-oServerAliveCountMax=2",
                "-oStreamLocalBindUnlink=yes"
            )
        );
        if (there.getPort() > 0) {
            command.addAll(List.of("-p", Integer.toString(there.getPort())));
        }
        String path = there.getPath();
        command.addAll(List.of("-L", here + ":" + (path == null || path.length() < 2 ? SOCKET_THERE : path), "--"));
        command.add(there.getUserInfo() == null ? there.getHost() : there.getUserInfo() + "@" + there.getHost());
        command.add("cat");
        return List.copyOf(command);
    }

    /** Where the engine is reached here, as soon as the connection is there. */
    Path socket() {
        return folder.resolve("docker.sock");
    }

    /** Why the engine cannot be reached; null: nothing is known to be in the way. */
    @Nullable
    String trouble() {
        Process now = process;
        return now != null && now.isAlive() && Files.exists(socket()) ? null : "ssh: " + words;
    }

    private void keep() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!closed) {
                long began = System.nanoTime();
                run();
                if (Duration.ofNanos(System.nanoTime() - began).compareTo(WELL) > 0) {
                    pause = FIRST_PAUSE;
                }
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until it ends. */
    private void run() throws InterruptedException {
        try {
            Process begun = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            process = begun;
            if (closed) {
                end(begun);
            }
            try (
                var lines = new BufferedReader(new InputStreamReader(begun.getErrorStream(), StandardCharsets.UTF_8))
            ) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    heard(line);
                }
            }
            int code = begun.waitFor();
            if (!closed) {
                log.warn("tunnel ended node={} code={} words=\"{}\"", node, code, words);
            }
        } catch (IOException e) {
            words = String.valueOf(e.getMessage());
            log.warn("tunnel not begun node={} reason=\"{}\"", node, words);
        }
    }

    private void heard(String line) {
        String plain = line.replaceAll("\\p{Cntrl}", "").strip();
        if (!plain.isEmpty()) {
            words = plain.length() > LONGEST_WORDS ? plain.substring(0, LONGEST_WORDS) : plain;
            log.debug("tunnel says node={} words=\"{}\"", node, words);
        }
    }

    private static void end(Process begun) throws InterruptedException {
        begun.destroy();
        if (!begun.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            begun.destroyForcibly();
        }
    }

    @Override
    public void close() {
        closed = true;
        keeper.interrupt();
        try {
            Process now = process;
            if (now != null) {
                end(now);
            }
            Files.deleteIfExists(socket());
            Files.deleteIfExists(folder);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            log.debug("tunnel's socket is left behind node={}", node, e);
        }
    }
}
