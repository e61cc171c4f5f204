package io.nightporter.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.Workplace;
import io.nightporter.e2e.wire.WirePlayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Operators at their command line, whose Nightporter runs and has players. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FleetCommandsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ProcessFleet fleet = new ProcessFleet("commands");

    @BeforeAll
    void start() {
        fleet.start(
            ProcessFleet.settings() +
                """
                fleet:
                  nodes: { local: { driver: process } }
                  servers:
                    written: { payPerUse: true, idleAfter: 1h, owners: [Alex], %s }
                    other: { payPerUse: true, idleAfter: 1h, owners: [Steve], %s }
                """.formatted(fleet.entry("written"), fleet.entry("other"))
        );
    }

    @AfterAll
    void end() {
        fleet.close();
    }

    private Typed type(String... words) {
        return Typed.at(fleet.nightporter(), words);
    }

    private Path file(String name, String text) {
        try {
            return Files.writeString(fleet.folder().resolve(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aServerIsMadeChangedPlayedOnAndRemoved() {
        Path block = file("made.yml", "{ " + fleet.entry("made") + " }");
        type("servers", "create", "made", "-f", block.toString(), "--pay-per-use", "--set", "idleAfter=1h").expect(0);
        assertThat(type("servers", "create", "made", "-f", block.toString()).expect(1).err()).contains("already");

        fleet.play("made", "Builder").close();
        assertThat(type("servers", "list").expect(0).row("made")).contains("awake", "local");
        assertThat(type("servers", "logs", "made").expect(0).out()).contains("ready");
        assertThat(type("servers", "why", "made").expect(0).out()).contains("Nobody has played");

        type("servers", "edit", "made", "--set", "idleAfter=2h", "--set", "motd=hello").expect(0);
        JsonNode shown = type("servers", "show", "made", "-o", "json").expect(0).json();
        assertThat(shown.path("definition").path("idleAfter").asString("")).isEqualTo("2h");
        assertThat(type("servers", "show", "made", "-o", "yaml").expect(0).out()).contains("idleAfter: ", "phase: ");
        type("servers", "edit", "made", "--unset", "motd").expect(0);

        List<ProcessHandle> processes = fleet.processes("made");
        fleet.terminate();
        fleet.again();
        assertThat(fleet.processes("made")).as("after a restart of Nightporter").isEqualTo(processes).hasSize(1);
        fleet.play("made", "Builder").close();

        type("servers", "stop", "made", "--wait").expect(0);
        assertThat(fleet.processes("made")).isEmpty();
        assertThat(type("servers", "why", "made").expect(0).out()).contains("stopped");
        type("servers", "start", "made", "--wait").expect(0);
        assertThat(fleet.processes("made")).hasSize(1);
        type("servers", "restart", "made", "--wait").expect(0);
        assertThat(fleet.processes("made")).hasSize(1);
        type("servers", "pin", "made").expect(0);
        assertThat(type("servers", "why", "made").expect(0).out()).contains("pinned");
        type("servers", "unpin", "made").expect(0);

        type("servers", "remove", "made", "--wait").expect(0);
        try (FleetApi api = fleet.api()) {
            api.await("/api/servers", seen -> !seen.toString().contains("\"made\""), LIMIT);
        }
        type("servers", "show", "made").expect(5);
        assertThat(fleet.processes("made")).isEmpty();
        try (WirePlayer late = fleet.join("made", "Late")) {
            assertThat(late.awaitEnd()).startsWith("kicked: ");
        }
    }

    @Test
    void filesAreAppliedAsOftenAsOneLikes() {
        String first = "    applied: { payPerUse: true, %s }\n".formatted(fleet.entry("applied"));
        String second = "    further: { payPerUse: true, %s }\n".formatted(fleet.entry("further"));
        Path one = file("apply.yml", "servers:\n" + first + second);
        assertThat(type("apply", "-f", one.toString(), "--dry-run").expect(0).out()).contains("created");
        type("servers", "show", "applied").expect(5);
        assertThat(results(type("apply", "-f", one.toString()).expect(0))).isEqualTo(
            Map.of("applied", "created", "further", "created")
        );
        fleet.play("applied", "Visitor").close();

        String changed = first.replace("payPerUse: true", "payPerUse: true, idleAfter: 2h");
        file("apply.yml", "servers:\n" + changed + second);
        assertThat(results(type("apply", "-f", one.toString()).expect(0))).isEqualTo(
            Map.of("applied", "changed", "further", "unchanged")
        );

        Path foreign = file("foreign.yml", "servers:\n" + first.replace("applied:", "written:"));
        Typed refused = type("apply", "-f", foreign.toString()).expect(1);
        assertThat(results(refused)).isEqualTo(Map.of("written", "refused"));
        Path wrong = file("wrong.yml", "servers:\n    applied: { hosts: [applied.test], colour: red }\n");
        assertThat(type("apply", "-f", wrong.toString()).expect(1).err()).contains("colour");

        fleet.terminate();
        fleet.again();
        fleet.play("applied", "Visitor").close();
        fleet.play("further", "Visitor").close();
        for (String server : List.of("applied", "further")) {
            type("servers", "remove", server, "--wait").expect(0);
            assertThat(fleet.processes(server)).isEmpty();
        }
    }

    /** By server. */
    private static Map<String, String> results(Typed typed) {
        return typed
            .out()
            .lines()
            .map(line -> line.split("\t"))
            .collect(Collectors.toMap(cells -> cells[1], cells -> cells[2]));
    }

    @Test
    void nodesAreDrainedAndOperationsAndEventsAreShown() {
        assertThat(type("nodes", "list").expect(0).row("local")).contains("process", "up");
        type("nodes", "drain", "local").expect(0);
        assertThat(type("nodes", "list").expect(0).row("local")).contains("up, draining");
        assertThat(type("servers", "start", "other", "--wait").expect(1).err()).contains("drain");
        type("nodes", "drain", "local", "--off").expect(0);
        type("servers", "start", "other", "--wait").expect(0);

        JsonNode latest = type("operations", "list", "--server", "other", "--limit", "1", "-o", "json")
            .expect(0)
            .json()
            .path("operations")
            .path(0);
        assertThat(latest.path("kind").asString("")).isEqualTo("start");
        String id = latest.path("id").asString("");
        assertThat(type("operations", "show", id).expect(0).out()).contains("ready", "done");
        type("operations", "watch", id).expect(0);

        Typed events = type("events", "--follow", "--server", "other", "--since", "1h", "--limit", "2", "-o", "json");
        List<String> lines = events.expect(0).out().lines().toList();
        assertThat(lines)
            .hasSize(2)
            .allMatch(line -> line.contains("\"other\""));

        assertThat(type("status").expect(0).row("store")).contains("sqlite");
        assertThat(type("top").expect(0).out()).contains("nightporter ", "other", "written");
    }

    @Test
    void anOwnersTokenSeesItsOwnServersOnly() {
        String secret = type("tokens", "create", "alex", "--scope", "owner", "--owner", "Alex").expect(0).out().strip();
        assertThat(secret).startsWith("np_").doesNotContain("\n");
        assertThat(type("tokens", "list").expect(0).out()).contains("alex", "owner", "Alex").doesNotContain(secret);
        Path token = file("alex.token", secret);
        String tokenFile = token.toString();

        List<String> seen = type("servers", "list", "--token-file", tokenFile).expect(0).out().lines().toList();
        assertThat(seen).hasSize(1).first().asString().startsWith("written\t");
        type("servers", "show", "other", "--token-file", tokenFile).expect(5);
        type("servers", "start", "other", "--token-file", tokenFile).expect(5);
        type("nodes", "list", "--token-file", tokenFile).expect(4);
        type("tokens", "list", "--token-file", tokenFile).expect(4);
        type("servers", "remove", "written", "--token-file", tokenFile).expect(4);
        type("servers", "start", "written", "--wait", "--token-file", tokenFile).expect(0);
        type("servers", "stop", "written", "--wait", "--token-file", tokenFile).expect(0);

        type("tokens", "revoke", "alex").expect(0);
        type("servers", "list", "--token-file", tokenFile).expect(4);
        type("tokens", "revoke", "alex").expect(5);
    }

    @Test
    void exitCodesSayWhatWentWrong() {
        type("servers", "paint", "written").expect(2);
        type("servers", "show").expect(2);
        type("servers", "show", "nobody").expect(5);
        type("servers", "remove", "written").expect(1);
        type("servers", "edit", "written", "--set", "idleAfter=9h").expect(1);
        assertThat(type("servers", "list", "--token-file", file("none.token", "np_wrong").toString()).expect(4).err())
            .contains("token")
            .doesNotContain("np_wrong");
        Typed alone = Typed.of(
            fleet.folder(),
            Map.of("NIGHTPORTER_URL", "http://127.0.0.1:" + Workplace.freePort()),
            List.of("status")
        );
        alone.expect(3);
    }
}
