package io.nightporter.proxy.player;

import io.nightporter.protocol.packet.Disconnect;
import io.nightporter.protocol.packet.LoginDisconnect;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.proxy.auth.GameProfile;
import io.nightporter.proxy.wire.Wire;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Somebody who has proved who they are, or whom offline mode believes. */
public final class Player {

    private final GameProfile profile;
    private final Wire wire;
    private final InetSocketAddress from;
    private final Instant since = Instant.now();
    private volatile Attachment attachment;
    private volatile @Nullable String destination;
    private volatile @Nullable Attendant attendant;

    /**
     * @param from where the player comes from, behind whatever balancer there may be
     */
    public Player(GameProfile profile, Wire wire, InetSocketAddress from, Attachment attachment) {
        this.profile = profile;
        this.wire = wire;
        this.from = from;
        this.attachment = attachment;
    }

    public GameProfile profile() {
        return profile;
    }

    public Wire wire() {
        return wire;
    }

    public InetSocketAddress from() {
        return from;
    }

    public ProtocolVersion version() {
        return wire.version();
    }

    /** When the player came. */
    public Instant since() {
        return since;
    }

    /** Who looks after the player; null: nobody yet, the player is still logging in. */
    public @Nullable Attendant attendant() {
        return attendant;
    }

    /** From now on the player is in the game. */
    public void attendedBy(Attendant session) {
        attendant = session;
    }

    /** Where the player is now; from any thread. */
    public Attachment attachment() {
        return attachment;
    }

    /** The player is somewhere else now. */
    public void attachment(Attachment next) {
        attachment = next;
    }

    /** The server where the player will be taken when it is there, and plays elsewhere until then; null: none. */
    public @Nullable String destination() {
        return destination;
    }

    /** @param server by its name; null: none any more */
    public void destination(@Nullable String server) {
        destination = server;
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
