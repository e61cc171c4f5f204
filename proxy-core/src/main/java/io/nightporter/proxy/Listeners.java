package io.nightporter.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.util.concurrent.EventExecutor;
import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.protocol.version.Direction;
import io.nightporter.proxy.config.Cidr;
import io.nightporter.proxy.config.Limits;
import io.nightporter.proxy.config.ProxySettings;
import io.nightporter.proxy.context.ProxyContext;
import io.nightporter.proxy.forwarding.ProxyHeaderReader;
import io.nightporter.proxy.handshake.HandshakePhase;
import io.nightporter.proxy.limits.Arrival;
import io.nightporter.proxy.limits.PeerLog;
import io.nightporter.proxy.wire.Phase;
import io.nightporter.proxy.wire.ReadingToTheEnd;
import io.nightporter.proxy.wire.Transport;
import io.nightporter.proxy.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where players connect. */
final class Listeners {

    private static final PeerLog log = PeerLog.of(Listeners.class);
    /** Connections that the system holds ready; a rush after a restart fills it. */
    private static final int BACKLOG = 1024;

    private final Transport transport;
    private final EventLoopGroup loops;
    private final ProxyContext context;
    private final List<Channel> open = new ArrayList<>();

    Listeners(Transport transport, EventLoopGroup loops, ProxyContext context) {
        this.transport = transport;
        this.loops = loops;
        this.context = context;
    }

    /**
     * Where the transport can, every event loop has a listener of its own and the system deals connections out among
     * them, so that none has to be handed from one thread to another.
     */
    void open(HostAndPort address) throws ProxyStartException {
        var wanted = new InetSocketAddress(address.host(), address.port());
        try {
            if (transport.sharesPorts()) {
                requireFree(wanted);
                InetSocketAddress shared = wanted;
                for (EventExecutor loop : loops) {
                    shared = bind((EventLoop) loop, shared, true);
                }
            } else {
                bind(loops, wanted, false);
            }
        } catch (IOException e) {
            throw new ProxyStartException(
                "proxy.listen %s: %s; is another program, or another Nightporter, there?".formatted(
                    address,
                    e.getMessage()
                )
            );
        }
    }

    /** Ports that are shared among loops could be shared with another Nightporter, too, and nobody would notice. */
    private static void requireFree(InetSocketAddress address) throws IOException {
        try (SocketChannel probe = SocketChannel.open()) {
            probe.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address);
        }
    }

    /** Returns where it is bound: the port is the system's choice if 0 was asked for. */
    private InetSocketAddress bind(EventLoopGroup group, InetSocketAddress address, boolean shared) throws IOException {
        var bootstrap = new ServerBootstrap()
            .group(group)
            .channel(transport.listener())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .handler(new Doorway())
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, Wire.WATER_MARK)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, new ReadingToTheEnd())
            .childHandler(
                new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        greet(channel);
                    }
                }
            );
        if (shared) {
            bootstrap.option(UnixChannelOption.SO_REUSEPORT, true);
        }
        ChannelFuture binding = bootstrap.bind(address).awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IOException(binding.cause().getMessage(), binding.cause());
        }
        open.add(binding.channel());
        return (InetSocketAddress) binding.channel().localAddress();
    }

    /**
     * Where the connection comes from for the limits per network; null for a trusted balancer, which is nobody itself
     * and announces somebody.
     */
    private static @Nullable InetAddress counted(ProxySettings settings, Channel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress peer)) {
            return null;
        }
        for (Cidr balancers : settings.trustedProxies()) {
            if (balancers.contains(peer.getAddress())) {
                return null;
            }
        }
        return peer.getAddress();
    }

    private void greet(Channel channel) {
        ProxySettings settings = context.generation().configuration().proxy();
        Arrival arrival = context.entrance().arrives(settings.limits(), counted(settings, channel), () -> cut(channel));
        if (arrival == null) {
            cut(channel);
            return;
        }
        channel.closeFuture().addListener(_ -> arrival.over());
        Wire wire = new Wire(channel, Direction.CLIENTBOUND);
        var handshake = new HandshakePhase(context, wire, arrival);
        wire.phase(handshake);
        if (!settings.trustedProxies().isEmpty()) {
            var announced = new Announced(wire, context, settings.limits(), arrival);
            channel.pipeline().addLast(new ProxyHeaderReader(settings.trustedProxies(), announced));
        }
        channel.pipeline().addLast(wire);
        handshake.begin();
    }

    /** Closes at once: nothing is said, and the system keeps nothing of the connection. */
    private static void cut(Channel channel) {
        resetOnClose(channel);
        channel.close();
    }

    private static void resetOnClose(Channel channel) {
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException _) {
            // The peer has gone already.
        }
    }

    List<InetSocketAddress> addresses() {
        return open
            .stream()
            .map(listener -> (InetSocketAddress) listener.localAddress())
            .distinct()
            .toList();
    }

    void close() {
        for (Channel listener : open) {
            listener.close().awaitUninterruptibly();
        }
    }

    /** Turns connections away that are too many, before anything is made for them. */
    private final class Doorway extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object accepted) {
            Channel channel = (Channel) accepted;
            ProxySettings settings = context.generation().configuration().proxy();
            InetAddress address = counted(settings, channel);
            if (address == null || context.entrance().admits(settings.limits(), address)) {
                // Not before everything is done that epoll told of at once, see Transport#later.
                Transport.later(ctx.channel().eventLoop(), () -> ctx.fireChannelRead(accepted));
            } else {
                resetOnClose(channel);
                channel.unsafe().closeForcibly();
            }
        }
    }

    /** What a load balancer says of the player behind it. */
    private record Announced(
        Wire wire,
        ProxyContext context,
        Limits limits,
        Arrival arrival
    ) implements ProxyHeaderReader.Listener {
        @Override
        public void clientAddress(InetSocketAddress address) {
            wire.peer(address);
            if (!arrival.announced(limits, address.getAddress())) {
                wire.phase(new TurnedAway());
                cut(wire.channel());
            }
        }

        @Override
        public void refused(String reason, String message) {
            context.metrics().rejected(reason);
            log.info("connection refused address={} reason={} detail=\"{}\"", wire.peerText(), reason, message);
        }
    }

    /** Nothing of what came along with the header matters. */
    private record TurnedAway() implements Phase {
        @Override
        public void bytes(ByteBuf in) {
            in.skipBytes(in.readableBytes());
        }

        @Override
        public void closed() {}
    }
}
