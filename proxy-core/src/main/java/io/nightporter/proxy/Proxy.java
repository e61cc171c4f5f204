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
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.proxy.admin.AdminServer;
import io.nightporter.proxy.auth.EncryptionKeys;
import io.nightporter.proxy.auth.SessionServer;
import io.nightporter.proxy.backend.Dialer;
import io.nightporter.proxy.config.Configuration;
import io.nightporter.proxy.config.ProxySettings;
import io.nightporter.proxy.context.Generation;
import io.nightporter.proxy.context.ProxyContext;
import io.nightporter.proxy.forwarding.ProxyHeaderReader;
import io.nightporter.proxy.handshake.HandshakePhase;
import io.nightporter.proxy.metrics.ProxyMetrics;
import io.nightporter.proxy.player.Player;
import io.nightporter.proxy.player.Players;
import io.nightporter.proxy.routing.AddressBook;
import io.nightporter.proxy.routing.Router;
import io.nightporter.proxy.status.StatusService;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.wire.Transport;
import io.nightporter.proxy.wire.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running proxy. */
public final class Proxy {
    private static final Logger log = LoggerFactory.getLogger(Proxy.class);
    /** Bytes that may wait for a slow reader before its sender is paused, and how few let the sender go on. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(256 << 10, 1 << 20);
    private static final int BACKLOG = 1024;

    private final ProxyContext context;
    private final Transport transport;
    private final EventLoopGroup loops;
    private final AdminServer admin;
    private final List<Channel> listeners = new ArrayList<>();
    private boolean stopped;

    private Proxy(ProxyContext context, Transport transport, AdminServer admin) {
        this.context = context;
        this.transport = transport;
        this.loops = transport.eventLoops();
        this.admin = admin;
    }

    /**
     * Starts a proxy; when this returns, players can connect.
     *
     * @throws ProxyStartException when an address is taken or does not exist; nothing is left running then
     */
    public static Proxy start(Configuration configuration) throws ProxyStartException {
        ProxySettings settings = configuration.proxy();
        Transport transport = Transport.of(settings.transport());
        EncryptionKeys keys = EncryptionKeys.generate();
        ProxyMetrics metrics = new ProxyMetrics();
        AddressBook addresses = new AddressBook();
        Players players = new Players();
        metrics.playersSource(players::countByServer);
        AdminServer admin = startAdmin(configuration.admin(), metrics);
        var proxy = new Proxy(
            new ProxyContext(metrics, addresses, players, keys, generation(configuration, transport, keys, metrics, addresses)),
            transport,
            admin
        );
        try {
            for (HostAndPort address : settings.listen()) {
                proxy.listen(address);
            }
        } catch (ProxyStartException e) {
            proxy.stop();
            throw e;
        }
        admin.ready(true);
        return proxy;
    }
}
