package io.nightporter.proxy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.nightporter.protocol.version.Direction;
import io.nightporter.proxy.config.ProxySettings.TransportChoice;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ReadingToTheEndTest {

    private static final int LAST_WORDS = 200_000;

    /** The peer's last words come while nobody listens, and it hangs up; they are heard all the same. */
    @ParameterizedTest
    @EnumSource(names = { "AUTO", "NIO" })
    void nothingThatAPeerSaidBeforeItClosedIsLostByAPause(TransportChoice choice) throws Exception {
        Transport transport = Transport.of(choice);
        EventLoopGroup loops = transport.eventLoops();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var wires = new LinkedBlockingQueue<Wire>();
            var heard = new Heard();
            Channel channel = new Bootstrap()
                .group(loops)
                .channel(transport.connection())
                .option(ChannelOption.RECVBUF_ALLOCATOR, new ReadingToTheEnd())
                .handler(
                    new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel connecting) {
                            var made = new Wire(connecting, Direction.SERVERBOUND);
                            made.phase(heard);
                            connecting.pipeline().addLast(made);
                            wires.add(made);
                        }
                    }
                )
                .connect(server.getLocalSocketAddress())
                .sync()
                .channel();
            Wire wire = wires.take();
            try (Socket peer = server.accept()) {
                channel
                    .eventLoop()
                    .submit(() -> wire.pause(Wire.Pause.OTHER_SIDE))
                    .sync();
                peer.getOutputStream().write(new byte[LAST_WORDS]);
            }
            TimeUnit.MILLISECONDS.sleep(300);
            channel
                .eventLoop()
                .submit(() -> wire.otherSideHasRoom(true))
                .sync();
            assertThat(heard.closed.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(heard.bytes).hasValue(LAST_WORDS);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private static final class Heard implements Phase {

        private final AtomicInteger bytes = new AtomicInteger();
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public void bytes(ByteBuf in) {
            bytes.addAndGet(in.readableBytes());
            in.skipBytes(in.readableBytes());
        }

        @Override
        public void closed() {
            closed.countDown();
        }
    }
}
