package io.nightporter.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeadowTest {

    @Test
    void theGroundIsFlatWherePlayersAppear() {
        for (int x = -6; x <= 6; x++) {
            for (int z = -6; z <= 6; z++) {
                assertThat(Meadow.height(x, z)).isEqualTo(Meadow.SPAWN_HEIGHT);
            }
        }
    }

    @Test
    void everySlopeCanBeWalked() {
        for (int x = -200; x < 200; x++) {
            for (int z = -200; z < 200; z++) {
                assertThat(Math.abs(Meadow.height(x, z) - Meadow.height(x + 1, z))).isLessThanOrEqualTo(1);
                assertThat(Math.abs(Meadow.height(x, z) - Meadow.height(x, z + 1))).isLessThanOrEqualTo(1);
            }
        }
    }
}
