package io.nightporter.proxy.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.protocol.version.VersionRange;
import io.nightporter.proxy.config.ProxySettings.TransportChoice;
import io.nightporter.proxy.config.Timeouts;
import io.nightporter.proxy.wire.Transport;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DialerTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Timeouts TIMEOUTS = new Timeouts(LONG, LONG, LONG, LONG, LONG, LONG, LONG);

    private final Transport transport = Transport.of(TransportChoice.AUTO);

    /**
     * While the loop is busy, one connection gets a byte and another one loses its peer. The loop hears of both at once;
     * because of the byte it closes the other connection and dials, and the system gives the new socket the number that
     * has just become free.
     */
    @Test
    void aNewSocketDoesNotHearWhatHappenedToAnOldOneOfItsNumber() throws Exception {
        var loops = transport.eventLoops();
        EventLoop loop = loops.next();
        try (
            ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Dialer dialer = new Dialer(transport, TIMEOUTS)
        ) {
            for (int attempt = 0; attempt < 20; attempt++) {
                Channel first = connect(loop, server);
                try (Socket firstPeer = server.accept()) {
                    Channel second = connect(loop, server);
                    Socket secondPeer = server.accept();
                    var dialled = new CompletableFuture<Channel>();
                    BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
                    first.pipeline().addLast(
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext ctx, Object message) {
                                ((ByteBuf) message).release();
                                second.close();
                                var to = new HostAndPort("127.0.0.1", server.getLocalPort());
                                dialer.dial(
                                    loop,
                                    List.of(new ServerAddress(to, VersionRange.ALL)),
                                    channel -> channel.pipeline().addLast(new Listening(heard)),
                                    new Outcome(dialled)
                                );
                            }
                        }
                    );
                    loop.execute(() -> sleep(60));
                    sleep(20);
                    firstPeer.getOutputStream().write(1);
                    secondPeer.close();
                    Channel fresh = dialled.get(20, TimeUnit.SECONDS);
                    try (Socket peer = server.accept()) {
                        loop.submit(() -> fresh.config().setAutoRead(false)).sync();
                        peer.getOutputStream().write(7);
                        loop.submit(() -> fresh.config().setAutoRead(true)).sync();
                        assertThat(heard.poll(10, TimeUnit.SECONDS)).as("attempt %d", attempt).isEqualTo(7);
                    }
                }
            }
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private Channel connect(EventLoop loop, ServerSocket server) throws InterruptedException {
        return new Bootstrap()
            .group(loop)
            .channel(transport.connection())
            .handler(new ChannelInboundHandlerAdapter())
            .connect(server.getLocalSocketAddress())
            .sync()
            .channel();
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hears single bytes. */
    private static final class Listening extends ChannelInboundHandlerAdapter {

        private final BlockingQueue<Integer> heard;

        Listening(BlockingQueue<Integer> heard) {
            this.heard = heard;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf in = (ByteBuf) message;
            heard.add((int) in.readByte());
            in.release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    private record Outcome(CompletableFuture<Channel> dialled) implements Dialer.Outcome {
        @Override
        public void connected(Channel channel, ServerAddress address) {
            dialled.complete(channel);
        }

        @Override
        public boolean wanted() {
            return true;
        }

        @Override
        public void addressFailed(ServerAddress address, DialFailure failure) {
            dialled.completeExceptionally(new AssertionError(failure));
        }

        @Override
        public void failed(DialFailure last) {
            dialled.completeExceptionally(new AssertionError(last));
        }
    }
}
