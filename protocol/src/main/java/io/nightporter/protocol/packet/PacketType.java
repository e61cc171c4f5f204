package io.nightporter.protocol.packet;

import io.nightporter.protocol.version.Direction;
import java.util.EnumSet;
import java.util.Set;

/**
 * What all packets of one record have in common.
 *
 * @param name the name under which the id table knows the packet; the state comes from the connection, so one record
 *     serves every state that has a packet of this name
 * @param directions the ways in which the packet has this shape; where the two ways differ, two records share a name
 */
public record PacketType<P extends Packet>(
    String name,
    Set<Direction> directions,
    Class<P> packetClass,
    Layout<P> layout
) {
    public PacketType {
        directions = Set.copyOf(directions);
    }

    static <P extends Packet> PacketType<P> clientbound(String name, Class<P> packetClass, Layout<P> layout) {
        return new PacketType<>(name, EnumSet.of(Direction.CLIENTBOUND), packetClass, layout);
    }

    static <P extends Packet> PacketType<P> serverbound(String name, Class<P> packetClass, Layout<P> layout) {
        return new PacketType<>(name, EnumSet.of(Direction.SERVERBOUND), packetClass, layout);
    }

    static <P extends Packet> PacketType<P> bothWays(String name, Class<P> packetClass, Layout<P> layout) {
        return new PacketType<>(name, EnumSet.allOf(Direction.class), packetClass, layout);
    }
}
