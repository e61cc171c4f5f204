package io.nightporter.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.protocol.version.Direction;
import io.nightporter.proxy.config.Cidr;
import io.nightporter.proxy.context.ProxyContext;
import io.nightporter.proxy.forwarding.ProxyHeaderReader;
import io.nightporter.proxy.handshake.HandshakePhase;
import io.nightporter.proxy.wire.Transport;
import io.nightporter.proxy.wire.Wire;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where players connect. */
final class Listeners {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);
    /** Bytes that may wait for a slow reader before its sender is paused, and how few let the sender go on. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(256 << 10, 1 << 20);
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

    void open(HostAndPort address) throws ProxyStartException {
        ChannelFuture binding = new ServerBootstrap()
            .group(loops)
            .channel(transport.listener())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(
                new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        greet(channel);
                    }
                }
            )
            .bind(new InetSocketAddress(address.host(), address.port()))
            .awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new ProxyStartException(
                "proxy.listen %s: %s; is another program, or another Nightporter, there?".formatted(
                    address,
                    binding.cause().getMessage()
                )
            );
        }
        open.add(binding.channel());
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
