package io.nightporter.protocol.command;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.DeclareCommands;
import java.util.List;

/**
 * Commands of the proxy in the form of {@link DeclareCommands}, for 1.13 and later: alone, or grafted onto a server's
 * tree.
 *
 * <p>On the wire a tree is the number of its nodes, the nodes, and the place of the root among them. A node names its
 * children by their places, and where it ends depends on dozens of kinds of arguments. So a tree is grown without
 * reading its nodes: new ones go behind the last, where they change nobody's place, and the root, which servers write
 * first, gets more children.
 */
public final class CommandTree {

    private static final CommandTree EMPTY = new CommandTree(List.of());

    private final List<CommandNode> commands;

    private CommandTree(List<CommandNode> commands) {
        this.commands = commands;
    }

    public static CommandTree of(List<? extends CommandNode> commands) {
        return new CommandTree(List.copyOf(commands));
    }

    /** No command at all: until they get others, clients keep the commands of the server before. */
    public static CommandTree empty() {
        return EMPTY;
    }

    /** These commands and no others. */
    public DeclareCommands alone(int protocol) {
        Nodes nodes = new Nodes(commands, 1);
        ByteBuf out = Unpooled.buffer();
        VarInts.write(out, 1 + nodes.size());
        out.writeByte(Nodes.ROOT);
        nodes.writeCommands(out, 0, Unpooled.EMPTY_BUFFER);
        nodes.write(out, protocol);
        VarInts.write(out, 0);
        return new DeclareCommands(Bytes.copyOf(out));
    }

    /**
     * The server's commands and these. A tree that does not have its root in front, or that cannot be right, stays as
     * it is: the client will say whether it is any good.
     */
    public DeclareCommands addedTo(DeclareCommands server, int protocol) {
        ByteBuf in = server.tree().toBuffer();
        // The last number is the place of the root, and 0 is the only one whose last byte is 0.
        if (commands.isEmpty() || !in.isReadable() || in.getByte(in.writerIndex() - 1) != 0) {
            return server;
        }
        try {
            return grafted(in, server, protocol);
        } catch (BadPacketException | IndexOutOfBoundsException e) {
            return server;
        }
    }

    private DeclareCommands grafted(ByteBuf in, DeclareCommands server, int protocol) {
        int count = VarInts.read(in);
        int flags = in.readByte();
        int children = VarInts.read(in);
        boolean isRoot = (flags & (Nodes.KIND | Nodes.REDIRECT)) == Nodes.ROOT;
        if (!isRoot || count < 1 || children < 0 || children >= count) {
            return server;
        }
        int start = in.readerIndex();
        for (int i = 0; i < children; i++) {
            VarInts.read(in);
        }
        if (!in.isReadable()) {
            return server;
        }
        ByteBuf places = in.slice(start, in.readerIndex() - start);
        Nodes nodes = new Nodes(commands, count);
        ByteBuf out = Unpooled.buffer(in.writerIndex() + 64 * nodes.size());
        VarInts.write(out, count + nodes.size());
        out.writeByte(flags);
        nodes.writeCommands(out, children, places);
        out.writeBytes(in, in.readableBytes() - 1);
        nodes.write(out, protocol);
        VarInts.write(out, 0);
        return out.readableBytes() > DeclareCommands.MAX_TREE ? server : new DeclareCommands(Bytes.copyOf(out));
    }
}
