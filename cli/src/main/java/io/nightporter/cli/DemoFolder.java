package io.nightporter.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The files of a demo, in a folder of their own that goes when the demo ends. */
final class DemoFolder implements AutoCloseable {

    private static final int ADMIN_PORT = 8080;

    private final Path folder;

    private final Path secret;

    private DemoFolder(Path folder, Path secret) {
        this.folder = folder;
        this.secret = secret;
    }

    static DemoFolder create() throws IOException {
        Path folder = Files.createTempDirectory("nightporter-demo").toRealPath();
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        // A temporary file, because only its owner may read it.
        Path file = Files.createTempFile(folder, "forwarding", ".secret");
        Files.writeString(file, HexFormat.of().formatHex(secret));
        return new DemoFolder(folder, file);
    }

    /** The file with what proves to the world that players come from this proxy. */
    Path secret() {
        return secret;
    }

    /** Where everything lies. */
    Path path() {
        return folder;
    }

    /**
     * Writes the configuration and says where: a lobby, where players come in, and a world, where they can go from there.
     *
     * @param version the Minecraft version of the worlds
     */
    Path writeConfiguration(int port, DemoWorlds worlds, String version) throws IOException {
        var servers = new StringBuilder();
        for (String name : DemoWorlds.NAMES) {
            servers.append(
                "    %s: { %s, node: %s, versions: \"%s\", payPerUse: true, idleAfter: 1m }%n".formatted(
                    name,
                    worlds.world(name, secret),
                    DemoProcesses.NODE,
                    version
                )
            );
        }
        return Files.writeString(
            folder.resolve("nightporter.yml"),
            """
            proxy:
              listen: 127.0.0.1:%d
              onlineMode: false
              motd: "<gold>Nightporter</gold>\\n<gray>a demo on this machine</gray>"
              forwarding: { mode: modern, secretFile: %s }
            admin: { listen: 127.0.0.1:%d }
            dataDir: .
            fleet:
              name: %s
              nodes:
                %s: %s
              servers:
            %s  networks:
                demo: { hosts: ["*"], lobby: [%s], servers: [%s] }
              defaultRoute: demo
            """.formatted(
                port,
                secret.getFileName(),
                adminPort(),
                DemoWorlds.FLEET,
                DemoProcesses.NODE,
                worlds.node(),
                servers,
                DemoWorlds.NAMES.getFirst(),
                DemoWorlds.NAMES.getLast()
            )
        );
    }

    /** The usual one, unless another program has it. */
    private static int adminPort() throws IOException {
        try (var usual = new ServerSocket(ADMIN_PORT, 1, InetAddress.getLoopbackAddress())) {
            return usual.getLocalPort();
        } catch (IOException _) {
            try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            }
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> innermostFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : innermostFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
