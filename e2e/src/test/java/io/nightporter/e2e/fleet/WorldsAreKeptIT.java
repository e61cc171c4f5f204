package io.nightporter.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.GameVersion;
import io.nightporter.e2e.RunningWorld;
import io.nightporter.e2e.Workplace;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo world of every version keeps its chunks when it is ended, and begins with them the next time. */
@Timeout(120)
class WorldsAreKeptIT {

    @ParameterizedTest
    @CsvSource({ "V1_21_8, 772", "V1_21_11, 774", "V26_1, 775", "V26_2, 776" })
    void aWorldIsSavedWhenItIsEndedAndLoadedWhenItStarts(GameVersion.World version, int protocol) throws IOException {
        Path folder = Workplace.folder("kept").resolve(version + "-" + System.nanoTime());
        for (int i = 0; i < 2; i++) {
            try (RunningWorld world = RunningWorld.start(version, "--world", folder.toString())) {
                ProtocolVersion spoken = Objects.requireNonNull(ProtocolVersions.builtIn().find(protocol));
                try (WirePlayer player = WirePlayer.connect(world.port(), spoken, "localhost", "Builder")) {
                    player.awaitJoin();
                    player.awaitReceived("a chunk", packet -> "ChunkData".equals(packet.name()));
                }
                // Not terminate(), after which nothing is read any more.
                world.child().signal("TERM");
                world.child().awaitEnd(Duration.ofSeconds(20));
                assertThat(world.child().tail()).containsPattern("SAVED chunks=[1-9]");
            }
            assertThat(folder.resolve("region")).isNotEmptyDirectory();
        }
    }
}
