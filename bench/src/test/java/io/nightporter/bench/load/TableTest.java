package io.nightporter.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final Scenario GAME = Scenario.named("game").getFirst();
    private static final Quantiles NONE = new Quantiles(0, 0, 0, 0, 0);

    private static Result result(
        String target,
        boolean hasProcess,
        double cpuSeconds,
        double latencyMicros,
        long missing
    ) {
        var latency = new Quantiles(1, latencyMicros, latencyMicros, latencyMicros, latencyMicros);
        var crowd = new CrowdReport(
            10,
            false,
            100,
            0,
            0,
            0,
            211_000,
            25_000_000,
            9_000_000,
            20_000,
            20_000,
            missing,
            0,
            0,
            0,
            latency,
            NONE,
            NONE,
            cpuSeconds,
            0,
            0.1,
            0.1,
            0.5,
            0,
            0,
            List.of()
        );
        var server = new ServerReport(1, 100, 0, 20_000, 0, 0, NONE);
        return new Result(0, 1, GAME, target, hasProcess, 0, 0, crowd, server);
    }

    @Test
    void costsAreComparedAsRatiosAndLatenciesAsDifferences() {
        var table = new Table(
            List.of(
                result("direct", false, 0, 30, 0),
                result("HAProxy", true, 0.5, 60, 0),
                result("Nightporter", true, 0.75, 80, 0)
            )
        );

        assertThat(table.markdown())
            .contains("| scenario |  | direct | HAProxy | Nightporter | Nightporter : HAProxy |")
            .contains("| game | CPU µs a packet | – | 2.16 | 3.25 | × 1.50 |")
            .contains("|  | latency p50 µs | 30 | 60 | 80 | +20 |");
    }

    @Test
    void ofSeveralRunsTheMedianStandsInTheTable() {
        var table = new Table(
            List.of(
                result("HAProxy", true, 0.5, 60, 0),
                result("HAProxy", true, 9, 900, 0),
                result("HAProxy", true, 0.6, 61, 0)
            )
        );

        assertThat(table.markdown()).contains("|  | latency p50 µs | 61 |");
    }

    @Test
    void whatWasLostIsSaidBelowTheTable() {
        assertThat(new Table(List.of(result("fast", true, 0.1, 60, 7))).markdown()).contains(
            "- game, fast, run 1: 7 packets are MISSING"
        );
    }

    @Test
    void anUnknownScenarioIsRefusedWithTheNamesThatThereAre() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Scenario.named("game gaem"))
            .withMessageContaining("no scenario gaem")
            .withMessageContaining("bulk-raw-encrypted");
    }
}
