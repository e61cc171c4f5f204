package io.nightporter.proxy.player;

import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.protocol.packet.Disconnect;
import io.nightporter.protocol.packet.LoginDisconnect;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.auth.GameProfile;
import io.nightporter.proxy.wire.Wire;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has proved who they are, or whom offline mode believes.
 *
 * @param server the name of the server the player is on
 * @param address where the server's instance listens
 */
public record Player(GameProfile profile, Wire wire, InetSocketAddress from, String server, ServerAddress address) {
    public ProtocolVersion version() {
        return wire.version();
    }

    /** Tells the player why and hangs up; from any thread. */
    public void disconnect(Text reason) {
        wire.channel()
            .eventLoop()
            .execute(() -> say(wire, reason));
    }

    /** Ends a player's connection with a reason that the client can show in its present state; on the event loop. */
    public static void say(Wire wire, Text reason) {
        switch (wire.sendState()) {
            case LOGIN -> wire.closeAfter(new LoginDisconnect(reason));
            case CONFIGURATION, PLAY -> wire.closeAfter(new Disconnect(reason));
            case HANDSHAKE, STATUS -> wire.close();
        }
    }
}
