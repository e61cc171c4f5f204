package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.LONG;
import static io.nightporter.protocol.packet.WireTypes.string;

import java.util.List;

/**
 * A command of the player with a signed argument, without its slash; since 1.20.5, before see {@link ChatCommand}.
 *
 * @param timestamp milliseconds since 1970
 */
public record ChatCommandSigned(
    String command,
    long timestamp,
    long salt,
    List<SignedArgument> arguments,
    LastSeenMessages lastSeen
) implements Packet {
    public static final PacketType<ChatCommandSigned> TYPE = PacketType.serverbound(
        "ChatCommandSigned",
        ChatCommandSigned.class,
        f ->
            new ChatCommandSigned(
                f.field(ChatCommandSigned::command, string(32_767)),
                f.field(ChatCommandSigned::timestamp, LONG),
                f.field(ChatCommandSigned::salt, LONG),
                f.field(ChatCommandSigned::arguments, SignedArgument.LIST),
                f.field(ChatCommandSigned::lastSeen, LastSeenMessages.WIRE_TYPE)
            )
    );

    @Override
    public PacketType<ChatCommandSigned> type() {
        return TYPE;
    }
}
