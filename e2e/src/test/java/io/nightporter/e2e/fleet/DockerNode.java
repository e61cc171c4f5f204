package io.nightporter.e2e.fleet;

import io.nightporter.e2e.NetworkNamespace;
import io.nightporter.e2e.NightporterProcess;
import io.nightporter.e2e.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A machine with a Docker Engine, as far as anybody outside can tell: a dockerd of its own in a network of its own, one cable
 * away. It listens on a Unix socket, which works without the cable, and with TLS, which does not. There can be two at a time.
 * Linux and root only.
 */
public final class DockerNode implements AutoCloseable {

    private static final int TLS_PORT = 2376;
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final int STOP_SECONDS = 30;

    /** Certificates for a day: who signs, the engine's with its address, and a client's. */
    private static final String CERTIFICATES = """
    cd "$1"
    openssl req -x509 -newkey rsa:2048 -nodes -keyout ca-key.pem -out ca.pem -days 1 -subj /CN=tests
    for who in engine client; do
      openssl req -newkey rsa:2048 -nodes -keyout $who-key.pem -out $who.csr -subj /CN=$who
    done
    echo "subjectAltName=IP:$2" > engine.ext
    echo "extendedKeyUsage=clientAuth" > client.ext
    for who in engine client; do
      openssl x509 -req -in $who.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 1 -out $who.pem -extfile $who.ext
    done
    """;

    /** Mounts of containers that nobody could end. */
    private static final String REMOVE = """
    grep " $1/" /proc/mounts | cut -d' ' -f2 | sort -r | while read at; do umount -l "$at" || true; done
    rm -rf --one-file-system "$1"
    """;

    private final String name;
    private final int number;
    private final NetworkNamespace network;
    private final Path folder;
    private final Path log;
    private final Thread atExit = new Thread(this::end);
    private @Nullable Process engine;

    private DockerNode(String name, int number, NetworkNamespace network, Path folder) {
        this.name = name;
        this.number = number;
        this.network = network;
        this.folder = folder;
        this.log = Workplace.LOGS.resolve("dockerd-" + name + ".log");
    }

    /**
     * A new one, whose engine answers.
     *
     * @param name for people and for log files
     * @param number 0 or 1
     */
    public static DockerNode open(String name, int number) {
        Needed.root("a node with a Docker Engine", "dockerd", "docker", "ip", "nft", "nsenter", "openssl");
        NetworkNamespace network = NetworkNamespace.open(number);
        DockerNode node;
        try {
            // Short, because a Unix socket's path has to be.
            node = new DockerNode(name, number, network, Files.createTempDirectory("np-docker"));
        } catch (IOException e) {
            network.close();
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(node.atExit);
        try {
            Shell.script(CERTIFICATES, node.folder, node.address());
            node.start();
            return node;
        } catch (RuntimeException | AssertionError e) {
            node.close();
            throw e;
        }
    }

    public String name() {
        return name;
    }

    /** Where ports that containers publish can be reached. */
    public String address() {
        return network.address();
    }

    /** The address of this machine for containers of the node. */
    public String ourAddress() {
        return network.ourAddress();
    }

    /** The file that {@code nsenter --net} wants. */
    Path network() {
        return network.path();
    }

    /** The engine's own, which also answers when the cable is cut. */
    public String socket() {
        return "unix://" + folder.resolve("docker.sock");
    }

    /** The engine at the other end of the cable. */
    public String endpoint() {
        return "tcp://" + address() + ":" + TLS_PORT;
    }

    /**
     * What stands behind the node's name under {@code fleet.nodes}.
     *
     * @param more further keys, such as {@code memory: 2GiB}
     */
    public String yaml(String... more) {
        List<String> keys = new ArrayList<>();
        keys.add("driver: docker");
        keys.add("endpoint: \"" + endpoint() + "\"");
        keys.add("address: \"" + address() + "\"");
        keys.add("ca: " + folder.resolve("ca.pem"));
        keys.add("cert: " + folder.resolve("client.pem"));
        keys.add("key: " + folder.resolve("client-key.pem"));
        keys.addAll(List.of(more));
        return "{ " + String.join(", ", keys) + " }";
    }

    /** Runs docker there, through the socket; returns what it printed and fails when it fails. */
    public String docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker", "-H", socket()));
        command.addAll(List.of(arguments));
        return Shell.run(command).strip();
    }

