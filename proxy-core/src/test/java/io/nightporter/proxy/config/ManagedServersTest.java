package io.nightporter.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.orchestrator.model.AwakeWindow;
import io.nightporter.orchestrator.model.CostOptimization;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Plan;
import io.nightporter.orchestrator.model.Port;
import io.nightporter.orchestrator.model.Price;
import io.nightporter.orchestrator.model.Rcon;
import io.nightporter.orchestrator.model.Resources;
import io.nightporter.orchestrator.model.RunRules;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.SleepRules;
import io.nightporter.orchestrator.model.WakeRules;
import io.nightporter.orchestrator.model.Workload;
import io.nightporter.protocol.version.VersionRange;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes and the servers that Nightporter starts on them. */
class ManagedServersTest {

    private static final String AROUND = """
    fleet:
      nodes:
        n1: { driver: docker }
        local: { driver: process }
        far: { driver: remote, endpoint: "https://far.example.org" }
    """;

    @TempDir
    Path folder = Path.of("");

    private TestFiles files = new TestFiles(Path.of(""));

    @BeforeEach
    void useFolder() {
        files = new TestFiles(folder);
    }

    private ServerDefinition server(String keys) throws ConfigurationException {
        String yaml = AROUND + "  servers: { it: { hosts: [\"*\"], " + keys + " } }";
        return files.load(yaml).fleet().servers().getFirst();
    }

    private static ServerSettings settings(Configuration configuration, String server) {
        return Objects.requireNonNull(configuration.servers().get(server));
    }

    private List<String> warnings(String yaml) throws ConfigurationException {
        List<String> warnings = new ArrayList<>();
        ConfigurationLoader.load(files.configuration(yaml), warning ->
            warnings.add(warning.toString().replace(folder + "/", ""))
        );
        return warnings;
    }

