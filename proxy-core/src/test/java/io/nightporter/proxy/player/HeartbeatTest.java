package io.nightporter.proxy.player;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.KeepAlive;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.wire.Wire;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeartbeatTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Wire wire = new Wire(channel, Direction.CLIENTBOUND);

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    private Heartbeat heartbeat(int protocol, State state) {
        wire.version(Objects.requireNonNull(ProtocolVersions.builtIn().find(protocol)));
        wire.sendState(state);
        return new Heartbeat(wire, Duration.ofSeconds(30));
    }

    private static long in(long seconds) {
        return System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    }

    private long sentId() {
        wire.flush();
        ByteBuf frame = channel.readOutbound();
        try {
            VarInts.read(frame);
            ProtocolVersion version = wire.version();
            assertThat(VarInts.read(frame)).isEqualTo(version.id(wire.sendState(), Direction.CLIENTBOUND, "KeepAlive"));
            return PacketCodec.decode(version, KeepAlive.TYPE, frame).id();
        } finally {
            frame.release();
        }
    }

    /** Clients before 1.9 leave after 20 seconds of silence, later ones after 30. */
    @ParameterizedTest
    @CsvSource({ "5,4,6", "47,4,6", "107,9,11", "340,9,11", "776,9,11" })
    void beatsBeforeTheClientLosesItsPatience(int protocol, int notYet, int due) {
        Heartbeat heartbeat = heartbeat(protocol, State.PLAY);
        assertThat(heartbeat.beatIfDue(in(notYet))).isFalse();
        assertThat(heartbeat.beatIfDue(in(due))).isTrue();
        long id = sentId();
        assertThat(heartbeat.answered(id + 1)).isFalse();
        assertThat(heartbeat.answered(id)).isTrue();
        assertThat(heartbeat.answered(id)).as("a second time").isFalse();
    }

    @Test
    void beatsInConfigurationAndNotInLogin() {
        assertThat(heartbeat(776, State.CONFIGURATION).beatIfDue(in(60))).isTrue();
        sentId();
        assertThat(heartbeat(776, State.LOGIN).beatIfDue(in(60))).isFalse();
    }

    @Test
    void isSilentWhileSomebodyElseBeats() {
        Heartbeat heartbeat = heartbeat(767, State.PLAY);
        heartbeat.notNow();
        assertThat(heartbeat.beatIfDue(in(5))).isFalse();
    }
}
