package io.nightporter.proxy.login;

import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.CookieResponse;
import io.nightporter.protocol.packet.LoginAcknowledged;
import io.nightporter.protocol.packet.LoginPluginResponse;
import io.nightporter.protocol.packet.LoginStart;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.auth.GameProfile;
import io.nightporter.proxy.backend.Approach;
import io.nightporter.proxy.backend.Backend;
import io.nightporter.proxy.backend.Parked;
import io.nightporter.proxy.config.ForwardingSettings.Mode;
import io.nightporter.proxy.config.KickRules;
import io.nightporter.proxy.config.ProxySettings;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.fleet.Doorman;
import io.nightporter.proxy.forwarding.ModernForwarding;
import io.nightporter.proxy.player.Player;
import io.nightporter.proxy.session.Papers;
import io.nightporter.proxy.session.Session;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.text.Quote;
import io.nightporter.proxy.text.Words;
import io.nightporter.proxy.waitingroom.Preparation;
import io.nightporter.proxy.waitingroom.Reason;
import io.nightporter.proxy.wire.PacketPhase;
import io.nightporter.proxy.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings a player whose identity is settled to a server, or into the waiting room. The client stays in login until the
 * server has let the player in: so the proxy can adopt the server's compression threshold, and mods can talk to their
 * clients. A server that is not there, or takes its time, ends that: the client waits in the game.
 */
final class JoinPhase extends PacketPhase implements Approach.Listener {

