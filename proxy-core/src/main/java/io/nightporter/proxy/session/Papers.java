package io.nightporter.proxy.session;

import io.nightporter.protocol.packet.LoginStart;
import io.nightporter.proxy.auth.GameProfile;
import io.nightporter.proxy.backend.Errand;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.routing.VirtualHost;
import io.nightporter.proxy.wire.Wire;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a player came with, and every server is told.
 *
 * @param key the signing key of a client of 1.19 … 1.19.2
 * @param from where the player comes from, behind whatever balancer there may be
 * @param host the hostname that the player typed, and the port
 * @param network the network that the hostname leads to; null where it leads to a server
 */
public record Papers(
    GameProfile profile,
    LoginStart.@Nullable ProfileKey key,
    InetSocketAddress from,
    VirtualHost host,
    int port,
    @Nullable String network
) {
    /** What a server is told when somebody knocks for this player. */
    public Errand errand(ServerSettings server, Wire wire) {
        return new Errand(
            server,
            wire.version(),
            profile,
            key,
            from,
            (InetSocketAddress) wire.channel().localAddress(),
            host,
            port
        );
    }
}
