package io.nightporter.protocol.packet;

/** A packet that the proxy understands. Its wire form is declared once, in {@link PacketType#layout()}. */
public interface Packet {
    PacketType<?> type();
}
