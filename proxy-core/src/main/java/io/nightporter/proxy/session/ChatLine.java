package io.nightporter.proxy.session;

import io.nightporter.protocol.packet.ClientboundLegacyChat;
import io.nightporter.protocol.packet.SystemChat;
import io.nightporter.protocol.text.Text;
import io.nightporter.proxy.wire.Wire;

/** A line in a player's chat that the proxy writes. */
final class ChatLine {

    private static final int FIRST_WITH_SYSTEM_CHAT = 759;

    private ChatLine() {}

    static void send(Wire wire, Text text) {
        wire.send(
            wire.version().number() >= FIRST_WITH_SYSTEM_CHAT
                ? new SystemChat(text, false)
                : new ClientboundLegacyChat(text, ClientboundLegacyChat.SYSTEM, ClientboundLegacyChat.NOBODY)
        );
        wire.flush();
    }
}
