package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.FLOAT;
import static io.nightporter.protocol.packet.WireTypes.UBYTE;

/**
 * Something that concerns the player or its whole world.
 *
 * @param event such as {@link #CHANGE_GAME_MODE}
 * @param value what it means depends on the event
 */
public record GameEvent(int event, float value) implements Packet {
    public static final int CHANGE_GAME_MODE = 3;
    /** Since 1.15: value 1 respawns at once, 0 shows the death screen. */
    public static final int IMMEDIATE_RESPAWN = 11;
    /** Since 1.20.3: the client may leave its loading screen when the chunks have come. */
    public static final int CHUNKS_FOLLOW = 13;

    public static final PacketType<GameEvent> TYPE = PacketType.clientbound("GameEvent", GameEvent.class, f ->
        new GameEvent(f.field(GameEvent::event, UBYTE), f.field(GameEvent::value, FLOAT))
    );

    @Override
    public PacketType<GameEvent> type() {
        return TYPE;
    }
}
