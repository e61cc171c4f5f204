package io.nightporter.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.SleepRules;
import io.nightporter.orchestrator.model.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries that come by the API, by commands and by the labels of containers. */
class DefinitionsTest {

    @TempDir
    Path folder = Path.of("");

    private TestFiles files = new TestFiles(Path.of(""));

    @BeforeEach
    void useFolder() {
        files = new TestFiles(folder);
        files.secret("forwarding.secret", "s3cret");
    }

    private Configuration around() throws ConfigurationException {
        return files.load(
            """
            proxy: { forwarding: { mode: modern, secretFile: forwarding.secret } }
            waitingRoom: { kicks: { wait: [update] } }
            fleet:
              nodes: { n1: { driver: docker, memory: 4GiB }, local: { driver: process } }
              servers: { main: { hosts: [play.example.org], address: 127.0.0.1 } }
            """
        );
    }

    private Definitions definitions() throws ConfigurationException {
        return new Definitions(around());
    }

    private static List<String> problems(ThrowingCallable reading) {
        return catchThrowableOfType(ConfigurationException.class, reading)
            .problems()
            .stream()
            .map(ConfigurationProblem::toString)
            .toList();
    }

    @Test
    void jsonAndYamlMeanTheSame() throws Exception {
        ServerDefinition json = definitions().server(
            "survival",
            """
            {"hosts": ["survival.example.org"], "image": "itzg/minecraft-server", "env": {"EULA": "TRUE"},
             "payPerUse": true, "gamePort": 25570, "cores": 1.5, "sleep": {"pauseAfter": "5m"}}
            """,
            ManagedBy.API
        );
        ServerDefinition yaml = definitions().server(
            "survival",
            """
            hosts: [survival.example.org]
            image: itzg/minecraft-server
            env: { EULA: "TRUE" }
            payPerUse: true
            gamePort: 25570
            cores: 1.5
            sleep: { pauseAfter: 5m }
            """,
            ManagedBy.API
        );

        assertThat(json).isEqualTo(yaml);
        assertThat(json.managedBy()).isEqualTo(ManagedBy.API);
        assertThat(json.sleep()).isEqualTo(SleepRules.pause(Duration.ofMinutes(5)));
    }

    @Test
    void whatWasWrittenReadsAsTheSameAgain() throws Exception {
        ServerDefinition first = definitions().server(
            "tiny",
            """
            hosts: ["*.tiny.localhost"]
            command: [java, -jar, world.jar, "{port}"]
            env: { VERSION: 1.20, OPEN: true, EMPTY: "" }
            versions: 1.20
            owners: [Alex]
            awake: "18:00-23:00"
            """,
            ManagedBy.API
        );

        ServerDefinition again = definitions().server("tiny", first.written(), ManagedBy.API);

        assertThat(again).isEqualTo(first);
        assertThat(first.workload()).isInstanceOfSatisfying(Workload.Command.class, command ->
            assertThat(command.env()).isEqualTo(Map.of("VERSION", "1.20", "OPEN", "true", "EMPTY", ""))
        );
    }

    @Test
    void problemsNameTheEntryTheLineAndTheKey() {
        assertThat(
            problems(() ->
                definitions().server("survival", "image: paper\nnode: local\nidelAfter: 5m\n", ManagedBy.API)
            )
        ).containsExactly(
            "servers/survival:2 node: local has the driver process, and a server with image needs a node with the " +
                "driver docker",
            "servers/survival:3 idelAfter: unknown key; did you mean idleAfter?"
        );
        assertThat(problems(() -> definitions().server("survival", "{\"image\": ", ManagedBy.API)))
            .singleElement()
            .asString()
            .startsWith("servers/survival:1: not valid YAML");
        assertThat(problems(() -> definitions().server("my survival", "image: paper", ManagedBy.API)))
            .singleElement()
            .asString()
            .contains("letters, digits", "begins with");
        assertThat(problems(() -> definitions().node("n 2", "driver: docker", ManagedBy.API))).hasSize(1);
        assertThat(problems(() -> definitions().server("survival", "[]", ManagedBy.API))).hasSize(1);
    }

    @Test
    void nodesThatAreNotInTheConfigurationAreForTheFleetToKnow() throws Exception {
        assertThat(definitions().server("a", "{image: paper, node: elsewhere}", ManagedBy.API).node()).isEqualTo(
            "elsewhere"
        );
        assertThat(problems(() -> definitions().server("a", "{image: paper, node: n1, memory: 8GiB}", ManagedBy.API)))
            .singleElement()
            .asString()
            .contains("8GiB is more than the node n1 has (4GiB)");
    }

    @Test
    void theProxyWantsTheSameWithItsOwnDefaults() throws Exception {
        ServerDefinition definition = definitions().server(
            "survival",
            "{hosts: [s.example.org], image: paper, motd: Night shift, kicks: {kick: [bye]}}",
            ManagedBy.API
        );

        ServerSettings settings = definitions().settings(definition);

        Configuration around = around();
        assertThat(settings.managed()).isTrue();
        assertThat(settings.hosts()).containsExactly("s.example.org");
        assertThat(settings.presentation().motd()).isEqualTo("Night shift");
        assertThat(settings.forwarding()).isEqualTo(around.proxy().forwarding());
        assertThat(settings.kicks()).isEqualTo(around.kicks().behind(new KickRules.Level(List.of("bye"), List.of())));
    }

