package io.nightporter.proxy.login;

import io.nightporter.protocol.packet.LoginSuccess;
import io.nightporter.protocol.packet.SetCompression;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.auth.GameProfile;
import io.nightporter.proxy.config.ProxySettings.DuplicateLogin;
import io.nightporter.proxy.player.Attachment;
import io.nightporter.proxy.player.Player;
import io.nightporter.proxy.player.Players;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.wire.Wire;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who may come in, with one place for each id, and the words with which a client's login succeeds. */
final class Admission {

    /** Clients before 1.8 know no compression. */
    private static final int FIRST_WITH_COMPRESSION = 47;

    private final Visitor visitor;
    private final GameProfile profile;

    Admission(Visitor visitor, GameProfile profile) {
        this.visitor = visitor;
        this.profile = profile;
    }

    /** Makes place: whether this player may come in, for whom who is here already goes, or not. */
    boolean makePlace() {
        Player present = players().find(profile.id());
        if (present == null) {
            return true;
        }
        if (refusesDuplicates()) {
            return false;
        }
        present.disconnect(visitor.text(Messages.loggedInElsewhere()));
        return true;
    }

    /**
     * Takes the player in, and tells the client; writes, does not flush.
     *
     * @param server where the player comes in, by its name
     * @param threshold of compression from here on, in bytes; negative: none
     * @return null if the place has been taken by somebody else
     */
    @Nullable
    Player admit(String server, int threshold) {
        Wire wire = visitor.wire();
        var newcomer = new Player(profile, wire, visitor.from(), new Attachment.Waiting(server));
        if (!takePlace(newcomer)) {
            return null;
        }
        if (threshold >= 0 && wire.version().number() >= FIRST_WITH_COMPRESSION) {
            wire.send(new SetCompression(threshold));
            wire.threshold(threshold);
        }
        wire.send(new LoginSuccess(profile.id(), profile.name(), profile.properties(), false, UUID.randomUUID()));
        wire.sendState(
            wire.version().number() >= JoinPhase.FIRST_WITH_CONFIGURATION ? State.CONFIGURATION : State.PLAY
        );
        return newcomer;
    }

    /** Between the first look and now somebody else may have come with the same id. */
    private boolean takePlace(Player newcomer) {
        if (refusesDuplicates()) {
            return players().addIfAbsent(newcomer);
        }
        Player before = players().add(newcomer);
        if (before != null) {
            before.disconnect(visitor.text(Messages.loggedInElsewhere()));
        }
        return true;
    }

    private Players players() {
        return visitor.context().players();
    }

    private boolean refusesDuplicates() {
        return visitor.generation().configuration().proxy().duplicateLogin() == DuplicateLogin.REFUSE;
    }
}
