package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.ClientRun.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Real clients of all versions that there are libraries for, each through all modes of the proxy. */
class PlayersOfEveryVersionIT {

    /** Clients are busy while they start and idle while they stay: more at a time than there are cores. */
    private static final int AT_A_TIME = 8;

    private static final List<ClientRun> RUNS = new ArrayList<>();
    private static final Map<GameVersion, List<Expectation>> EXPECTATIONS = new LinkedHashMap<>();
    private static Stage stage;

    /** A scenario and what the servers must have seen of it. */
    record Expectation(Scenario scenario, String column, Runnable serverSide) {}

    @BeforeAll
    static void playAll() throws InterruptedException, ExecutionException {
        Workplace.node();
        stage = Stage.set();
        List<Future<ClientRun>> pending = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(AT_A_TIME)) {
            for (GameVersion version : GameVersion.ALL.stream().filter(Workplace::wanted).toList()) {
                List<Expectation> expectations = stage.expectationsFor(version);
                EXPECTATIONS.put(version, expectations);
                List<Scenario> scenarios = expectations.stream().map(Expectation::scenario).toList();
                pending.add(pool.submit(() -> stage.play(version, scenarios)));
            }
        }
        for (Future<ClientRun> run : pending) {
            RUNS.add(run.get());
        }
    }

    @AfterAll
    static void publish() {
        stage.close();
        Compatibility.publish();
    }

    @TestFactory
    Stream<DynamicContainer> everyVersionPlays() {
        return RUNS.stream().map(run -> DynamicContainer.dynamicContainer(run.version().name(), testsOf(run)));
    }

    private static Stream<DynamicNode> testsOf(ClientRun run) {
        return EXPECTATIONS.getOrDefault(run.version(), List.of())
            .stream()
            .map(expectation -> DynamicTest.dynamicTest(expectation.scenario().name(), () -> judge(run, expectation)));
    }

    private static void judge(ClientRun run, Expectation expectation) {
        String scenario = expectation.scenario().name();
        Compatibility.Row row = stage.rowOf(run.version());
        boolean passed = run.passed(scenario);
        if (expectation.scenario().staySeconds() > 0) {
            for (Check check : run.of(scenario)) {
                Compatibility.put(row, columnOf(check.name()), Compatibility.Cell.of(check.ok()));
            }
        } else {
            Compatibility.put(row, expectation.column(), Compatibility.Cell.of(passed));
        }
        assertThat(run.of(scenario)).as("%s %s", run.version(), scenario).isNotEmpty().allMatch(Check::ok);
        assertThat(passed).as("%s %s ends with a quit", run.version(), scenario).isTrue();
        expectation.serverSide().run();
    }

    private static String columnOf(String check) {
        return switch (check) {
            case "keep-alive", "chat after the stay" -> Stage.STAY_SECONDS + " s";
            default -> check;
        };
    }
}