    /** Answers of mods to login plugin messages may have a mebibyte. */
    private static final int MAX_FRAME = (1 << 20) + 1024;
    /** Nothing else that a client may say here is longer. */
    private static final int MAX_UNASKED_FRAME = 1024;
    private static final int MOST_QUESTIONS = 64;
    /** Since 1.20.2 the client acknowledges and configuration follows. */
    static final int FIRST_WITH_CONFIGURATION = 764;
    /** A server that has let nobody in by then is waited for in the game, where there is something to see. */
    private static final Duration PATIENCE = Duration.ofMillis(600);
    /** Most servers are faster. */
    private static final Duration SLOW = Duration.ofMillis(200);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);

    private Visitor visitor;
    private final Doors otherLobbies;
    private final GameProfile profile;
    private final LoginStart.@Nullable ProfileKey key;
    private final Admission admission;
    private @Nullable Approach approach;
    private @Nullable Backend backend;
    private @Nullable Player player;
    private Reason reason = Reason.STARTING;
    /** What the server said after the client's login had been taken to its end without it. */
    private Approach.@Nullable Rejection late;
    /** What the server asked of the client, and the client has not answered yet. */
    private int questions;
    private boolean awaitingAcknowledgement;
    private boolean over;

    JoinPhase(Visitor visitor, GameProfile profile, LoginStart.@Nullable ProfileKey key) {
        super(visitor.wire(), State.LOGIN, MAX_FRAME);
        this.visitor = visitor;
        this.profile = profile;
        this.key = key;
        this.admission = new Admission(visitor, profile);
        this.otherLobbies = new Doors(visitor);
    }

    void begin() {
        String server = visitor.server().name();
        if (visitor.context().isStopping()) {
            end("stopping", Messages.proxyStopping());
        } else if (!admission.makePlace()) {
            end("already_online", Messages.alreadyOnline());
        } else if (
            visitor.server().forwarding().mode() == Mode.MODERN && !ModernForwarding.supported(wire.version().number())
        ) {
            end("forwarding_version", Messages.forwardingNeedsNewerClient(server));
        } else if (!visitor.context().addresses().takes(visitor.server(), wire.version().number())) {
            end(
                "wrong_version",
                Messages.wrongVersion(server, visitor.generation().versions().describe(visitor.server().versions()))
            );
        } else {
            knock();
            if (!waitsInLogin()) {
                after(SLOW, this::slow);
            }
        }
    }

    /** A server that sleeps is woken, if this player may wake it. */
    private void knock() {
        if (!visitor.server().managed()) {
            approach();
            return;
        }
        Visitor asking = visitor;
        visitor
            .context()
            .doorman()
            .ask(visitor.server(), profile, visitor.from(), settings().wakeQuota())
            .thenAcceptAsync(answer -> {
                if (!over && player == null && visitor.equals(asking)) {
                    answered(answer);
                }
            }, wire.channel().eventLoop());
    }

    private void answered(Doorman.Answer answer) {
        switch (answer) {
            case Doorman.Come _ -> approach();
            // The other lobbies sleep as well, or this one would not be the first.
            case Doorman.Wait _ -> waitHere(Reason.STARTING);
            case Doorman.NotAllowed(var words) -> tryElsewhere("wake_not_allowed", words);
            case Doorman.Sorry(String label, var words) -> tryElsewhere(label, words);
        }
    }

    private void tryElsewhere(String label, Words words) {
        if (!triesAnotherLobby()) {
            end(label, words);
        }
    }

    private void approach() {
        var next = new Approach(
            papers().errand(visitor.server(), wire),
            visitor.context().addresses(),
            visitor.context().metrics(),
            settings().timeouts().read(),
            this
        );
        approach = next;
        List<ServerAddress> candidates = visitor
            .context()
            .addresses()
            .candidates(visitor.server(), wire.version().number());
        if (candidates.isEmpty()) {
            // It has gone to sleep in this very moment.
            waitHere(Reason.STARTING);
            return;
        }
        next.begin(visitor.generation().dialer(), wire.channel().eventLoop(), candidates);
        if (!waitsInLogin()) {
            after(PATIENCE, () -> tooSlow(next));
        }
    }

    /** Instead of waiting for a lobby: another one may be there. */
    private boolean triesAnotherLobby() {
        ServerSettings next = questions > 0 ? null : otherLobbies.next();
        if (next == null) {
            return false;
        }
        visitor = visitor.at(next);
        knock();
        return true;
    }

    private Papers papers() {
        return new Papers(
            profile,
            key,
            visitor.from(),
            visitor.host(),
            visitor.port(),
            visitor.network() == null ? null : visitor.network().name()
        );
    }

    private ProxySettings settings() {
        return visitor.generation().configuration().proxy();
    }

    /** Mods of before 1.20.2 agree with their server in login: where there is no server yet, there is nothing after it. */
    private boolean waitsInLogin() {
        return !visitor.host().marker().isEmpty() && wire.version().number() < FIRST_WITH_CONFIGURATION;
    }

    private void after(Duration time, Runnable task) {
        wire.channel().eventLoop().schedule(task, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void slow() {
        if (!over && player == null) {
            Preparation.begin(wire.version(), settings().compressionThreshold());
        }
    }

    /** The client goes on without the server; the server may go on with its login, for a player who waits. */
    private void tooSlow(Approach slow) {
        if (over || player != null || questions > 0 || !slow.equals(approach)) {
            return;
        }
        if (slow.reached() && otherLobbies.isEmpty()) {
            waitInGame(Reason.STARTING);
        } else {
            slow.abandon();
            waitBecause(slow.reached() ? Reason.STARTING : Reason.DOWN);
        }
    }

    @Override
    public void forClient(Packet packet) {
        if (over) {
            return;
        }
        if (player != null && approach != null) {
            approach.answerForClient(packet);
            return;
        }
        if (++questions > MOST_QUESTIONS) {
            throw new BadPacketException(
                "too_many_questions",
                questions + " questions to the client without an answer"
            );
        }
        wire.send(packet);
        wire.flush();
    }

    @Override
    public void turnedAway(Approach.Rejection rejection) {
        if (over) {
            return;
        }
        if (player != null) {
            late = rejection;
            return;
        }
        if (rejection.spoken() && rejection.words() instanceof Quote(Text goodbye)) {
            KickRules.Verdict verdict = visitor.server().kicks().verdict(goodbye);
            if (verdict.waits()) {
                waitBecause(Reason.of(verdict));
            } else {
                end("server_kicked", rejection.words());
            }
        } else if (rejection.mayPass()) {
            waitBecause(rejection.reached() ? Reason.STARTING : Reason.DOWN);
        } else {
            end("server_" + rejection.label(), rejection.words());
        }
    }

    private void waitBecause(Reason why) {
        if (!triesAnotherLobby()) {
            waitHere(why);
        }
    }

    private void waitHere(Reason why) {
        if (!waitsInLogin()) {
            waitInGame(why);
            return;
        }
        questions = 0;
        Duration hold = visitor.generation().configuration().waitingRoom().loginHold();
        if (visitor.waited().plus(BETWEEN_ATTEMPTS).compareTo(hold) > 0) {
            end("server_" + why.label(), visitor.context().watches().of(visitor.server().name()).comeBack());
            return;
        }
        after(BETWEEN_ATTEMPTS, () -> {
            if (!over) {
                knock();
            }
        });
    }

    /** The client goes on into the game, where it waits. */
    private void waitInGame(Reason why) {
        reason = why;
        admit(settings().compressionThreshold());
    }

    @Override
    public void letIn(Backend taken) {
        if (over) {
            taken.wire().close();
            return;
        }
        backend = taken;
        // What the server sends from here on waits until the client is ready for it.
        taken.wire().phase(new Parked(() -> backend = null));
        if (player != null) {
            // Just in time: the client has not acknowledged yet.
            return;
        }
        // With equal thresholds frames pass as they are; where the server does not compress, the proxy may.
        int threshold = taken.wire().threshold();
        admit(threshold < 0 ? settings().compressionThreshold() : threshold);
    }

    /** Takes the player in, and the client's login to its end. */
    private void admit(int threshold) {
        player = admission.admit(visitor.server().name(), threshold);
        if (player == null) {
            end("already_online", Messages.alreadyOnline());
        } else if (visitor.context().isStopping()) {
            end("stopping", Messages.proxyStopping());
        } else {
            succeed();
        }
    }

    private void succeed() {
        if (wire.version().number() >= FIRST_WITH_CONFIGURATION) {
            awaitingAcknowledgement = true;
            wire.flush();
        } else {
            goOn();
        }
    }

    @Override
    protected void packet(Packet packet) {
        switch (packet) {
            case LoginAcknowledged _ when awaitingAcknowledgement -> {
                awaitingAcknowledgement = false;
                if (backend != null) {
                    backend.wire().send(packet);
                }
                goOn();
            }
            case LoginPluginResponse _, CookieResponse _ when questions > 0 && approach != null -> {
                questions--;
                approach.answerOfClient(packet);
            }
            default -> throw unexpected(packet);
        }
    }

    /** The login is over, and the session takes over. */
    private void goOn() {
        Player joined = player;
        if (joined == null) {
            return;
        }
        over = true;
        wire.keepAlive();
        visitor.arrival().over();
        wire.watchSilence(settings().timeouts().read());
        visitor.context().metrics().loginTook(visitor.waited());
        var session = new Session(visitor.context(), papers(), joined);
        if (backend != null) {
            session.begin(backend, wire.sendState());
        } else {
            session.beginWaiting(visitor.server(), reason, approach, late);
        }
    }

    @Override
    protected int maxFrame() {
        return questions > 0 ? super.maxFrame() : MAX_UNASKED_FRAME;
    }

    @Override
    public void writabilityChanged(boolean writable) {
        if (approach != null && player == null) {
            approach.clientHasRoom(writable);
        }
    }

    /** The login has taken too long: the client's doing while it owes an answer, the server's otherwise. */
    void deadline() {
        if (player != null || questions > 0) {
            end("login_timeout", Messages.loginTookTooLong());
            return;
        }
        if (!over && approach != null) {
            approach.abandonAsTooSlow();
        }
        end("server_timed_out", Messages.timedOut(visitor.server().name()));
    }

    private void end(String label, Words message) {
        if (!over) {
            over = true;
            visitor.turnAway(label, message);
            letGo();
        }
    }

    /** Of whatever server there is. */
    private void letGo() {
        if (approach != null) {
            approach.abandon();
        }
        if (backend != null) {
            backend.wire().close();
        }
    }

    @Override
    public void silent(Wire silent) {
        // The login's own deadline decides.
    }

    @Override
    public void refused(Wire refused, BadPacketException reason) {
        over = true;
        visitor.refused(reason);
    }

    @Override
    public void closed() {
        boolean turnedAway = over;
        over = true;
        letGo();
        if (player != null) {
            visitor.context().players().remove(player);
        }
        if (!turnedAway) {
            visitor.left();
        }
    }
}