    /** The cable is pulled out: nothing arrives and nobody is told. Containers go on. */
    public void cut() {
        network.unplug();
    }

    /** The cable is put back. */
    public void mend() {
        network.plug();
    }

    /** kill -9 of the engine; its containers go on until it is started again. */
    public void kill() {
        Process running = engine;
        engine = null;
        if (running != null) {
            end(running.destroyForcibly());
        }
    }

    /** Ends the engine, and with it its containers, unless that has happened; starts it and waits until it answers. */
    public void restart() {
        stop();
        start();
    }

    private void start() {
        try {
            forgetDeadContainerd();
            // Not `ip netns exec`, which hides the control groups.
            Process started = new ProcessBuilder(
                "nsenter",
                "--net=" + network.path(),
                "dockerd",
                "--data-root",
                folder + "/data",
                "--exec-root",
                folder + "/exec",
                "--pidfile",
                folder + "/pid",
                "--bip",
                "172.31." + (number + 1) + ".1/24",
                "-H",
                socket(),
                "-H",
                endpoint(),
                "--tlsverify",
                "--tlscacert",
                folder + "/ca.pem",
                "--tlscert",
                folder + "/engine.pem",
                "--tlskey",
                folder + "/engine-key.pem"
            )
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
            engine = started;
            awaitAnswer(started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The containerd of an engine that was killed dies with it. Where nobody reaps it, dockerd takes the dead one for a living
     * one, and waits for it.
     */
    private void forgetDeadContainerd() throws IOException {
        Path pid = folder.resolve("exec/containerd/containerd.pid");
        if (Files.exists(pid) && commandLine(Long.parseLong(Files.readString(pid).strip())).isEmpty()) {
            Files.delete(pid);
        }
    }

    private void awaitAnswer(Process started) throws IOException {
        long until = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() > until) {
                throw new AssertionError("dockerd does not start: " + Files.readString(log));
            }
            NightporterProcess.pause(Duration.ofMillis(200));
        }
    }

    private boolean answers() {
        try {
            docker("version");
            return true;
        } catch (AssertionError _) {
            return false;
        }
    }

    private void stop() {
        Process running = engine;
        engine = null;
        if (running != null) {
            running.destroy();
            end(running);
        }
    }

    private static void end(Process process) {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing stays: no container, process, mount, file, network. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException _) {
            // It is running.
        }
        end();
    }

    private void end() {
        Process running = engine;
        if (running != null && running.isAlive()) {
            try {
                // The engine would wait for each of them to end by itself.
                Shell.script("docker -H \"$1\" ps -q | xargs -r docker -H \"$1\" kill", socket());
            } catch (AssertionError e) {
                System.err.println("containers of " + name + " could not be ended: " + e.getMessage());
            }
        }
        stop();
        endWhatIsLeft();
        try {
            Shell.script(REMOVE, folder);
        } catch (AssertionError e) {
            System.err.println("what the engine of " + name + " left could not be removed: " + e.getMessage());
        }
        network.close();
    }

    /** An engine that was killed leaves its containerd behind, which leaves shims and containers. */
    private void endWhatIsLeft() {
        List<ProcessHandle> left = processesOf(folder);
        for (ProcessHandle process : left) {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
        for (ProcessHandle process : left) {
            process
                .onExit()
                .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
                .exceptionally(_ -> process)
                .join();
        }
    }

    /** Those that name something in the folder: engines, containerds, shims. */
    static List<ProcessHandle> processesOf(Path folder) {
        return ProcessHandle.allProcesses()
            .filter(process -> commandLine(process.pid()).contains(folder + "/"))
            .toList();
    }

    /** {@link ProcessHandle.Info#commandLine} says nothing of long ones. */
    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
        } catch (IOException _) {
            return "";
        }
    }
}
