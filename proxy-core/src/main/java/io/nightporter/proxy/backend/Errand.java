package io.nightporter.proxy.backend;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.LoginStart;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.proxy.auth.GameProfile;
import io.nightporter.proxy.auth.ProfileKey;
import io.nightporter.proxy.config.ForwardingSettings;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.forwarding.LegacyForwarding;
import io.nightporter.proxy.forwarding.ModernForwarding;
import io.nightporter.proxy.forwarding.ProxyProtocol;
import io.nightporter.proxy.routing.VirtualHost;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a server is told about the player for whom the proxy knocks.
 *
 * @param from where the player comes from
 * @param host the hostname that the player typed, and the port
 * @param key the signing key of a client of 1.19 … 1.19.2
 */
public record Errand(
    ServerSettings server,
    ProtocolVersion version,
    GameProfile profile,
    @Nullable ProfileKey key,
    InetSocketAddress from,
    VirtualHost host,
    int port
) {
    private static final int INTENT_LOGIN = 2;

    Handshake handshake() {
        ForwardingSettings forwarding = server.forwarding();
        String address = switch (forwarding.mode()) {
            case NONE -> host.name() + host.marker();
            case MODERN -> host.name();
            case LEGACY -> LegacyForwarding.address(host, from.getAddress(), profile);
            case BUNGEEGUARD -> LegacyForwarding.addressWithToken(host, from.getAddress(), profile, forwarding.secret());
        };
        return new Handshake(version.number(), address, port, INTENT_LOGIN);
    }
}
