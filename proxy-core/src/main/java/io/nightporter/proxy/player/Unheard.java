package io.nightporter.proxy.player;

import io.nightporter.protocol.packet.ChatMessage;
import io.nightporter.protocol.packet.LastSeenMessages;
import io.nightporter.proxy.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a player wrote in the chat on the way between two worlds: the server that they come to hears it. */
public final class Unheard {

    /** Servers throw out whoever says ten lines at once. */
    private static final int MOST = 8;

    private final List<ChatMessage> lines = new ArrayList<>(0);

    /** A line that no server gets for now. */
    public void add(ChatMessage line) {
        if (lines.size() < MOST) {
            lines.add(line);
        }
    }

    /** Nobody is there to hear it. */
    public void forget() {
        lines.clear();
    }

    /**
     * Says everything, without flushing. What the lines told of messages seen was about the old world.
     *
     * @param signed whether the server wants signatures: then what was signed for the old world is dropped
     */
    public void tell(Wire server, boolean signed) {
        for (ChatMessage line : lines) {
            if (!signed || line.signature().isEmpty()) {
                server.send(
                    new ChatMessage(
                        line.message(),
                        System.currentTimeMillis(),
                        0,
                        Optional.empty(),
                        false,
                        LastSeenMessages.NONE
                    )
                );
            }
        }
        lines.clear();
    }
}
