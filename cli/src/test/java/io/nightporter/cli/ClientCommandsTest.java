package io.nightporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.cli.ContractApi.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What commands ask of the admin API, what they print into a pipe, and how they end. */
@Timeout(60)
class ClientCommandsTest {

    @TempDir
    Path folder = Path.of("");

    private ContractApi api;
    private Path token = Path.of("");

    @BeforeEach
    void start() throws IOException {
        api = ContractApi.start();
        token = Files.writeString(folder.resolve("token"), ContractApi.TOKEN + "\n");
    }

    @AfterEach
    void end() {
        api.close();
    }

    private Typed type(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--url", api.url(), "--token-file", token.toString()));
        return Typed.of(all.toArray(String[]::new));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void statusSaysHowManyThereAreOfEverything() {
        Typed status = type("status");

        assertThat(status.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(status.lines()).contains("players\t3 online, 1 waiting", "servers\t12 (9 asleep, 3 awake)");
    }

    @Test
    void pipedTablesAreLinesWithTabsAndNothingElse() {
        assertThat(type("servers", "list").lines())
            .singleElement()
            .asString()
            .matches("survival\tasleep\t-\tn1\t-\t[^\t]+\t-\tsurvival.example.org");
        assertThat(type("nodes", "list").lines()).containsExactly("n1\tdocker\tup\t1\t4 GiB\t16 GiB\t10.99.1.2\t-");
        assertThat(type("players", "list").out()).startsWith("Ann\tsurvival\twaiting\t");
        assertThat(type("operations", "list").out()).startsWith(
            "01JOP\tstart\tsurvival\trunning\t25 %\tplace\torder local"
        );
        assertThat(type("tokens", "list").out()).startsWith("01JT\tci\tread\t-\t");
        assertThat(type("events").out()).endsWith("info\tphase_changed\tsurvival\tevent 1");
        assertThat(type("top").lines()).hasSize(6).element(3).asString().startsWith("survival\tasleep");
    }

    @Test
    void jsonIsTheAnswerOfTheApiAndYamlTheSame() {
        String json = type("servers", "list", "-o", "json").out();
        String yaml = type("servers", "list", "-o", "yaml").out();

        assertThat(JsonMapper.shared().readTree(json).at("/servers/0/memoryBytes").asLong()).isEqualTo(4L << 30);
        assertThat(JsonMapper.shared().readTree(json).at("/servers/0/address").isNull()).isTrue();
        assertThat(io.nightporter.cli.client.YamlTree.read(yaml, "yaml")).isEqualTo(JsonMapper.shared().readTree(json));
    }

    @Test
    void filtersGoToTheApi() {
        type("servers", "list", "--phase", "awake", "--node", "a b&c");

        assertThat(api.requests).last().extracting(Request::path).isEqualTo("/api/servers?phase=AWAKE&node=a%20b%26c");
    }

    @Test
    void aNameStaysOnePartOfThePath() {
        type("servers", "start", "../nodes/n1");

        assertThat(api.requests).last().extracting(Request::path).isEqualTo("/api/servers/..%2Fnodes%2Fn1/start");
    }

    @Test
    void whatServersPrintCannotSteerTheTerminal() {
        assertThat(type("servers", "logs", "survival").lines()).containsExactly("Done (3.2s)!", "[31mred[0m");
        assertThat(type("servers", "why", "survival").lines()).containsExactly(
            "It sleeps.",
            "The first player wakes it."
        );
    }

    @Test
    void anOrderSaysWhichOperationItBegan() {
        assertThat(type("servers", "start", "survival").out()).isEqualTo("survival: operation 01JOP");
        assertThat(type("servers", "pin", "survival").out()).isEqualTo("survival: It is pinned already.");
        assertThat(api.changes())
            .extracting(Request::method, Request::path)
            .containsExactly(
                org.assertj.core.groups.Tuple.tuple("POST", "/api/servers/survival/start"),
                org.assertj.core.groups.Tuple.tuple("POST", "/api/servers/survival/pin")
            );
    }

    @Test
    void waitingFollowsTheOperationToItsEnd() {
        Typed started = type("servers", "start", "survival", "--wait");

        assertThat(started.lines()).containsExactly(
            "start survival: 25 %, place, about 12s left",
            "start survival: done"
        );
        assertThat(started.exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aFailedOperationFailsTheCommandAndSaysWhatTheServerPrinted() {
        api.operationsEnd = "failed";

        Typed started = type("servers", "restart", "survival", "--wait");

        assertThat(started.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(started.err().lines()).containsExactly(
            "nightporter: start survival failed: It ended before it was ready.",
            "  one",
            "  two"
        );
        assertThat(
            JsonMapper.shared()
                .readTree(type("operations", "watch", "01JOP", "-o", "json").out())
                .path("state")
                .asString()
        ).isEqualTo("failed");
    }

    @Test
    void aServerIsCreatedFromOptions() {
        Typed created = type(
            "servers",
            "create",
            "creative",
            "--image",
            "game:1",
            "--memory",
            "2GiB",
            "--env",
            "EULA=TRUE",
            "--host",
            "creative.example.org",
            "--pay-per-use",
            "--set",
            "sleep.pauseAfter=5m",
            "--set",
            "env.my.key=1",
            "--set",
            "awake=[\"18:00-23:00\"]"
        );

        assertThat(created.out()).isEqualTo("creative: created");
        assertThat(api.definitions.get("creative")).isEqualTo(
            ContractApi.object(
                """
                {"hosts":["creative.example.org"],"image":"game:1","memory":"2GiB","env":{"EULA":"TRUE","my.key":"1"},
                 "payPerUse":true,"sleep":{"pauseAfter":"5m"},"awake":["18:00-23:00"]}
                """
            )
        );
    }

    @Test
    void aServerIsCreatedFromAFileAndProblemsNameItsLines() throws IOException {
        Path right = file("block.yml", "image: game:1 # of ours\nmemory: 2GiB\n");
        Path wrong = file("wrong.yml", "memory: 2GiB\nimgae: game:1\n");

        assertThat(
            type("servers", "create", "creative", "-f", right.toString(), "--memory", "8GiB").exitCode()
        ).isZero();
        assertThat(api.definitions.get("creative")).isEqualTo(
            ContractApi.object("{\"image\":\"game:1\",\"memory\":\"8GiB\"}")
        );
        Typed refused = type("servers", "create", "other", "-f", wrong.toString());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err().lines()).containsExactly(
            wrong + ":2 imgae: unknown key; did you mean image?",
            "nightporter: The definition of other is wrong."
        );
        Typed twice = type("servers", "create", "survival", "--image", "other:1");
        assertThat(twice.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(twice.err()).contains("servers edit survival");
        assertThat(String.valueOf(api.definitions.get("survival"))).contains("itzg/minecraft-server");
    }

    @Test
    void editingWithoutAnEditorIsAMergePatch() {
        Typed edited = type(
            "servers",
            "edit",
            "survival",
            "--set",
            "memory=8GiB",
            "--set",
            "env.TYPE=PAPER",
            "--unset",
            "budget"
        );

        assertThat(edited.out()).isEqualTo("survival: changed");
        assertThat(api.changes())
            .singleElement()
            .satisfies(request -> {
                assertThat(request.method()).isEqualTo("PATCH");
                assertThat(ContractApi.object(request.body())).isEqualTo(
                    ContractApi.object("{\"memory\":\"8GiB\",\"env\":{\"TYPE\":\"PAPER\"},\"budget\":null}")
                );
            });
    }

    @Test
    void aRemovedServerIsGone() {
        assertThat(type("servers", "remove", "survival").out()).isEqualTo("survival: removed");
        assertThat(api.definitions).doesNotContainKey("survival");
    }

    @Test
    void severalFilesAreCheckedBeforeAnyIsApplied() throws IOException {
        Path right = file("a.yml", "servers: { one: {} }");
        Path wrong = file("b.yml", "serves: {}");

        Typed refused = type("apply", "-f", right.toString(), wrong.toString());

        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).startsWith(wrong + ":1 serves: unknown key");
        assertThat(api.changes()).extracting(Request::path).containsOnly("/api/apply?dryRun=true");
    }

    @Test
    void applyFailsIfAnythingWasRefused() throws IOException {
        Path file = file("a.yml", "servers: { one: {}, survival: {} }");

        assertThat(type("apply", "-f", file.toString(), "--dry-run").lines()).containsExactly(
            "server\tone\tcreated\t-",
            "server\tsurvival\trefused\t-"
        );
        assertThat(type("apply", "-f", file.toString()).exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(api.changes()).extracting(Request::path).containsExactly("/api/apply?dryRun=true", "/api/apply");
    }

    @Test
    void ordersToNodesAndPlayersCarryWhatWasTyped() {
        type("nodes", "add", "n2", "--driver", "docker", "--endpoint", "unix:///run/n2.sock");
        type("nodes", "drain", "n2", "--off");
        type("nodes", "remove", "n2");
        type("players", "send", "Ann", "survival");
        type("players", "kick", "Ann", "too", "late");
        type("players", "message", "Ann", "<red>Hello", "there");
        type("operations", "cancel", "01JOP");

        assertThat(api.changes()).containsExactly(
            new Request("PUT", "/api/nodes/n2", "{\"driver\":\"docker\",\"endpoint\":\"unix:///run/n2.sock\"}"),
            new Request("POST", "/api/nodes/n2/drain", "{\"draining\":false}"),
            new Request("DELETE", "/api/nodes/n2", ""),
            new Request("POST", "/api/players/Ann/send", "{\"server\":\"survival\"}"),
            new Request("POST", "/api/players/Ann/kick", "{\"reason\":\"too late\"}"),
            new Request("POST", "/api/players/Ann/message", "{\"text\":\"<red>Hello there\"}"),
            new Request("DELETE", "/api/operations/01JOP", "")
        );
    }

    @Test
    void aNewTokenIsAllThatIsPrinted() {
        Typed created = type("tokens", "create", "ann", "--scope", "owner", "--owner", "Ann", "--expires", "30d");

        assertThat(created.out()).isEqualTo("np_new");
        assertThat(created.err()).isEmpty();
        assertThat(api.changes()).containsExactly(
            new Request(
                "POST",
                "/api/tokens",
                "{\"name\":\"ann\",\"scope\":\"owner\",\"owner\":\"Ann\",\"expiresInSeconds\":2592000}"
            )
        );
        assertThat(type("tokens", "create", "ann", "--scope", "owner").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aTokenIsRevokedByItsName() {
        assertThat(type("tokens", "revoke", "ci").out()).isEqualTo("ci: revoked");
        assertThat(api.changes()).containsExactly(new Request("DELETE", "/api/tokens/01JT", ""));
        assertThat(type("tokens", "revoke", "nobody").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void eventsAreFollowedAcrossBrokenConnections() {
        Typed followed = type("events", "--follow", "--limit", "3", "-o", "json");

        assertThat(followed.lines())
            .hasSize(3)
            .last()
            .satisfies(line -> assertThat(ContractApi.object(line).path("message").asString()).isEqualTo("event 3"));
    }

    @Test
    void eventsAreAskedForFromAMomentOn() {
        type("events", "--since", "2026-11-23T16:40:00Z", "--server", "survival");

        assertThat(api.requests)
            .last()
            .extracting(Request::path)
            .isEqualTo("/api/events?server=survival&follow=false&after=01M84MENR00000000000000000");
        assertThat(type("events", "--since", "yesterday").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theExitCodeSaysWhatWentWrong() throws IOException {
        Typed unknown = type("servers", "show", "survial");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(unknown.err()).isEqualTo("nightporter: There is no server named survial. Did you mean survival?");

        Path others = file("other.token", "np_owner");
        Typed forbidden = Typed.of("nodes", "list", "--url", api.url(), "--token-file", others.toString());
        assertThat(forbidden.exitCode()).isEqualTo(ExitCode.NOT_ALLOWED);

        Path old = file("old.token", "np_expired");
        Typed expired = Typed.of("nodes", "list", "--url", api.url(), "--token-file", old.toString());
        assertThat(expired.exitCode()).isEqualTo(ExitCode.NOT_ALLOWED);
        assertThat(expired.err()).contains(old.toString()).doesNotContain("np_expired");

        String url = api.url();
        api.close();
        Typed gone = Typed.of("status", "--url", url, "--token-file", token.toString());
        assertThat(gone.exitCode()).isEqualTo(ExitCode.NOT_REACHABLE);
        assertThat(gone.err().lines())
            .singleElement()
            .asString()
            .startsWith("nightporter: nightporter is not reachable at " + url + ": connection refused. Is it running?");
        assertThat(Typed.of("status", "--url", "ftp://nowhere").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void whatIsNoTokenIsNeverSentOrShown() throws IOException {
        Path wrong = file("wrong.token", "secret one\nsecret two");

        Typed refused = Typed.of("status", "--url", api.url(), "--token-file", wrong.toString());

        assertThat(refused.exitCode()).isEqualTo(ExitCode.NOT_ALLOWED);
        assertThat(refused.err()).contains(wrong.toString()).doesNotContain("secret");
        assertThat(api.requests).isEmpty();
    }

    @Test
    void theCompletionScriptKnowsAllCommands() {
        Typed completion = Typed.of("completion", "zsh");

        assertThat(completion.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(completion.out()).contains("complete -F _complete_nightporter", "unpin", "revoke", "--token-file");
    }
}
