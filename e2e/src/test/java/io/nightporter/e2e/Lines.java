package io.nightporter.e2e;

import io.nightporter.e2e.wire.Link;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.protocol.packet.ChatCommand;
import io.nightporter.protocol.packet.ClientboundLegacyChat;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.ServerboundLegacyChat;
import io.nightporter.protocol.packet.SystemChat;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.State;
import java.io.IOException;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;

/** What players of all versions type, and what is said to them. */
final class Lines {

    private static final int FIRST_WITH_COMMANDS = 759;

    private Lines() {}

    /** @param words without the slash */
    static Packet command(int protocol, String words) {
        return protocol < FIRST_WITH_COMMANDS
            ? new ServerboundLegacyChat("/" + words)
            : ChatCommand.unsigned(words, System.currentTimeMillis());
    }

    static void command(WirePlayer player, String words) throws IOException {
        player.link().send(State.PLAY, command(player.link().version().number(), words));
    }

    /** Whether a packet is a line in the chat with these words. */
    static boolean says(Link.Received packet, String words) {
        return switch (packet.packet()) {
            case SystemChat line -> plain(line.content()).contains(words);
            case ClientboundLegacyChat line -> plain(line.message()).contains(words);
            case null, default -> false;
        };
    }

    static void awaitLine(WirePlayer player, String words) {
        player.awaitReceived("a line with: " + words, packet -> says(packet, words));
    }

    /** Waits until the player has entered so many worlds. */
    static void awaitWorlds(WirePlayer player, int count) {
        player.awaitReceived("world " + count, _ -> player.count(JoinGame.class) >= count);
    }

    private static String plain(Text text) {
        return PlainTextComponentSerializer.plainText().serialize(text.component());
    }
}
