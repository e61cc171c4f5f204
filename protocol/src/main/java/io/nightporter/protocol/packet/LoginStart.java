package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.LONG;
import static io.nightporter.protocol.packet.WireTypes.UUID_BINARY;
import static io.nightporter.protocol.packet.WireTypes.bytes;
import static io.nightporter.protocol.packet.WireTypes.string;

import java.util.Optional;
import java.util.UUID;

/**
 * The client says who it is, or wants to be.
 *
 * @param name at most 16 characters, not checked otherwise
 * @param key what the client signs its chat with; in 1.19 to 1.19.2 only, later keys come after the login
 * @param id the client's own idea of its profile's id: from 1.19.1 on, always from 1.20.2 on
 */
public record LoginStart(String name, Optional<ProfileKey> key, Optional<UUID> id) implements Packet {
    static final WireType<ProfileKey> KEY = WireTypes.struct(f ->
        new ProfileKey(
            f.field(ProfileKey::expiry, LONG),
            f.field(ProfileKey::publicKey, bytes(512)),
            f.field(ProfileKey::signature, bytes(4_096))
        )
    );

    public static final PacketType<LoginStart> TYPE = PacketType.serverbound("LoginStart", LoginStart.class, f ->
        new LoginStart(
            f.field(LoginStart::name, string(16)),
            f.field(LoginStart::key, KEY.optional().between(759, 760, Optional.empty())),
            f.field(
                LoginStart::id,
                UUID_BINARY.optional().until(763, UUID_BINARY.required()).since(760, Optional.empty())
            )
        )
    );

    @Override
    public PacketType<LoginStart> type() {
        return TYPE;
    }

    /**
     * The key that Mojang gave to a player for a while.
     *
     * @param expiry milliseconds since 1970
     * @param publicKey RSA, X.509 SubjectPublicKeyInfo in DER
     * @param signature Mojang's
     */
    public record ProfileKey(long expiry, Bytes publicKey, Bytes signature) {}
}
