package io.nightporter.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.util.concurrent.EventExecutor;
import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.protocol.version.Direction;
import io.nightporter.proxy.config.Cidr;
import io.nightporter.proxy.context.ProxyContext;
import io.nightporter.proxy.forwarding.ProxyHeaderReader;
import io.nightporter.proxy.handshake.HandshakePhase;
import io.nightporter.proxy.wire.Transport;
import io.nightporter.proxy.wire.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where players connect. */
final class Listeners {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);
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
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, Wire.WATER_MARK)
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

    private void greet(Channel channel) {
        Wire wire = new Wire(channel, Direction.CLIENTBOUND);
        var handshake = new HandshakePhase(context, wire);
        wire.phase(handshake);
        List<Cidr> trusted = context.generation().configuration().proxy().trustedProxies();
        if (!trusted.isEmpty()) {
            channel.pipeline().addLast(new ProxyHeaderReader(trusted, new Announced(wire, context)));
        }
        channel.pipeline().addLast(wire);
        handshake.begin();
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

    /** What a load balancer says of the player behind it. */
    private record Announced(Wire wire, ProxyContext context) implements ProxyHeaderReader.Listener {
        @Override
        public void clientAddress(InetSocketAddress address) {
            wire.peer(address);
        }

        @Override
        public void refused(String reason, String message) {
            context.metrics().rejected(reason);
            log.info("connection refused address={} reason={} detail=\"{}\"", wire.peerText(), reason, message);
        }
    }
}
