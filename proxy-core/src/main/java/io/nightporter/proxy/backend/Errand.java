package io.nightporter.proxy.backend;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.LoginStart;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.proxy.auth.GameProfile;
import io.nightporter.proxy.auth.OfflineIds;
import io.nightporter.proxy.config.ForwardingSettings;
import io.nightporter.proxy.config.ForwardingSettings.Mode;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.forwarding.LegacyForwarding;
import io.nightporter.proxy.forwarding.ModernForwarding;
import io.nightporter.proxy.forwarding.ProxyHeader;
import io.nightporter.proxy.routing.VirtualHost;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server is told about the player for whom the proxy knocks.
 *
 * @param from where the player comes from
 * @param host the hostname that the player typed, and the port
 * @param reachedAt the address and port of ours that the player reached
 * @param key the signing key of a client of 1.19 … 1.19.2
 */
public record Errand(
    ServerSettings server,
    ProtocolVersion version,
    GameProfile profile,
    LoginStart.@Nullable ProfileKey key,
    InetSocketAddress from,
    InetSocketAddress reachedAt,
    VirtualHost host,
    int port
) {
    Handshake handshake() {
        ForwardingSettings forwarding = server.forwarding();
        String address = switch (forwarding.mode()) {
            case NONE -> host.name() + host.marker();
            case MODERN -> host.name();
            case LEGACY -> LegacyForwarding.address(host.name(), host.marker(), from.getAddress(), profile);
            case BUNGEEGUARD -> LegacyForwarding.addressWithToken(
                host.name(),
                host.marker(),
                from.getAddress(),
                profile,
                forwarding.secret()
            );
        };
        return new Handshake(version.number(), address, port, Handshake.LOGIN);
    }

    LoginStart loginStart() {
        Optional<LoginStart.ProfileKey> presented = knowsIdentity() ? Optional.ofNullable(key) : Optional.empty();
        return new LoginStart(profile.name(), presented, Optional.of(profile.id()));
    }

    /** Whether the server is told the player's real id: without forwarding it makes up its own from the name. */
    private boolean knowsIdentity() {
        return server.forwarding().mode() != Mode.NONE;
    }

    /** Whether the server knows the player by the id by which the proxy does: in offline mode both make up the same. */
    boolean serverKnowsIdentity() {
        return knowsIdentity() || profile.id().equals(OfflineIds.of(profile.name()));
    }

    /** The answer to a server's question for the player's data. */
    Bytes modernAnswer(Bytes question) {
        var forwarding = new ModernForwarding(server.forwarding().secret());
        return forwarding.answer(question, version.number(), profile, from.getAddress(), key);
    }

    /** The first bytes for a server that wants to know where the connection really comes from. */
    ByteBuf proxyHeader() {
        return Unpooled.wrappedBuffer(ProxyHeader.proxied(from, reachedAt));
    }
}
