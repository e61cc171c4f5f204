package io.nightporter.protocol.version;

/** Who a packet is for. */
public enum Direction {
    CLIENTBOUND,
    SERVERBOUND;

    public Direction opposite() {
        return this == CLIENTBOUND ? SERVERBOUND : CLIENTBOUND;
    }
}