    @Test
    void everyKeyOfAnImageArrives() throws Exception {
        Path password = files.secret("rcon.secret", "s3cret");
        Configuration configuration = files.load(
            """
            fleet:
              nodes:
                n1: { driver: docker, memory: 16GiB }
              servers:
                lobby: { image: paper, node: n1 }
                survival:
                  hosts: [survival.example.org]
                  node: n1
                  image: itzg/minecraft-server
                  command: [start, now]
                  memory: 4GiB
                  cores: 1.5
                  env: { EULA: "TRUE", TYPE: PAPER, VERSION: 1.20 }
                  gamePort: 25570
                  ports: [8123, "24454:24454/udp"]
                  data: /srv/survival
                  dataPath: /world
                  stopSignal: SIGINT
                  network: games
                  rcon: { port: 25576, passwordFile: rcon.secret }
                  payPerUse: true
                  sleep: { pauseAfter: 5m, stopAfter: 30m }
                  minimumUptime: 10m
                  awake: ["18:00-23:00", "Sat-Sun 10:00-24:00", "fri 22:00-02:00"]
                  wake: { who: [Alex, 069a79f444e94726a5befca90e38aaf5], needs: [lobby] }
                  owners: [Alex]
                  costOptimization: suggest
                  budget: 12 EUR/month
                  startTimeout: 5m
                  startAttempts: 2
                  stopGrace: 30s
                  versions: 1.20.2..
                  sendProxyProtocol: true
            """
        );

        ServerDefinition survival = configuration.fleet().servers().get(1);
        assertThat(survival).isEqualTo(
            ServerDefinition.named(
                "survival",
                new Workload.Image(
                    "itzg/minecraft-server",
                    List.of("start", "now"),
                    Map.of("EULA", "TRUE", "TYPE", "PAPER", "VERSION", "1.20"),
                    25_570,
                    List.of(Port.tcp(8123), new Port(24_454, 24_454, Port.Protocol.UDP)),
                    "/srv/survival",
                    "/world",
                    "SIGINT",
                    "games"
                )
            )
                .managedBy(ManagedBy.YAML)
                .hosts(List.of("survival.example.org"))
                .node("n1")
                .resources(new Resources(4L << 30, 1.5))
                .rcon(new Rcon(25_576, password.toAbsolutePath().toString()))
                .plan(new Plan(true, CostOptimization.SUGGEST, new Price(new BigDecimal("12"), "EUR", Price.Per.MONTH)))
                .sleep(
                    SleepRules.pauseThenStop(Duration.ofMinutes(5), Duration.ofMinutes(30))
                        .withMinimumUptime(Duration.ofMinutes(10))
                        .withAwake(
                            List.of(
                                new AwakeWindow(LocalTime.of(18, 0), LocalTime.of(23, 0)),
                                new AwakeWindow(
                                    LocalTime.of(10, 0),
                                    LocalTime.MIDNIGHT,
                                    EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY)
                                ),
                                new AwakeWindow(LocalTime.of(22, 0), LocalTime.of(2, 0), EnumSet.of(DayOfWeek.FRIDAY))
                            )
                        )
                )
                .wake(
                    new WakeRules(
                        new WakeRules.Only(List.of("Alex", "069a79f4-44e9-4726-a5be-fca90e38aaf5")),
                        List.of("lobby")
                    )
                )
                .run(new RunRules(Duration.ofMinutes(5), 2, Duration.ofSeconds(30)))
                .owners(List.of("Alex"))
                .versions(settings(configuration, "survival").versions())
                .sendProxyProtocol(true)
                .written(survival.written())
                .build()
        );
        assertThat(settings(configuration, "survival").managed()).isTrue();
        assertThat(settings(configuration, "survival").addresses()).isEmpty();
        assertThat(survival.written()).contains("\"cores\":\"1.5\"", "\"VERSION\":\"1.20\"", "\"gamePort\":25570");
    }

    @Test
    void whatIsLeftOutHasTheDefaultsOfTheFleet() throws Exception {
        assertThat(server("image: paper")).isEqualTo(
            ServerDefinition.named("it", new Workload.Image("paper", Map.of()))
                .managedBy(ManagedBy.YAML)
                .hosts(List.of("*"))
                .written("{\"hosts\":[\"*\"],\"image\":\"paper\"}")
                .build()
        );
    }

    @Test
    void somebodyElsesServersAreDefinedToo() throws Exception {
        Configuration configuration = files.load(TestFiles.SMALLEST);

        assertThat(configuration.fleet().servers()).containsExactly(
            ServerDefinition.named(
                "main",
                new Workload.Elsewhere(
                    List.of(new ServerAddress(new HostAndPort("127.0.0.1", 25_599), VersionRange.ALL))
                )
            )
                .managedBy(ManagedBy.YAML)
                .hosts(List.of("*"))
                .written("{\"hosts\":[\"*\"],\"address\":\"127.0.0.1:25599\"}")
                .build()
        );
        assertThat(settings(configuration, "main").managed()).isFalse();
    }

    @Test
    void aCommandRunsOnTheMachineItself() throws Exception {
        ServerDefinition tiny = server(
            "command: [java, -jar, world.jar, --port, \"{port}\"], node: local, directory: tiny, stopSignal: \"console:stop\""
        );

        assertThat(tiny.workload()).isEqualTo(
            new Workload.Command(
                List.of("java", "-jar", "world.jar", "--port", "{port}"),
                Map.of(),
                25_565,
                List.of(),
                "tiny",
                "console:stop"
            )
        );
        assertThat(tiny.node()).isEqualTo("local");
    }

    @Test
    void containersAndRemoteServersAreOnTheOnlyNodeThatHasSuch() throws Exception {
        assertThat(server("container: mc-abc123").node()).isEqualTo("n1");
        assertThat(server("container: mc-abc123").workload()).isEqualTo(new Workload.Container("mc-abc123", 25_565));
        assertThat(server("remote: \"17\"").node()).isEqualTo("far");
        assertThat(server("remote: \"17\", address: 10.0.0.9").workload()).isEqualTo(
            new Workload.Remote("17", new HostAndPort("10.0.0.9", 25_565))
        );
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock = """
        sleep: stop                          |     | PT5M
        sleep: pause                         | PT5M |
        idleAfter: 90s                       |     | PT1M30S
        idleAfter: 1h, sleep: pause          | PT1H |
        sleep: { stopAfter: 10m }            |     | PT10M
        sleep: { pauseAfter: 10m }           | PT10M |
        """
    )
    void aServerSleepsInSeveralWays(String keys, @Nullable Duration pauseAfter, @Nullable Duration stopAfter)
        throws Exception {
        SleepRules sleep = server("image: paper, payPerUse: true, " + keys).sleep();

        assertThat(sleep.pauseAfter()).isEqualTo(pauseAfter);
        assertThat(sleep.stopAfter()).isEqualTo(stopAfter);
    }

    @Test
    void whoMayWakeAServerIsAWordOrAListOfPlayers() throws Exception {
        assertThat(server("image: paper, wake: whitelist").wake().who()).isEqualTo(new WakeRules.Whitelist());
        assertThat(server("image: paper, wake: everyone").wake().who()).isEqualTo(new WakeRules.Everyone());
        assertThat(server("image: paper, wake: { who: owners }, owners: Alex").wake().who()).isEqualTo(
            new WakeRules.Owners()
        );
        assertThat(server("image: paper, wake: [Alex, Steve]").wake().who()).isEqualTo(
            new WakeRules.Only(List.of("Alex", "Steve"))
        );
    }

    @Test
    void everyKeyOfANodeArrives() throws Exception {
        Path token = files.secret("token.secret", "s3cret");
        Path pem = files.write("x.pem", "PEM");
        Configuration configuration = files.load(
            """
            fleet:
              nodes:
                local: { driver: process, endpoint: worlds, ports: 26000 - 26099 }
                n1: { driver: docker, endpoint: "tcp://10.0.0.2:2376", ca: x.pem, cert: x.pem, key: x.pem, publish: 10.0.0.2,
                      address: n1.internal, memory: 16GiB, cores: 8, price: 0.012 EUR/h, draining: true }
                far: { driver: remote, endpoint: "https://far.example.org/panel", tokenFile: token.secret }
            """
        );

        String pemPath = pem.toAbsolutePath().toString();
        assertThat(configuration.fleet().nodes()).containsExactly(
            new NodeDefinition(
                "local",
                ManagedBy.YAML,
                "process",
                "worlds",
                Map.of("ports", "26000-26099"),
                null,
                Resources.UNLIMITED,
                null,
                false
            ),
            new NodeDefinition(
                "n1",
                ManagedBy.YAML,
                "docker",
                "tcp://10.0.0.2:2376",
                Map.of("ca", pemPath, "cert", pemPath, "key", pemPath, "publish", "10.0.0.2"),
                "n1.internal",
                new Resources(16L << 30, 8.0),
                new Price(new BigDecimal("0.012"), "EUR", Price.Per.HOUR),
                true
            ),
            new NodeDefinition(
                "far",
                ManagedBy.YAML,
                "remote",
                "https://far.example.org/panel",
                Map.of("tokenFile", token.toAbsolutePath().toString()),
                null,
                Resources.UNLIMITED,
                null,
                false
            )
        );
    }

    @Test
    void whatIsDoubtfulAboutManagedServersIsSaid() throws Exception {
        assertThat(
            warnings(
                """
                fleet:
                  servers:
                    awake: { hosts: [a.localhost], image: "docker.io/itzg/minecraft-server:java21", idleAfter: 5m }
                    slip: { hosts: [b.localhost], image: paper, wake: everyon }
                """
            )
        ).containsExactly(
            "nightporter.yml:3 fleet.servers.awake.image: itzg/minecraft-server does not start without env: " +
                "{ EULA: \"TRUE\" }, by which you accept Minecraft's EULA",
            "nightporter.yml:3 fleet.servers.awake.idleAfter: has no effect, because the server never sleeps; add " +
                "payPerUse: true",
            "nightporter.yml:3 fleet.servers.awake.node: there is no node with the driver docker for this server; add " +
                "one, such as fleet: { nodes: { local: { driver: docker } } }",
            "nightporter.yml:4 fleet.servers.slip.wake: 'everyon' is taken for the name of a player; did you mean " +
                "everyone?",
            "nightporter.yml:4 fleet.servers.slip.node: there is no node with the driver docker for this server; add " +
                "one, such as fleet: { nodes: { local: { driver: docker } } }"
        );
    }
}
