package io.nightporter.protocol.command;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.WireTypes;
import java.util.ArrayList;
import java.util.List;

/** Nodes of a tree, level by level, so that the children of each stand together. */
final class Nodes {

    /** The two lowest bits of a node's flags. */
    static final int KIND = 3;

    static final int ROOT = 0;

    static final int REDIRECT = 8;

    private static final int LITERAL = 1;
    private static final int ARGUMENT = 2;
    private static final int EXECUTABLE = 4;
    private static final int SUGGESTIONS = 16;

    /** Kinds of arguments have names until 1.18.2 and numbers from 1.19 on. This one's never changed. */
    private static final int NUMBERED_SINCE = 759;

    private static final int STRING = 5;

    private final int firstPlace;
    private final int commands;
    private final List<CommandNode> inOrder;

    /** For each node the place of its first child. */
    private final List<Integer> firstChildren = new ArrayList<>();

    /**
     * @param firstPlace the place of the first node in the whole tree
     */
    Nodes(List<CommandNode> commands, int firstPlace) {
        this.firstPlace = firstPlace;
        this.commands = commands.size();
        this.inOrder = new ArrayList<>(commands);
        for (int i = 0; i < inOrder.size(); i++) {
            firstChildren.add(firstPlace + inOrder.size());
            inOrder.addAll(inOrder.get(i).children());
        }
    }

    int size() {
        return inOrder.size();
    }

    /** The children of a root that has others already: their number, theirs, and the commands. */
    void writeCommands(ByteBuf out, int others, ByteBuf theirPlaces) {
        VarInts.write(out, others + commands);
        out.writeBytes(theirPlaces);
        writePlaces(out, firstPlace, commands);
    }

    void write(ByteBuf out, int protocol) {
        for (int i = 0; i < inOrder.size(); i++) {
            CommandNode node = inOrder.get(i);
            int executable = node.executable() ? EXECUTABLE : 0;
            out.writeByte(executable | (node instanceof CommandNode.Argument ? ARGUMENT | SUGGESTIONS : LITERAL));
            VarInts.write(out, node.children().size());
            writePlaces(out, firstChildren.get(i), node.children().size());
            WireTypes.IDENTIFIER.write(out, node.name(), protocol);
            if (node instanceof CommandNode.Argument argument) {
                if (protocol < NUMBERED_SINCE) {
                    WireTypes.IDENTIFIER.write(out, "brigadier:string", protocol);
                } else {
                    VarInts.write(out, STRING);
                }
                VarInts.write(out, argument.extent().number());
                WireTypes.IDENTIFIER.write(out, "minecraft:ask_server", protocol);
            }
        }
    }

    private static void writePlaces(ByteBuf out, int first, int count) {
        for (int place = first; place < first + count; place++) {
            VarInts.write(out, place);
        }
    }
}
