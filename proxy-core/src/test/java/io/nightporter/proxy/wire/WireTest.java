package io.nightporter.proxy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.nightporter.protocol.version.Direction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireTest {

    /** Between the end of a socket and the moment at which its phase hears of it, other connections still do their work. */
    @Test
    void nothingIsAskedOfASocketThatIsClosed() {
        var channel = new EmbeddedChannel();
        var wire = new Wire(channel, Direction.SERVERBOUND);
        channel.pipeline().addLast(wire);
        List<Boolean> reads = new ArrayList<>();
        channel.closeFuture().addListener(_ -> {
            wire.pause(Wire.Pause.OTHER_SIDE);
            reads.add(channel.config().isAutoRead());
            channel.config().setAutoRead(false);
            wire.otherSideHasRoom(true);
            reads.add(channel.config().isAutoRead());
        });
        channel.close();
        assertThat(reads).containsExactly(true, false);
    }
}
