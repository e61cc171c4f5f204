package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BYTE;
import static io.nightporter.protocol.packet.WireTypes.FLOAT;

/**
 * What the player may do.
 *
 * @param flags bits: {@link #INVULNERABLE}, {@link #FLYING}, {@link #MAY_FLY}, {@link #CREATIVE}
 * @param flyingSpeed 0.05 is the game's own
 * @param walkingSpeed changes the field of view; 0.1 is the game's own
 */
public record ClientboundPlayerAbilities(int flags, float flyingSpeed, float walkingSpeed) implements Packet {
    public static final int INVULNERABLE = 1;
    public static final int FLYING = 2;
    public static final int MAY_FLY = 4;
    public static final int CREATIVE = 8;

    public static final PacketType<ClientboundPlayerAbilities> TYPE = PacketType.clientbound(
        "PlayerAbilities",
        ClientboundPlayerAbilities.class,
        f ->
            new ClientboundPlayerAbilities(
                f.field(ClientboundPlayerAbilities::flags, BYTE),
                f.field(ClientboundPlayerAbilities::flyingSpeed, FLOAT),
                f.field(ClientboundPlayerAbilities::walkingSpeed, FLOAT)
            )
    );

    @Override
    public PacketType<ClientboundPlayerAbilities> type() {
        return TYPE;
    }
}
