package io.nightporter.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.protocol.version.VersionRange;
import io.nightporter.proxy.yaml.Node;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationLoaderTest {

    private static final KickRules.Level NO_RULES = new KickRules.Level(List.of(), List.of());

    @TempDir
    Path folder = Path.of("");

    private TestFiles files = new TestFiles(Path.of(""));

    @BeforeEach
    void useFolder() {
        files = new TestFiles(folder);
    }

    @Test
    void theSmallestFileHasDefaultsForEverythingElse() throws Exception {
        Configuration configuration = files.load(TestFiles.SMALLEST);

        assertThat(configuration.admin()).isEqualTo(new HostAndPort("127.0.0.1", 8080));
        assertThat(configuration.dataDir()).isEqualTo(folder);
        assertThat(configuration.defaultRoute()).isNull();
        assertThat(configuration.proxy()).isEqualTo(
            new ProxySettings(
                List.of(new HostAndPort("0.0.0.0", 25_565)),
                true,
                URI.create("https://sessionserver.mojang.com"),
                false,
                Presentation.NOTHING,
                ForwardingSettings.NONE,
                List.of(),
                false,
                256,
                ProxySettings.DuplicateLogin.REPLACE,
                ProxySettings.UnknownHost.ANSWER,
                ProxySettings.UnknownVersions.AUTO,
                new Timeouts(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5)
                ),
                new Limits(20, 30, 500, 256 << 10, 4096, 64, Limits.LOOPBACK),
                WakeQuota.DEFAULT,
                List.of(),
                ProxySettings.TransportChoice.AUTO
            )
        );
        assertThat(configuration.servers()).containsOnlyKeys("main");
        ServerSettings main = configuration.servers().get("main");
        assertThat(main).isEqualTo(
            new ServerSettings(
                "main",
                List.of("*"),
                List.of(new ServerAddress(new HostAndPort("127.0.0.1", 25_599), VersionRange.ALL)),
                VersionRange.ALL,
                ForwardingSettings.NONE,
                false,
                false,
                Access.EVERYONE,
                KickRules.BUILT_IN.behind(NO_RULES).behind(NO_RULES),
                Presentation.NOTHING
            )
        );
    }

    @Test
    void everyKeyArrivesInTheConfiguration() throws Exception {
        files.secret("forwarding.secret", "  proxy's \n");
        files.secret("guard.secret", "server's");
        files.favicon("icon.png");
        files.write("new.table", "version 9999 99.9\n");
        Configuration configuration = files.load(
            """
            proxy:
              listen: ["127.0.0.1", "[::1]:25577"]
              onlineMode: false
              sessionServer: http://127.0.0.1:9000/
              preventProxyConnections: true
              motd: "<gold>Night shift</gold>"
              favicon: icon.png
              sample: [one, "<red>two</red>"]
              maxPlayers: 20
              forwarding: { mode: modern, secretFile: forwarding.secret }
              proxyProtocol: { trusted: [10.0.0.0/8, "fd00::/8", 192.0.2.7] }
              acceptTransfers: true
              compressionThreshold: -1
              duplicateLogin: refuse
              unknownHost: drop
              timeouts: { handshake: 1s, login: 1m, sessionServer: 500ms, dns: 2s, connect: 3s, read: 1m30s, shutdown: 0s }
              limits: { connectionsPerSecond: 1, loginsPerMinute: 2, packetsPerSecond: 3, bytesPerSecond: 1MiB, halfOpen: 4, halfOpenPerNetwork: 0, exempt: [192.0.2.0/24, "2001:db8::/32"] }
              wakeQuota: { perAccount: 1, perNetwork: 2, total: 3 }
              protocolTables: new.table
              transport: nio
            admin: { listen: "localhost:9090" }
            dataDir: data
            fleet:
              servers:
                survival:
                  hosts: Survival.Example.ORG.
                  address:
                    - "[2001:db8::1]:25570"
                    - { address: old.internal, versions: 1.8..1.12.2 }
                  versions: 1.8..26.3
                  forwarding: { mode: bungeeguard, secretFile: guard.secret }
                  sendProxyProtocol: true
                  motd: plain
                  sample: three
                  maxPlayers: 5
                creative: { hosts: ["*.example.org"], address: "10.0.0.7:25565", passthrough: true, versions: 99.9 }
                modern: { hosts: [bücher.example], address: 10.0.0.8 }
              defaultRoute: survival
            """
        );

        ProxySettings proxy = configuration.proxy();
        assertThat(proxy.listen()).containsExactly(
            new HostAndPort("127.0.0.1", 25_565),
            new HostAndPort("::1", 25_577)
        );
        assertThat(proxy.onlineMode()).isFalse();
        assertThat(proxy.sessionServer()).isEqualTo(URI.create("http://127.0.0.1:9000"));
        assertThat(proxy.preventProxyConnections()).isTrue();
        assertThat(proxy.presentation().motd()).isEqualTo("<gold>Night shift</gold>");
        assertThat(proxy.presentation().favicon()).startsWith("data:image/png;base64,iVBORw0KGgo");
        assertThat(proxy.presentation().sample()).containsExactly("one", "<red>two</red>");
        assertThat(proxy.presentation().maxPlayers()).isEqualTo(20);
        assertThat(proxy.forwarding().mode()).isEqualTo(ForwardingSettings.Mode.MODERN);
        assertThat(proxy.forwarding().secret()).isEqualTo("proxy's");
        assertThat(proxy.trustedProxies()).containsExactly(
            Cidr.parse("10.0.0.0/8"),
            Cidr.parse("fd00::/8"),
            Cidr.parse("192.0.2.7/32")
        );
        assertThat(proxy.acceptTransfers()).isTrue();
        assertThat(proxy.compressionThreshold()).isEqualTo(-1);
        assertThat(proxy.duplicateLogin()).isEqualTo(ProxySettings.DuplicateLogin.REFUSE);
        assertThat(proxy.unknownHost()).isEqualTo(ProxySettings.UnknownHost.DROP);
        assertThat(proxy.timeouts()).isEqualTo(
            new Timeouts(
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(90),
                Duration.ZERO
            )
        );
        assertThat(proxy.limits()).isEqualTo(
            new Limits(1, 2, 3, 1 << 20, 4, 0, List.of(Cidr.parse("192.0.2.0/24"), Cidr.parse("2001:db8::/32")))
        );
        assertThat(proxy.wakeQuota()).isEqualTo(new WakeQuota(1, 2, 3));
        assertThat(proxy.protocolTables()).containsExactly(folder.resolve("new.table"));
        assertThat(proxy.transport()).isEqualTo(ProxySettings.TransportChoice.NIO);
        assertThat(configuration.admin()).isEqualTo(new HostAndPort("localhost", 9090));
        assertThat(configuration.dataDir()).isEqualTo(folder.resolve("data"));
        assertThat(configuration.defaultRoute()).isEqualTo("survival");

        ServerSettings survival = server(configuration, "survival");
        assertThat(survival.hosts()).containsExactly("survival.example.org");
        assertThat(survival.versions()).isEqualTo(new VersionRange(47, 777));
        assertThat(survival.addresses()).containsExactly(
            new ServerAddress(new HostAndPort("2001:db8::1", 25_570), new VersionRange(47, 777)),
            new ServerAddress(new HostAndPort("old.internal", 25_565), new VersionRange(47, 340))
        );
        assertThat(survival.forwarding().mode()).isEqualTo(ForwardingSettings.Mode.BUNGEEGUARD);
        assertThat(survival.forwarding().secret()).isEqualTo("server's");
        assertThat(survival.sendProxyProtocol()).isTrue();
        assertThat(survival.presentation()).isEqualTo(new Presentation("plain", null, List.of("three"), 5));
        ServerSettings creative = server(configuration, "creative");
        assertThat(creative.passthrough()).isTrue();
        assertThat(creative.forwarding()).as("nothing can be forwarded").isEqualTo(ForwardingSettings.NONE);
        assertThat(creative.versions()).as("of the further table").isEqualTo(new VersionRange(9999, 9999));
        ServerSettings modern = server(configuration, "modern");
        assertThat(modern.hosts()).as("as clients send it").containsExactly("xn--bcher-kva.example");
        assertThat(modern.forwarding()).isEqualTo(proxy.forwarding());
        assertThat(modern.versions())
            .as("modern forwarding begins with 1.13")
            .isEqualTo(new VersionRange(393, Integer.MAX_VALUE));
    }

    @Test
    void aServerThatOnlyNamesAnotherModeUsesTheSecretOfTheProxy() throws Exception {
        files.secret("forwarding.secret", "shared");
        Configuration configuration = files.load(
            """
            proxy: { forwarding: { mode: modern, secretFile: forwarding.secret } }
            fleet:
              servers:
                a: { hosts: [a.example.org], address: 10.0.0.1, forwarding: bungeeguard }
                b: { hosts: [b.example.org], address: 10.0.0.2, forwarding: legacy }
            """
        );

        assertThat(server(configuration, "a").forwarding().secret()).isEqualTo("shared");
        assertThat(server(configuration, "b").forwarding().mode()).isEqualTo(ForwardingSettings.Mode.LEGACY);
    }

    @Test
    void whatIsDoubtfulIsAWarningAndNoError() throws Exception {
        Path secret = files.write("forwarding.secret", "s3cret-value");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        Path file = files.configuration(
            """
            proxy:
              sessionServer: http://sessions.example.org
              forwarding: { mode: modern, secretFile: forwarding.secret }
            fleet:
              servers:
                main: { hosts: ["*"], address: 10.0.0.1 }
                lost: { address: 10.0.0.2 }
            """
        );
        List<String> warnings = new ArrayList<>();

        Configuration configuration = ConfigurationLoader.load(file, warning -> warnings.add(warning.toString()));

        assertThat(warnings).satisfiesExactly(
            line -> assertThat(line).contains("nightporter.yml:2 proxy.sessionServer: over http"),
            line ->
                assertThat(line)
                    .contains("nightporter.yml:3 proxy.forwarding.secretFile: everybody")
                    .contains("chmod o-r"),
            line -> assertThat(line).contains("nightporter.yml:7 fleet.servers.lost.hosts: no hostname leads to this")
        );
        assertThat(warnings + " " + configuration).doesNotContain("s3cret-value");
    }

    @Test
    void aVersionTableThatCannotBeUsedIsNamedWithItsLine() {
        files.write("broken.table", "version 9999 99.9\nversoin 10000 99.10\n");

        assertThat(files.errors("proxy: { protocolTables: [broken.table] }\n" + TestFiles.SMALLEST))
            .singleElement()
            .asString()
            .startsWith("nightporter.yml:1 proxy.protocolTables: broken.table:2:");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = folder.resolve("nightporter.yml");

        assertThat(catchThrowable(() -> ConfigurationLoader.load(file)))
            .isInstanceOf(ConfigurationException.class)
            .hasMessage(file + ": there is no such file (looked for " + file + ")");
    }

    @Test
    void aCharacterInAnotherEncodingIsFoundOnItsLine() throws IOException {
        Path file = folder.resolve("nightporter.yml");
        Files.write(file, "proxy:\n  motd: \"Nachtschicht f\u00fcr alle\"\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(catchThrowable(() -> ConfigurationLoader.load(file)))
            .isInstanceOf(ConfigurationException.class)
            .hasMessage(file + ":2: a character is not in UTF-8; save the file in that encoding");
    }

    @Test
    void aControlCharacterIsFoundOnItsLine() {
        assertThat(files.errors("proxy: {}\nfleet: \u0007\n")).containsExactly(
            "nightporter.yml:2: not valid YAML: the character U+0007 may not stand there"
        );
    }

    @Test
    void hostileSizesAndDepthsAreRefusedAtOnce() {
        assertThat(files.errors("[".repeat(10_000)))
            .singleElement()
            .asString()
            .contains("nested too deeply");
        assertThat(files.errors("a: b\n".repeat(300_000)))
            .singleElement()
            .asString()
            .contains("larger than");
    }

    @Test
    void messagesStayOnOneLineWhateverTheFileSays() {
        assertThat(
            files.errors("\"a\\nb\": 1\nproxy: { transport: \"x\\ny\" }\n" + TestFiles.SMALLEST)
        ).containsExactly(
            "nightporter.yml:1 a b: unknown key; the keys here are proxy, waitingRoom, admin, store, dataDir, fleet",
            "nightporter.yml:2 proxy.transport: 'x y' is not one of auto, epoll, io_uring, nio"
        );
    }

    @Test
    void everyDefaultCanBeRead() {
        everyKey(Keys.ROOT).forEach(key -> {
            if (key.initial() != null) {
                Reading reading = new Reading(folder.resolve("nightporter.yml"));
                key.type().read(new Node.Scalar(1, key.initial(), true), new Place(reading, 1, key.name()));
                assertThat(reading.errors()).as(key.name()).isEmpty();
            }
        });
    }

    private static List<Key<?>> everyKey(Block block) {
        List<Key<?>> keys = new ArrayList<>(block.keys());
        for (Key<?> key : block.keys()) {
            if (key.type() instanceof Block inner) {
                keys.addAll(everyKey(inner));
            } else if (key.type() instanceof Named named) {
                keys.addAll(everyKey(named.block()));
            }
        }
        return keys;
    }

    private static ServerSettings server(Configuration configuration, String name) {
        ServerSettings server = configuration.servers().get(name);
        assertThat(server).isNotNull();
        return Objects.requireNonNull(server);
    }
}
