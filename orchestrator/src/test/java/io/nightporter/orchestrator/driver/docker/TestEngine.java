package io.nightporter.orchestrator.driver.docker;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Docker Engine of the tests' own, in a network namespace, as if it were another machine. It listens on a Unix socket and
 * with TLS, knows one image ({@link #IMAGE}, which is busybox and nothing else), and ends with the tests.
 */
final class TestEngine {

    static final String IMAGE = "nightporter-tests:1";

    private static final int LIMIT_SECONDS = 90;

    /** Certificates for a day: who signs, the engine's with its address, and a client's. */
    private static final String CERTIFICATES = """
    cd "$1"
    openssl req -x509 -newkey rsa:2048 -nodes -keyout ca-key.pem -out ca.pem -days 1 -subj /CN=tests
    for who in engine client stranger; do
      openssl req -newkey rsa:2048 -nodes -keyout $who-key.pem -out $who.csr -subj /CN=$who
    done
    echo "subjectAltName=IP:$2" > engine.ext
    echo "extendedKeyUsage=clientAuth" > client.ext
    for who in engine client; do
      openssl x509 -req -in $who.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 1 -out $who.pem -extfile $who.ext
    done
    openssl x509 -req -in stranger.csr -signkey stranger-key.pem -days 1 -out stranger.pem
    """;

    /** A network namespace with one cable to it. */
    private static final String CABLE = """
    ip netns add "$1"
    ip link add "$1h" type veth peer name "$1n"
    ip link set "$1n" netns "$1"
    ip addr add "$2.1/30" dev "$1h"
    ip link set "$1h" up
    ip netns exec "$1" ip addr add "$2.2/30" dev "$1n"
    ip netns exec "$1" ip link set "$1n" up
    ip netns exec "$1" ip link set lo up
    """;

    private static @Nullable TestEngine shared;
    private static boolean failed;

    private final Path folder;
    private final String cable;
    private final String network;
    private @Nullable Process process;

    private TestEngine(Path folder, String cable, String network) {
        this.folder = folder;
        this.cable = cable;
        this.network = network;
    }

    /** The one of all tests; skips the test where it cannot be had, which a CI must have. */
    static synchronized TestEngine shared() {
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            String message = "the tests of the driver docker need root and " + String.join(", ", missing);
            if (System.getenv("CI") != null) {
                fail(message);
            }
            // Surefire does not show why a test was skipped.
            System.err.println("SKIPPED: " + message);
            abort(message);
        }
        if (failed) {
            throw new AssertionError("the engine did not start, see the first failure");
        }
        try {
            if (shared == null) {
                long pid = ProcessHandle.current().pid();
                var engine = new TestEngine(
                    Files.createTempDirectory("npd"),
                    "npd" + (pid % 100_000),
                    "10.99." + (20 + (pid % 200))
                );
                Runtime.getRuntime().addShutdownHook(new Thread(engine::end));
                engine.shell(CERTIFICATES, engine.folder.toString(), engine.address());
                engine.shell(CABLE, engine.cable, engine.network);
                engine.start();
                engine.makeImage();
                shared = engine;
            }
            return shared;
        } catch (IOException | RuntimeException | AssertionError e) {
            failed = true;
            throw new AssertionError("the engine does not start", e);
        }
    }

    private static List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (!"root".equals(System.getProperty("user.name"))) {
            missing.add("root");
        }
        for (String program : List.of("dockerd", "docker", "ip", "nsenter", "openssl", "busybox", "tar")) {
            boolean there = List.of("/usr/local/bin/", "/usr/bin/", "/usr/sbin/", "/bin/", "/sbin/")
                .stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place + program)));
            if (!there) {
                missing.add(program);
            }
        }
        return missing;
    }

    /** Under which the engine's machine is reached. */
    String address() {
        return network + ".2";
    }

    /** Of this machine, as the engine sees it. */
    String ourAddress() {
        return network + ".1";
    }

    Path socket() {
        return folder.resolve("docker.sock");
    }

    NodeDefinition node() {
        return node("unix://" + socket(), Map.of());
    }

    NodeDefinition tlsNode(String who) {
        return node(
            "tcp://" + address() + ":2376",
            Map.of(
                "ca",
                folder.resolve("ca.pem").toString(),
                "cert",
                folder.resolve(who + ".pem").toString(),
                "key",
                folder.resolve(who + "-key.pem").toString()
            )
        );
    }

    private NodeDefinition node(String endpoint, Map<String, String> settings) {
        return new NodeDefinition(
            "n1",
            ManagedBy.API,
            DockerDriver.NAME,
            endpoint,
            settings,
            address(),
            Resources.UNLIMITED,
            null,
            false
        );
    }

    /** For what only the engine itself can tell, or somebody else does. */
    DockerClient client() {
        URI uri = URI.create("unix://" + socket());
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder().withDockerHost(uri.toString()).build();
        return DockerClientImpl.getInstance(config, new ZerodepDockerHttpClient.Builder().dockerHost(uri).build());
    }

    /** Returns when it answers. */
    void start() {
        try {
            Process started = new ProcessBuilder(
                "nsenter",
                "--net=/var/run/netns/" + cable,
                "dockerd",
                "--data-root",
                folder + "/data",
                "--exec-root",
                folder + "/exec",
                "--pidfile",
                folder + "/pid",
                "-H",
                "unix://" + socket(),
                "-H",
                "tcp://" + address() + ":2376",
                "--tlsverify",
                "--tlscacert",
                folder + "/ca.pem",
                "--tlscert",
                folder + "/engine.pem",
                "--tlskey",
                folder + "/engine-key.pem",
                "--insecure-registry",
                network + ".0/30",
                "--bip",
                "172.31." + network.substring(network.lastIndexOf('.') + 1) + ".1/24"
            )
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
            process = started;
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (!answers()) {
                if (!started.isAlive() || System.nanoTime() > until) {
                    throw new AssertionError("dockerd does not start: " + Files.readString(folder.resolve("log")));
                }
                Thread.sleep(100);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private boolean answers() {
        try (DockerDriver driver = DockerDriver.open(node())) {
            driver.ping();
            return true;
        } catch (DriverException _) {
            return false;
        }
    }

    /** Its containers end with it. */
    void stop() {
        Process running = process;
        if (running == null) {
            return;
        }
        try {
            running.destroy();
            if (!running.waitFor(30, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process = null;
    }

    /** As by {@code kill -9}. What becomes of its containers shows when it is back. */
    void kill() {
        Process running = process;
        if (running != null) {
            try {
                running.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
                // Its containerd dies with it. Where nobody collects orphans its pid stays taken, and the next engine would
                // wait for it.
                Files.deleteIfExists(folder.resolve("exec/containerd/containerd.pid"));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        process = null;
    }

    /** It does not answer, and does not hang up either. */
    void freeze(boolean frozen) {
        Process running = process;
        if (running != null) {
            shell("kill -$1 $2", frozen ? "STOP" : "CONT", String.valueOf(running.pid()));
        }
    }

    /** The cable swallows everything, or does not. */
    void cut(boolean cut) {
        shell("ip link set $1h $2; [ $2 = down ] || sleep 0.2", cable, cut ? "down" : "up");
    }

    private void makeImage() {
        shell(
            """
            mkdir -p "$1/image/bin" "$1/image/tmp" "$1/image/data"
            cp "$(command -v busybox)" "$1/image/bin/busybox"
            for name in sh sleep echo cat printf httpd id env; do ln -sf busybox "$1/image/bin/$name"; done
            tar -C "$1/image" -c . | docker -H "unix://$1/docker.sock" import - "$2"
            """,
            folder.toString(),
            IMAGE
        );
    }

    private void end() {
        stop();
        try {
            shell(
                """
                ip netns del "$1" || true
                ip link del "$1h" 2>/dev/null || true
                grep " $2/" /proc/mounts | cut -d' ' -f2 | sort -r | while read at; do umount -l "$at" || true; done
                rm -rf --one-file-system "$2"
                """,
                cable,
                folder.toString()
            );
        } catch (AssertionError e) {
            System.err.println("what the engine in " + folder + " left could not be removed: " + e.getMessage());
        }
    }

    private void shell(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("sh", "-ec", script, "sh"));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("npd", ".out");
            Process running = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
            boolean over = running.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            String said = Files.readString(output);
            Files.delete(output);
            if (!over || running.exitValue() != 0) {
                running.destroyForcibly();
                throw new AssertionError("a script failed: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
