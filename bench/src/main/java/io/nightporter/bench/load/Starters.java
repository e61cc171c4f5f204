package io.nightporter.bench.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The proxies that can be started, each with a configuration that leads to the fake server. */
final class Starters {

    private final Path folder;
    private final int serverPort;
    private final int protocol;
    private final String sessionServer;
    private final LongConsumer born;

    /**
     * @param folder for configurations, logs and whatever a proxy keeps
     * @param serverPort where the fake server listens
     * @param sessionServer its address
     * @param born learns of every process at once
     */
    Starters(Path folder, int serverPort, int protocol, String sessionServer, LongConsumer born) {
        this.folder = folder;
        this.serverPort = serverPort;
        this.protocol = protocol;
        this.sessionServer = sessionServer;
        this.born = born;
    }

    /**
     * @param launcher the script {@code nightporter}, which has built what it needs
     */
    Starter nightporter(Path launcher) {
        return online -> {
            int port = Program.freePort();
            Path home = Files.createTempDirectory(folder, "nightporter");
            Path configuration = home.resolve("nightporter.yml");
            Files.writeString(
                configuration,
                """
                proxy: { listen: "127.0.0.1:%d", onlineMode: %b, sessionServer: "%s", compressionThreshold: 256 }
                admin: { listen: "127.0.0.1:%d" }
                fleet: { servers: { load: { hosts: ["*"], address: "127.0.0.1:%d" } } }
                """.formatted(port, online, sessionServer, Program.freePort(), serverPort)
            );
            return Program.start(
                List.of(launcher.toAbsolutePath().toString(), "run", "--config", configuration.toString()),
                Map.of("NIGHTPORTER_BUILD", "never"),
                port,
                home,
                protocol,
                born
            );
        };
    }

    /** HAProxy that only moves bytes, if it is installed. */
    Optional<Starter> haproxy() {
        return Optional.of(Path.of("/usr/sbin/haproxy")).filter(Files::isExecutable).map(this::haproxy);
    }

    private Starter haproxy(Path program) {
        return _ -> {
            int port = Program.freePort();
            Path home = Files.createTempDirectory(folder, "haproxy");
            Path configuration = home.resolve("haproxy.cfg");
            Files.writeString(
                configuration,
                """
                global
                    maxconn 4000
                    nbthread %d
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 60s
                    timeout server 60s
                listen load
                    bind 127.0.0.1:%d
                    server load 127.0.0.1:%d
                """.formatted(Machine.cores(), port, serverPort)
            );
            return Program.start(
                List.of(program.toString(), "-db", "-q", "-f", configuration.toString()),
                Map.of(),
                port,
                home,
                protocol,
                born
            );
        };
    }
}
