package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BOOL;
import static io.nightporter.protocol.packet.WireTypes.LONG;
import static io.nightporter.protocol.packet.WireTypes.string;

import java.util.List;

/**
 * A command of the player, without its slash; since 1.19. From 1.20.5 on the command alone, and those with a
 * signed argument
 * are a {@link ChatCommandSigned}.
 *
 * @param timestamp milliseconds since 1970; until 1.20.4, as all that follows
 * @param signedPreview only until 1.19.2
 */
public record ChatCommand(
    String command,
    long timestamp,
    long salt,
    List<SignedArgument> arguments,
    boolean signedPreview,
    LastSeenMessages lastSeen
) implements Packet {
    /** A command whose arguments nobody signed, fit for every version. */
    public static ChatCommand unsigned(String command, long timestamp) {
        return new ChatCommand(command, timestamp, 0, List.of(), false, LastSeenMessages.NONE);
    }

    public static final PacketType<ChatCommand> TYPE = PacketType.serverbound("ChatCommand", ChatCommand.class, f ->
        new ChatCommand(
            f.field(ChatCommand::command, string(32_767)),
            f.field(ChatCommand::timestamp, LONG.upTo(765, 0L)),
            f.field(ChatCommand::salt, LONG.upTo(765, 0L)),
            f.field(ChatCommand::arguments, SignedArgument.LIST.upTo(765, List.of())),
            f.field(ChatCommand::signedPreview, BOOL.upTo(760, false)),
            f.field(ChatCommand::lastSeen, LastSeenMessages.WIRE_TYPE.upTo(765, LastSeenMessages.NONE))
        )
    );

    @Override
    public PacketType<ChatCommand> type() {
        return TYPE;
    }
}
