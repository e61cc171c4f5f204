package io.nightporter.proxy.backend;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.util.concurrent.Future;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.proxy.config.Timeouts;
import io.nightporter.proxy.wire.ReadingToTheEnd;
import io.nightporter.proxy.wire.Transport;
import io.nightporter.proxy.wire.Wire;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** Connects to servers: looks names up in bounded time, never blocks, tries one address after the other. */
public final class Dialer implements AutoCloseable {

    /** How long an address that DNS gave is believed: containers move. */
    private static final int DNS_TTL_SECONDS = 10;

    private final Transport transport;
    private final Timeouts timeouts;
    private final DnsAddressResolverGroup resolver;

    public Dialer(Transport transport, Timeouts timeouts) {
        this.transport = transport;
        this.timeouts = timeouts;
        this.resolver = new DnsAddressResolverGroup(
            new DnsNameResolverBuilder()
                .datagramChannelType(transport.datagrams())
                .queryTimeoutMillis(Math.max(1, timeouts.dns().toMillis() / 2))
                .maxQueriesPerResolve(4)
                .ttl(0, DNS_TTL_SECONDS)
                .negativeTtl(1)
        );
    }

    /** What came of dialling. Called on the event loop. */
    public interface Outcome {
        void connected(Channel channel, ServerAddress address);

        /** Whether a connection is still of use: otherwise nothing more is tried and nothing more is said. */
        boolean wanted();

        /** One address failed; the next one is tried. */
        void addressFailed(ServerAddress address, DialFailure failure);

        /** All addresses failed. */
        void failed(DialFailure last);
    }

    /**
     * Tries the addresses in their order.
     *
     * @param loop the player's event loop, which is the caller's: the connection will live there too
     * @param prepare puts the handlers into the new channel before anything can arrive
     */
    public void dial(EventLoop loop, List<ServerAddress> addresses, Consumer<Channel> prepare, Outcome outcome) {
        next(loop, addresses.iterator(), prepare, outcome, DialFailure.UNREACHABLE);
    }

    private void next(
        EventLoop loop,
        Iterator<ServerAddress> addresses,
        Consumer<Channel> prepare,
        Outcome outcome,
        DialFailure last
    ) {
        if (!addresses.hasNext()) {
            outcome.failed(last);
            return;
        }
        ServerAddress address = addresses.next();
        Consumer<Throwable> failed = cause -> {
            DialFailure failure = reason(cause);
            outcome.addressFailed(address, failure);
            next(loop, addresses, prepare, outcome, failure);
        };
        var named = InetSocketAddress.createUnresolved(address.address().host(), address.address().port());
        Future<InetSocketAddress> resolving = resolver.getResolver(loop).resolve(named);
        resolving.addListener(_ -> {
            if (!outcome.wanted()) {
                return;
            }
            if (resolving.isSuccess()) {
                InetSocketAddress to = resolving.getNow();
                Transport.later(loop, () -> connect(bootstrap(loop, prepare), to, address, outcome, failed));
            } else {
                failed.accept(resolving.cause());
            }
        });
    }

    /** Registers and connects in one go: there is nothing to hear of a socket before. */
    private static void connect(
        Bootstrap bootstrap,
        InetSocketAddress to,
        ServerAddress address,
        Outcome outcome,
        Consumer<Throwable> failed
    ) {
        ChannelFuture registering = bootstrap.register();
        if (registering.cause() != null) {
            failed.accept(registering.cause());
            return;
        }
        ChannelFuture connecting = registering.channel().connect(to);
        connecting.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        connecting.addListener(_ -> {
            if (!outcome.wanted()) {
                connecting.channel().close();
            } else if (connecting.isSuccess()) {
                outcome.connected(connecting.channel(), address);
            } else {
                failed.accept(connecting.cause());
            }
        });
    }

    private Bootstrap bootstrap(EventLoop loop, Consumer<Channel> prepare) {
        return new Bootstrap()
            .group(loop)
            .channel(transport.connection())
            .disableResolver()
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, Wire.WATER_MARK)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new ReadingToTheEnd())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeouts.connect().toMillis())
            .handler(
                new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        prepare.accept(channel);
                    }
                }
            );
    }

    private static DialFailure reason(Throwable cause) {
        return switch (cause) {
            case ConnectTimeoutException _ -> DialFailure.TIMED_OUT;
            case UnknownHostException e when (
                e.getCause() instanceof DnsNameResolverTimeoutException
            ) -> DialFailure.TIMED_OUT;
            case ConnectException e when String.valueOf(e.getMessage()).contains("refused") -> DialFailure.REFUSED;
            default -> DialFailure.UNREACHABLE;
        };
    }

    @Override
    public void close() {
        resolver.close();
    }
}
