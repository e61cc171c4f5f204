package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BYTE;
import static io.nightporter.protocol.packet.WireTypes.IDENTIFIER;
import static io.nightporter.protocol.packet.WireTypes.bytes;
import static io.nightporter.protocol.packet.WireTypes.rest;

/**
 * Something that is counted on the scoreboard appears, changes or goes. Only whose it is and what happens is
 * understood.
 *
 * @param mode {@link #ADD}, {@link #REMOVE} or {@link #CHANGE}
 * @param look how it is shown, as on the wire, without the length in 1.7; empty for {@link #REMOVE}
 */
public record ScoreboardObjective(String name, int mode, Bytes look) implements Packet {
    public static final int ADD = 0;
    public static final int REMOVE = 1;
    public static final int CHANGE = 2;

    public static final PacketType<ScoreboardObjective> TYPE = PacketType.clientbound(
        "ScoreboardObjective",
        ScoreboardObjective.class,
        ScoreboardObjective::layout
    );

    public static ScoreboardObjective remove(String name) {
        return new ScoreboardObjective(name, REMOVE, Bytes.EMPTY);
    }

    @Override
    public PacketType<ScoreboardObjective> type() {
        return TYPE;
    }

    /** In 1.7 there is just a title, and it stands before the mode. */
    private static ScoreboardObjective layout(Fields<ScoreboardObjective> f) {
        String name = f.field(ScoreboardObjective::name, IDENTIFIER);
        Bytes title = f.field(ScoreboardObjective::look, bytes(4 * 32_767).upTo(5, Bytes.EMPTY));
        int mode = f.field(ScoreboardObjective::mode, BYTE);
        Bytes look = f.field(ScoreboardObjective::look, rest(1 << 21).since(47, Bytes.EMPTY));
        return new ScoreboardObjective(name, mode, f.since(47) ? look : title);
    }
}
