package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BYTE;
import static io.nightporter.protocol.packet.WireTypes.IDENTIFIER;
import static io.nightporter.protocol.packet.WireTypes.rest;

/**
 * A team of the scoreboard appears, changes or goes. Only whose it is and what happens is understood.
 *
 * @param mode {@link #ADD}, {@link #REMOVE}, {@link #CHANGE}, {@link #JOIN} or {@link #LEAVE}
 * @param content how it is shown and who is in it, as on the wire; empty for {@link #REMOVE}
 */
public record Team(String name, int mode, Bytes content) implements Packet {
    public static final int ADD = 0;
    public static final int REMOVE = 1;
    public static final int CHANGE = 2;
    public static final int JOIN = 3;
    public static final int LEAVE = 4;

    public static final PacketType<Team> TYPE = PacketType.clientbound("Team", Team.class, f ->
        new Team(f.field(Team::name, IDENTIFIER), f.field(Team::mode, BYTE), f.field(Team::content, rest(1 << 21)))
    );

    public static Team remove(String name) {
        return new Team(name, REMOVE, Bytes.EMPTY);
    }

    @Override
    public PacketType<Team> type() {
        return TYPE;
    }
}
