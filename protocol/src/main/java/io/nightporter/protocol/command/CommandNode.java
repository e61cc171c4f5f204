package io.nightporter.protocol.command;

import java.util.List;

/** One word of a command, as the client completes and checks it. */
public sealed interface CommandNode {
    /** What the player types, or what stands for it. */
    String name();

    /** Whether the command may end here. */
    boolean executable();

    /** What may follow. */
    List<CommandNode> children();

    /** A fixed word. */
    record Literal(String name, boolean executable, List<CommandNode> children) implements CommandNode {
        public Literal {
            children = List.copyOf(children);
        }
    }

    /** A text of the player's, with which the command may end. The client asks for suggestions with TabComplete. */
    record Argument(String name, Extent extent) implements CommandNode {
        @Override
        public boolean executable() {
            return true;
        }

        @Override
        public List<CommandNode> children() {
            return List.of();
        }
    }

    /** How much of the line an argument takes. */
    enum Extent {
        WORD(0),
        /** A word, or several in quotation marks. */
        QUOTABLE(1),
        REST_OF_LINE(2);

        private final int number;

        Extent(int number) {
            this.number = number;
        }

        /** On the wire. */
        int number() {
            return number;
        }
    }

    /** A word that is a command of its own. */
    static Literal command(String name) {
        return new Literal(name, true, List.of());
    }

    /** A word with which the command may not end. */
    static Literal command(String name, CommandNode... children) {
        return new Literal(name, false, List.of(children));
    }

    /** A word with which the command may end, or go on. */
    static Literal executable(String name, CommandNode... children) {
        return new Literal(name, true, List.of(children));
    }

    static Argument word(String name) {
        return new Argument(name, Extent.WORD);
    }

    static Argument restOfLine(String name) {
        return new Argument(name, Extent.REST_OF_LINE);
    }
}
