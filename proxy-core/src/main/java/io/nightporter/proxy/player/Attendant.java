package io.nightporter.proxy.player;

import io.nightporter.protocol.text.Text;
import io.nightporter.proxy.config.ServerSettings;
import java.util.Optional;

/** Who looks after a player in the game. To be asked on the player's event loop. */
public interface Attendant {
    /** Writes a line into the player's chat; false: the player has no chat at this moment. */
    boolean say(Text line);

    /** Takes the player to another server; otherwise says why not, in a sentence for an admin. */
    Optional<String> send(ServerSettings target);
}
