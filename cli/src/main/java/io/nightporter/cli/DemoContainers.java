package io.nightporter.cli;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Worlds in containers of this machine's Docker Engine, from an image that is made for this demo and goes with it. */
final class DemoContainers implements DemoWorlds {

    private static final Logger log = LoggerFactory.getLogger(DemoContainers.class);

    private static final String USUAL = "unix:///var/run/docker.sock";
    private static final int SECONDS_TO_ANSWER = 5;

    private final URI endpoint;
    private final DockerClient engine;
    private final String tag;
    private final Path folder;

    private DemoContainers(URI endpoint, DockerClient engine, String tag, Path folder) {
        this.endpoint = endpoint;
        this.engine = engine;
        this.tag = tag;
        this.folder = folder;
    }

    /**
     * Makes the image, which takes a quarter of a minute.
     *
     * @param environment says by {@code DOCKER_HOST} where the engine is, if that is not the usual place
     * @param folder for what is between, and for what the worlds get to see; the caller removes it
     */
    static DemoContainers prepare(DemoJars jars, Map<String, String> environment, Path folder)
        throws DemoException, IOException, InterruptedException {
        URI endpoint = URI.create(environment.getOrDefault("DOCKER_HOST", USUAL));
        if (!"unix".equals(endpoint.getScheme())) {
            throw new DemoException(
                "the demo runs on this machine's Docker Engine only, and DOCKER_HOST is " + endpoint + "; leave it out"
            );
        }
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(endpoint.toString())
            .withDockerTlsVerify(false)
            .withDockerContext("default")
            .build();
        var http = new ZerodepDockerHttpClient.Builder().dockerHost(endpoint).build();
        DockerClient engine = DockerClientImpl.getInstance(config, http);
        String tag = Long.toHexString(System.currentTimeMillis());
        var worlds = new DemoContainers(endpoint, engine, tag, folder);
        try {
            worlds.ask();
            Path archive = DemoImage.write(jars, folder);
            worlds.load(archive);
            Files.delete(archive);
            return worlds;
        } catch (DemoException | IOException | InterruptedException | RuntimeException e) {
            worlds.close();
            throw e;
        }
    }

    /** By hand, because the client's own command for it sends the engine only a part of the archive. */
    private void load(Path archive) throws DemoException, IOException {
        try (
            SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(endpoint.getPath()));
            FileChannel tar = FileChannel.open(archive)
        ) {
            String head =
                "POST /images/create?fromSrc=-&repo=" +
                FLEET +
                "&tag=" +
                tag +
                " HTTP/1.0\r\n" +
                "Content-Type: application/x-tar\r\nContent-Length: " +
                tar.size() +
                "\r\n\r\n";
            ByteBuffer begin = ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII));
            while (begin.hasRemaining()) {
                socket.write(begin);
            }
            for (long sent = 0; sent < tar.size(); ) {
                sent += tar.transferTo(sent, tar.size() - sent, socket);
            }
            String answer = new String(Channels.newInputStream(socket).readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.matches("(?s)HTTP/1\\.[01] 200 .*")) {
                throw new DemoException(
                    "the Docker Engine at " +
                        endpoint +
                        " does not take the demo's image: " +
                        answer.substring(answer.lastIndexOf("\r\n") + 2).strip()
                );
            }
        }
    }

    /** Whether there is an engine at all. */
    private void ask() throws DemoException, InterruptedException {
        // The transport has no time-outs on Unix sockets.
        var ping = new FutureTask<>(() -> engine.pingCmd().exec());
        Thread.ofVirtual().start(ping);
        try {
            ping.get(SECONDS_TO_ANSWER, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            ping.cancel(true);
            throw new DemoException(
                "no Docker Engine answers at " +
                    endpoint +
                    "; start it, and see to it that you may use it " +
                    "(sudo systemctl start docker; you must be root or in the group docker), or leave out --docker"
            );
        }
    }

    /** The image, as a container names it. */
    String image() {
        return FLEET + ":" + tag;
    }

    @Override
    public String node() {
        return "{ driver: docker, endpoint: " + JsonMapper.shared().writeValueAsString(endpoint.toString()) + " }";
    }

    @Override
    public String world(String name, Path secret) {
        Path data = folder.resolve(name);
        try {
            Files.createDirectories(data);
            Files.copy(secret, data.resolve("forwarding.secret"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = command("25565", "--velocity-secret-file", "/data/forwarding.secret");
        return (
            "image: " +
            JsonMapper.shared().writeValueAsString(image()) +
            ", memory: 768MiB, data: " +
            JsonMapper.shared().writeValueAsString(data.toString()) +
            ", command: " +
            JsonMapper.shared().writeValueAsString(command)
        );
    }

    static List<String> command(String port, String... more) {
        var command = new ArrayList<>(
            List.of(
                DemoImage.JAVA,
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                DemoImage.CLASS_PATH,
                DemoJars.MAIN_CLASS,
                "--bind",
                "0.0.0.0",
                "--port",
                port
            )
        );
        command.addAll(List.of(more));
        return command;
    }

    @Override
    public void close() {
        try (engine) {
            for (Container container : engine.listContainersCmd().withShowAll(true).exec()) {
                // By the image, because a server of somebody else's may be called the same.
                if (image().equals(container.getImage())) {
                    engine.removeContainerCmd(container.getId()).withForce(true).exec();
                }
            }
            if (!engine.listImagesCmd().withReferenceFilter(image()).exec().isEmpty()) {
                engine.removeImageCmd(image()).exec();
            }
        } catch (IOException | RuntimeException e) {
            log.warn("what the demo left in Docker was not removed image={} reason=\"{}\"", image(), e.getMessage());
        }
    }
}
