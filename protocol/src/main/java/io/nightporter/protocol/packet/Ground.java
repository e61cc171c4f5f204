package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BOOL;
import static io.nightporter.protocol.packet.WireTypes.UBYTE;

/**
 * What a moving player touches.
 *
 * @param collision whether the player walks against something; on the wire since 1.21.2
 */
public record Ground(boolean onGround, boolean collision) {
    public static final Ground IN_THE_AIR = new Ground(false, false);

    /** A boolean until 1.21.1, bits from 1.21.2 on. */
    static final WireType<Ground> WIRE_TYPE = BOOL.as(onGround -> new Ground(onGround, false), Ground::onGround).until(
        767,
        UBYTE.as(
            bits -> new Ground((bits & 1) != 0, (bits & 2) != 0),
            ground -> (ground.onGround ? 1 : 0) | (ground.collision ? 2 : 0)
        )
    );
}
