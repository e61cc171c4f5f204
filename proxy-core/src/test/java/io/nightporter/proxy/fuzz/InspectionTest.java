package io.nightporter.proxy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.protocol.version.ProtocolVersion;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The relay looks into packets of every version, whatever is in them. */
class InspectionTest {

    private static final int CASES_OF_A_VERSION = Integer.getInteger("nightporter.inspection.cases", 60);

    @Test
    void noPacketOfAnyVersionMakesTheRelayStumble() {
        var seeds = new SplittableRandom();
        try (Watch watch = new Watch()) {
            for (ProtocolVersion version : House.VERSIONS.all()) {
                for (int i = 0; i < CASES_OF_A_VERSION; i++) {
                    long seed = seeds.nextLong();
                    new RelayCase(new Dice(seed), version).run();
                    assertThat(watch.complaints()).as("protocol %d, seed %d", version.number(), seed).isEmpty();
                }
            }
        }
    }
}