    @Test
    void aServerOfTheConfigurationHasTheSettingsThatItHasThere() throws Exception {
        Configuration around = around();

        assertThat(new Definitions(around).settings(around.fleet().servers().getFirst())).isSameAs(
            around.servers().get("main")
        );
    }

    @Test
    void aBatchHasNodesAndServersThatFitToEachOther() throws Exception {
        Definitions.Batch batch = definitions().batch(
            """
            nodes: { n2: { driver: docker } }
            servers:
              a: { image: paper, node: n2, needs: b }
              b: { image: paper, node: n1 }
            """,
            ManagedBy.COMMAND
        );

        assertThat(batch.nodes())
            .extracting(node -> node.name())
            .containsExactly("n2");
        assertThat(batch.servers()).extracting(ServerDefinition::name).containsExactly("a", "b");
        assertThat(batch.servers()).allMatch(server -> server.managedBy() == ManagedBy.COMMAND);
        assertThat(
            problems(() ->
                definitions().batch(
                    "servers:\n  a: { image: paper, needs: b }\n  b: { image: paper, needs: a }\nnetworks: {}",
                    ManagedBy.COMMAND
                )
            )
        ).containsExactly(
            "input:2 servers.a.needs: servers would wait for each other forever: a needs b, which needs a; take one of " +
                "them out",
            "input:4 networks: unknown key here; did you mean fleet.networks?"
        );
    }

    @Test
    void labelsOfAContainerMakeAServer() throws Exception {
        ServerDefinition server = definitions().container(
            "n1",
            "/MC_Survival.1",
            Map.of(
                "nightporter.host",
                "a.example.org, b.example.org",
                "nightporter.payPerUse",
                "true",
                "nightporter.sleep.pauseAfter",
                "5m",
                "nightporter.sleep.stopAfter",
                "30m",
                "nightporter.owners",
                "Alex,Steve",
                "nightporter.port",
                "25570",
                "nightporter.instance",
                "ours",
                "com.example.other",
                "x"
            )
        );

        assertThat(server.name()).isEqualTo("mc_survival.1");
        assertThat(server.managedBy()).isEqualTo(ManagedBy.DOCKER);
        assertThat(server.node()).isEqualTo("n1");
        assertThat(server.hosts()).containsExactly("a.example.org", "b.example.org");
        assertThat(server.workload()).isEqualTo(new Workload.Container("MC_Survival.1", 25_570));
        assertThat(server.plan().payPerUse()).isTrue();
        assertThat(server.sleep()).isEqualTo(SleepRules.pauseThenStop(Duration.ofMinutes(5), Duration.ofMinutes(30)));
        assertThat(server.owners()).containsExactly("Alex", "Steve");
        assertThat(definitions().settings(server).hosts()).containsExactly("a.example.org", "b.example.org");
    }

    @Test
    void labelsOfAContainerCanBeWrong() {
        assertThat(
            problems(() ->
                definitions().container(
                    "n1",
                    "mc",
                    Map.of(
                        "nightporter.host",
                        "a.example.org",
                        "nightporter.idelAfter",
                        "5m",
                        "nightporter.image",
                        "paper",
                        "nightporter.sleep",
                        "stop",
                        "nightporter.sleep.pauseAfter",
                        "5m"
                    )
                )
            )
        ).containsExactlyInAnyOrder(
            "containers/mc nightporter.idelAfter: unknown key; did you mean idleAfter?",
            "containers/mc nightporter.image: cannot be set by a label; remove it",
            "containers/mc nightporter.sleep.pauseAfter: stands beside a label for the block that it is in; remove one " +
                "of them"
        );
    }

    @Test
    void serversThatAreAddedDoNotTakeWhatTheConfigurationHas() throws Exception {
        Configuration around = around();
        Definitions definitions = new Definitions(around);
        ServerSettings added = definitions.settings(
            definitions.server("new", "{hosts: [play.example.org, new.example.org], image: paper}", ManagedBy.API)
        );
        ServerSettings sameName = definitions.settings(
            definitions.server("main", "{hosts: [other.example.org], image: paper}", ManagedBy.API)
        );
        List<String> conflicts = new ArrayList<>();

        Configuration more = around.with(List.of(added, sameName), conflicts::add);

        assertThat(more.servers()).containsOnlyKeys("main", "new");
        assertThat(more.servers().get("main")).isEqualTo(around.servers().get("main"));
        assertThat(more.servers().get("new")).isEqualTo(added.at(List.of("new.example.org")));
        assertThat(conflicts).containsExactly(
            "the hostname play.example.org of new leads to main, which claimed it first",
            "there is a server or network named main already; the other one is left out"
        );
    }
}
