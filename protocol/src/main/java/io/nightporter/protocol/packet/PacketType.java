package io.nightporter.protocol.packet;

/**
 * What all packets of one record have in common.
 *
 * @param name the name under which the id table knows the packet; state and direction come from the connection,
 *     so one record serves every state that has a packet of this name and shape
 */
public record PacketType<P extends Packet>(String name, Class<P> packetClass, Layout<P> layout) {}
