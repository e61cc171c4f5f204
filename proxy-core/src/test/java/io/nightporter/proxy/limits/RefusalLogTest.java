package io.nightporter.proxy.limits;

import static io.nightporter.proxy.limits.NetworkTest.network;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalLogTest {

    private final FakeTime time = new FakeTime(RefusalLog.PAUSE);
    private final List<String> lines = new ArrayList<>();
    private final RefusalLog log = new RefusalLog(time, time, (reason, network, refused) ->
        lines.add(reason + " " + network + " " + refused)
    );

    @Test
    void theFirstIsSaidAtOnceAndTheRestWithItsNumber() {
        refused("203.0.113.1", 1);
        assertThat(lines).containsExactly("rate 203.0.113.0/24 1");
        refused("203.0.113.2", 40_000);
        assertThat(lines).hasSize(1);
        time.pass(Duration.ofSeconds(10));
        assertThat(lines).containsExactly("rate 203.0.113.0/24 1", "rate 203.0.113.0/24 40000");
    }

    @Test
    void aNetworkHasNeverMoreThanOneLineInTenSeconds() {
        refused("198.51.100.1", 1);
        time.pass(Duration.ofSeconds(5));
        for (int i = 0; i < 300; i++) {
            refused("203.0.113.1", 10);
            time.pass(Duration.ofMillis(100));
        }
        assertThat(lines.stream().filter(line -> line.contains("203.0.113.0")))
            .as("30 seconds")
            .hasSizeBetween(2, 4);
    }

    @Test
    void networksAreToldApart() {
        refused("203.0.113.1", 1);
        refused("198.51.100.1", 1);
        assertThat(lines).hasSize(2);
    }

    @Test
    void whoStopsIsForgotten() {
        refused("203.0.113.1", 5);
        time.pass(Duration.ofSeconds(10));
        time.pass(Duration.ofSeconds(10));
        assertThat(time.nothingIsPlanned()).isTrue();
        lines.clear();
        refused("203.0.113.1", 1);
        assertThat(lines).containsExactly("rate 203.0.113.0/24 1");
    }

    @Test
    void veryManyNetworksShareOneLine() {
        for (int i = 0; i < 5000; i++) {
            refused("10." + i / 250 + "." + (i % 250) + ".1", 1);
        }
        assertThat(lines)
            .hasSize(RefusalLog.MOST_NETWORKS + 1)
            .contains("rate null 1");
        time.pass(Duration.ofSeconds(10));
        assertThat(lines)
            .last()
            .isEqualTo("rate null " + (5000 - RefusalLog.MOST_NETWORKS - 1));
    }

    private void refused(String address, int times) {
        for (int i = 0; i < times; i++) {
            log.refused("rate", network(address));
        }
    }
}
