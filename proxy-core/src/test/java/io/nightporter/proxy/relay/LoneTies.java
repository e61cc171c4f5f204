package io.nightporter.proxy.relay;

import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.DeclareCommands;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.TabComplete;
import io.nightporter.protocol.text.Text;
import io.nightporter.proxy.limits.Ration;
import io.nightporter.proxy.player.Player;
import io.nightporter.proxy.text.Message;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.text.Phrasebook;
import org.jspecify.annotations.Nullable;

/** A house with one server and without a waiting room: a player whose server is gone is told goodbye. */
public class LoneTies implements Ties {

    private static final Phrasebook PHRASES = Phrasebook.builtIn();

    private final Player player;
    private final Ration ration;
    private boolean left;
    private boolean keeping;
    private @Nullable String gone;

    public LoneTies(Player player, Ration ration) {
        this.player = player;
        this.ration = ration;
    }

    /** Whether the relay has said that the player is gone. */
    boolean left() {
        return left;
    }

    @Override
    public boolean allows(int packets, int bytes) {
        if (ration.allows(packets, bytes)) {
            return true;
        }
        dismiss(Messages.tooManyPackets());
        return false;
    }

    /** From now on players stay when their server goes. */
    void keepPlayers() {
        keeping = true;
    }

    /** How the server went, if it did and the player stayed. */
    @Nullable
    String lostServer() {
        return gone;
    }

    @Override
    public boolean keeps(Text goodbye) {
        return keeping && goodbye.words().contains("restart");
    }

    @Override
    public void serverGone(String how) {
        if (keeping) {
            gone = how;
        } else {
            dismiss(Messages.serverClosed("survival"));
        }
    }

    @Override
    public void serverSpeaks() {
        throw new AssertionError("nobody has said that the server stalled");
    }

    @Override
    public void refused(BadPacketException reason) {
        dismiss(Messages.garbled());
    }

    @Override
    public void silent() {
        player.wire().close();
    }

    @Override
    public void stuck() {
        throw new AssertionError("the player goes nowhere");
    }

    @Override
    public void gone() {
        left = true;
    }

    @Override
    public void joined() {
        // as expected
    }

    private void dismiss(Message words) {
        Player.say(player.wire(), PHRASES.text(words, null));
    }

    @Override
    public boolean command(Packet packet) {
        return false;
    }

    @Override
    public boolean complete(TabComplete request) {
        return false;
    }

    @Override
    public DeclareCommands withOwnCommands(DeclareCommands commands) {
        return commands;
    }

    @Override
    public boolean hasCommands() {
        return false;
    }

    @Override
    public boolean isOwnTeleport(int id) {
        return false;
    }
}
