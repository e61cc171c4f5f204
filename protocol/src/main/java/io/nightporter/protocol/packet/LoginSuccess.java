package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BOOL;
import static io.nightporter.protocol.packet.WireTypes.PROFILE_PROPERTIES;
import static io.nightporter.protocol.packet.WireTypes.UUID_BINARY;
import static io.nightporter.protocol.packet.WireTypes.UUID_DASHED;
import static io.nightporter.protocol.packet.WireTypes.UUID_UNDASHED;
import static io.nightporter.protocol.packet.WireTypes.string;

import java.util.List;
import java.util.UUID;

/**
 * The player is in. Until 1.20.1 the play state begins with this packet, later the client says when it goes on.
 *
 * @param id the profile's id; text until 1.15.2
 * @param properties since 1.19
 * @param strictErrorHandling in 1.20.5 to 1.21.1: whether the client disconnects at packets that it cannot handle
 * @param sessionId since 26.2: a random number of this connection
 */
public record LoginSuccess(
    UUID id,
    String name,
    List<ProfileProperty> properties,
    boolean strictErrorHandling,
    UUID sessionId
) implements Packet {
    /** What {@link #sessionId} is before 26.2. */
    public static final UUID NO_SESSION = new UUID(0, 0);

    public static final PacketType<LoginSuccess> TYPE = PacketType.clientbound("LoginSuccess", LoginSuccess.class, f ->
        new LoginSuccess(
            f.field(LoginSuccess::id, UUID_UNDASHED.until(4, UUID_DASHED.until(578, UUID_BINARY))),
            f.field(LoginSuccess::name, string(16)),
            f.field(LoginSuccess::properties, PROFILE_PROPERTIES.since(759, List.of())),
            f.field(LoginSuccess::strictErrorHandling, BOOL.between(766, 767, false)),
            f.field(LoginSuccess::sessionId, UUID_BINARY.since(776, NO_SESSION))
        )
    );

    @Override
    public PacketType<LoginSuccess> type() {
        return TYPE;
    }
}
