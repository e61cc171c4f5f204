package io.nightporter.proxy.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.proxy.config.WakeQuota;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WakeAllowanceTest {

    private static final UUID ALICE = new UUID(1, 1);
    private static final UUID BOB = new UUID(2, 2);

    private long now;
    private final WakeAllowance allowance = new WakeAllowance(() -> now);

    @Test
    void anAccountWakesAsManyServersAsItMayAndThenWaits() {
        var quota = new WakeQuota(2, 0, 0);
        assertThat(allowance.take(quota, ALICE, address("198.51.100.1"))).isZero();
        assertThat(allowance.take(quota, ALICE, address("203.0.113.1"))).isZero();
        assertThat(allowance.take(quota, ALICE, address("198.51.100.1"))).isBetween(1L, 1801L);
        assertThat(allowance.take(quota, BOB, address("198.51.100.1"))).isZero();
        now += Duration.ofMinutes(31).toNanos();
        assertThat(allowance.take(quota, ALICE, address("198.51.100.1"))).isZero();
    }

    @Test
    void manyAccountsOfOneNetworkShareItsQuota() {
        var quota = new WakeQuota(0, 3, 0);
        for (int i = 1; i <= 3; i++) {
            assertThat(allowance.take(quota, new UUID(0, i), address("198.51.100." + i))).isZero();
        }
        assertThat(allowance.take(quota, new UUID(0, 9), address("198.51.100.9"))).isPositive();
        assertThat(allowance.take(quota, new UUID(0, 9), address("198.51.101.9"))).isZero();
    }

    @Test
    void everybodyTogetherHasAQuota() {
        var quota = new WakeQuota(0, 0, 1);
        assertThat(allowance.take(quota, ALICE, address("198.51.100.1"))).isZero();
        assertThat(allowance.take(quota, BOB, address("203.0.113.1"))).isPositive();
    }

    @Test
    void aRefusalByOneQuotaCountsInNone() {
        var quota = new WakeQuota(1, 2, 0);
        assertThat(allowance.take(quota, ALICE, address("198.51.100.1"))).isZero();
        assertThat(allowance.take(quota, ALICE, address("198.51.100.1"))).isPositive();
        assertThat(allowance.take(quota, BOB, address("198.51.100.2"))).isZero();
    }

    @Test
    void aStartThatDidNotHappenIsGivenBack() {
        var quota = new WakeQuota(1, 1, 1);
        assertThat(allowance.take(quota, ALICE, address("198.51.100.1"))).isZero();
        allowance.giveBack(quota, ALICE, address("198.51.100.1"));
        assertThat(allowance.take(quota, ALICE, address("198.51.100.1"))).isZero();
    }

    @Test
    void whoeverIsNotKnownHasNoAccountToCount() {
        var quota = new WakeQuota(1, 0, 0);
        assertThat(allowance.take(quota, null, address("198.51.100.1"))).isZero();
        assertThat(allowance.take(quota, null, address("198.51.100.1"))).isZero();
    }

    @Test
    void zeroMeansNoQuota() {
        var quota = new WakeQuota(0, 0, 0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(allowance.take(quota, ALICE, address("198.51.100.1"))).isZero();
        }
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
