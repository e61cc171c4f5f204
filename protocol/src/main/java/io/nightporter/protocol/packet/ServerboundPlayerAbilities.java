package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BYTE;
import static io.nightporter.protocol.packet.WireTypes.FLOAT;

/**
 * The player began or ended flying.
 *
 * @param flags as in {@link ClientboundPlayerAbilities}
 * @param flyingSpeed until 1.15.2
 * @param walkingSpeed until 1.15.2
 */
public record ServerboundPlayerAbilities(int flags, float flyingSpeed, float walkingSpeed) implements Packet {
    public static final PacketType<ServerboundPlayerAbilities> TYPE = PacketType.serverbound(
        "PlayerAbilities",
        ServerboundPlayerAbilities.class,
        f ->
            new ServerboundPlayerAbilities(
                f.field(ServerboundPlayerAbilities::flags, BYTE),
                f.field(ServerboundPlayerAbilities::flyingSpeed, FLOAT.upTo(578, 0F)),
                f.field(ServerboundPlayerAbilities::walkingSpeed, FLOAT.upTo(578, 0F))
            )
    );

    @Override
    public PacketType<ServerboundPlayerAbilities> type() {
        return TYPE;
    }
}
