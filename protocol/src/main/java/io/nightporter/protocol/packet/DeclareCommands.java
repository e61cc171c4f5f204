package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.rest;

/**
 * All commands that the player may use; since 1.13.
 *
 * @param tree as on the wire; {@link io.nightporter.protocol.command.CommandTree} writes it
 */
public record DeclareCommands(Bytes tree) implements Packet {
    /** In bytes: what a compressed frame may hold. */
    public static final int MAX_TREE = 1 << 23;

    public static final PacketType<DeclareCommands> TYPE = PacketType.clientbound(
        "DeclareCommands",
        DeclareCommands.class,
        f -> new DeclareCommands(f.field(DeclareCommands::tree, rest(MAX_TREE)))
    );

    @Override
    public PacketType<DeclareCommands> type() {
        return TYPE;
    }
}
