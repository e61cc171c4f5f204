package io.nightporter.e2e.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.KeepAlive;
import io.nightporter.protocol.packet.TeleportConfirm;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The client and the server of this package understand each other in every version, without a proxy. */
class WireTest {

    static Stream<ProtocolVersion> versions() {
        return ProtocolVersions.builtIn().all().stream();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aPlayerJoinsChatsAndStaysAlive(ProtocolVersion version) throws IOException {
        try (
            var server = WireServer.start(256, null);
            var player = WirePlayer.connect(server.port(), version, "localhost", "Wire")
        ) {
            player.awaitJoin();
            player.chat("hello");
            assertThat(player.awaitReceived("a chunk", packet -> "ChunkData".equals(packet.name())).body()).isEqualTo(
                WireWorld.chunk()
            );
            Visit visit = server.awaitVisit("Wire");
            visit.await(KeepAlive.class, beat -> beat.id() == 2);
            if (version.number() >= 107) {
                visit.await(TeleportConfirm.class, confirmed -> confirmed.teleportId() == 1);
            }
            if (version.number() >= 764) {
                visit.reconfigure();
                player.awaitReceived("a second join", _ -> player.count(JoinGame.class) == 2);
            }
            player.quit();
            visit.awaitEnd();
        }
    }
}
