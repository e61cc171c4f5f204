package io.nightporter.protocol.packet;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import org.jspecify.annotations.Nullable;

/** Packets to bytes and back. Neither direction keeps or releases the buffer. */
public final class PacketCodec {

    private PacketCodec() {}

    /**
     * Appends the packet's id as a varint, and its body.
     *
     * @throws IllegalArgumentException when this protocol has no such packet here or cannot carry its values
     */
    public static void encode(ProtocolVersion version, State state, Direction direction, Packet packet, ByteBuf out) {
        PacketType<?> type = packet.type();
        int id = type.directions().contains(direction) ? version.id(state, direction, type.name()) : -1;
        if (id < 0) {
            throw new IllegalArgumentException(
                "%s has no %s %s packet %s".formatted(version, state, direction, type.name())
            );
        }
        VarInts.write(out, id);
        writeBody(type, packet, version.number(), out);
    }

    /**
     * Reads a packet from what follows its id.
     *
     * @param body all that is readable belongs to the packet and is consumed
     * @throws BadPacketException naming the packet, for whatever is wrong with the bytes
     */
    public static <P extends Packet> P decode(ProtocolVersion version, PacketType<P> type, ByteBuf body) {
        P packet;
        try {
            packet = Fields.read(type.layout(), body, version.number());
        } catch (BadPacketException e) {
            throw new BadPacketException(e.reason(), type.name() + ": " + e.getMessage());
        } catch (IndexOutOfBoundsException e) {
            throw new BadPacketException("packet_too_short", type.name() + ": a packet ended in the middle of a field");
        } catch (RuntimeException e) {
            throw new BadPacketException("bad_packet", type.name() + ": " + e.getMessage());
        }
        if (body.isReadable()) {
            throw new BadPacketException(
                "packet_too_long",
                type.name() + ": a packet went on for " + body.readableBytes() + " bytes after its last field"
            );
        }
        return packet;
    }

    /** What a packet with this id is, where it is one that {@link PacketTypes} has; null otherwise. */
    public static @Nullable PacketType<?> typeOf(ProtocolVersion version, State state, Direction direction, int id) {
        String name = version.packetName(state, direction, id);
        return name == null ? null : PacketTypes.find(direction, name);
    }

    private static <P extends Packet> void writeBody(PacketType<P> type, Packet packet, int protocol, ByteBuf out) {
        Fields.write(type.layout(), type.packetClass().cast(packet), out, protocol);
    }
}
