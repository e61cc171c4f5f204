package io.nightporter.proxy.waitingroom;

import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.ChatAck;
import io.nightporter.protocol.packet.ChatCommand;
import io.nightporter.protocol.packet.ChatCommandSigned;
import io.nightporter.protocol.packet.ChatMessage;
import io.nightporter.protocol.packet.ClientSettings;
import io.nightporter.protocol.packet.ConfigurationAck;
import io.nightporter.protocol.packet.FinishConfiguration;
import io.nightporter.protocol.packet.FinishConfigurationAck;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.KeepAlive;
import io.nightporter.protocol.packet.KnownPacks;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketType;
import io.nightporter.protocol.packet.PlayerPosition;
import io.nightporter.protocol.packet.PluginMessage;
import io.nightporter.protocol.packet.Position;
import io.nightporter.protocol.packet.PositionLook;
import io.nightporter.protocol.packet.ServerboundLegacyChat;
import io.nightporter.protocol.packet.StartConfiguration;
import io.nightporter.protocol.packet.TabComplete;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.auth.GameProfile;
import io.nightporter.proxy.player.Client;
import io.nightporter.proxy.player.Heartbeat;
import io.nightporter.proxy.relay.Traces;
import io.nightporter.proxy.text.Message;
import io.nightporter.proxy.wire.SelectivePhase;
import io.nightporter.proxy.wire.Wire;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One player's place in the waiting room. The client is led there from wherever it is, stands there for as long as it
 * takes, and is ready to be taken to a server again.
 */
public final class WaitingRoom extends SelectivePhase {

    /** Since 1.20.2 a client leaves the game for the state of configuration and comes back. */
    private static final int FIRST_WITH_CONFIGURATION = 764;
    private static final int FIRST_WITH_PACKS = 766;
    /** The client of 1.7 changes its state a moment after it has read that the login is over. */
    private static final int LAST_THAT_IS_SLOW = 5;
    private static final Duration SLOW = Duration.ofMillis(100);
    /** Clients introduce themselves right after their login. */
    private static final Duration INTRODUCTION = Duration.ofMillis(500);
    /** For each step that the client has to acknowledge: large mod packs reload for that long. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** A client that says nothing about packs has none. */
    private static final Duration PATIENCE_FOR_PACKS = Duration.ofSeconds(5);
    /** Blocks that a player may have moved before it is put back. */
    private static final double LEASH = 0.5;

    private static final Set<PacketType<?>> WANTED = Set.of(
        KeepAlive.TYPE,
        ClientSettings.TYPE,
        PluginMessage.TYPE,
        ConfigurationAck.TYPE,
        FinishConfigurationAck.TYPE,
        KnownPacks.TYPE,
        Position.TYPE,
        PositionLook.TYPE,
        ChatCommand.TYPE,
        ChatCommandSigned.TYPE,
        ChatMessage.TYPE,
        ChatAck.TYPE,
        ServerboundLegacyChat.TYPE,
        TabComplete.TYPE
    );

    /** What the client has to do next. */
    private enum Step {
        COME_IN,
        INTRODUCE_ITSELF,
        LEAVE_PLAY,
        SAY_WHICH_PACKS,
        FINISH_CONFIGURATION,
        WAIT_A_MOMENT,
        NOTHING,
    }

    /** Where a player is held. */
    private record Anchor(double x, double y, double z, float yaw, float pitch) {}

    private final GameProfile profile;
    private final Client client;
    private final Traces traces;
    private final Heartbeat heartbeat;
    private final Host host;
    private final Display display;
    private final VoidScenery scenery;
    private Form form = Form.WORLD;
    private Step step = Step.COME_IN;
    private int steps;
    private @Nullable Anchor anchor;
    private @Nullable Notice notice;

    /**
     * @param state of the packets that the client sends
     * @param language turns messages into the player's language
     */
    public WaitingRoom(
        Wire wire,
        State state,
        GameProfile profile,
        Client client,
        Traces traces,
        Heartbeat heartbeat,
        Function<Message, Text> language,
        Host host
    ) {
        super(wire, state, WANTED);
        this.profile = profile;
        this.client = client;
        this.traces = traces;
        this.heartbeat = heartbeat;
        this.host = host;
        this.display = new Display(wire, traces, language);
        this.scenery = VoidScenery.of(wire.version());
        client.unheard().forget();
    }

    public Form form() {
        return form;
    }

    /** Whether the player stands in the room, and can be taken elsewhere. */
    public boolean isSettled() {
        return step == Step.NOTHING;
    }

    private int protocol() {
        return wire.version().number();
    }

    // The ways in.

    /** A client that has just logged in, and since 1.20.2 acknowledged that. */
    public void enterFromLogin() {
        wire.phase(this);
        if (protocol() >= FIRST_WITH_CONFIGURATION) {
            await(Step.INTRODUCE_ITSELF, INTRODUCTION, this::introduced);
            wire.offerPending();
        } else if (protocol() <= LAST_THAT_IS_SLOW) {
            await(Step.WAIT_A_MOMENT, SLOW, this::enterVoid);
        } else {
            enterVoid();
        }
        wire.flush();
    }

    /** A client in play that keeps the world which it sees. */
    public void freeze() {
        wire.phase(this);
        form = Form.FREEZE;
        traces.closeBundle(wire);
        settle();
        wire.flush();
    }

    /** A client in play that has lost its world, or never had one, or one that was in the middle of configuration. */
    public void enterWorld() {
        wire.phase(this);
        boolean inGame = wire.sendState() == State.PLAY && state() == State.PLAY;
        if (protocol() < FIRST_WITH_CONFIGURATION || (inGame && traces.inWorld() && traces.chatSessionIsDue(wire))) {
            enterVoid();
        } else if (wire.sendState() == State.PLAY) {
            if (state() == State.PLAY) {
                traces.clear(wire);
                traces.leftPlay();
                traces.configuration().passBegins();
                wire.send(new StartConfiguration());
                wire.sendState(State.CONFIGURATION);
                await(Step.LEAVE_PLAY, PATIENCE, host::stuck);
            } else {
                // The server had finished, and the client is about to agree.
                await(Step.FINISH_CONFIGURATION, PATIENCE, host::stuck);
            }
        } else if (state() == State.PLAY) {
            await(Step.LEAVE_PLAY, PATIENCE, host::stuck);
        } else {
            configure();
        }
        wire.offerPending();
        wire.flush();
    }

    // The steps.

    private void await(Step next, Duration patience, Runnable otherwise) {
        step = next;
        int mine = ++steps;
        wire.channel()
            .eventLoop()
            .schedule(
                () -> {
                    if (steps == mine && step == next && wire.isIn(this)) {
                        otherwise.run();
                    }
                },
                patience.toMillis(),
                TimeUnit.MILLISECONDS
            );
    }

    private void introduced() {
        if (client.negotiatesContent()) {
            form = Form.CONFIGURATION;
            settle();
        } else {
            configure();
        }
        wire.flush();
    }

    private void configure() {
        if (protocol() >= FIRST_WITH_PACKS && traces.configuration().held().registries().isEmpty()) {
            wire.send(scenery.offer());
            await(Step.SAY_WHICH_PACKS, PATIENCE_FOR_PACKS, () -> tellRegistries(false));
        } else {
            tellRegistries(scenery.isKnownTo(client));
        }
    }

    private void tellRegistries(boolean known) {
        scenery.tell(wire, known, traces.configuration());
        traces.configuration().passEnds();
        wire.send(new FinishConfiguration());
        wire.sendState(State.PLAY);
        await(Step.FINISH_CONFIGURATION, PATIENCE, host::stuck);
        wire.flush();
    }

    private void enterVoid() {
        JoinGame game = scenery.world().joinGame(wire.encrypted(), traces.configuration().dimensionTypes());
        if (traces.inWorld()) {
            traces.clear(wire);
            game.afterAnother(protocol()).forEach(wire::send);
        } else {
            wire.send(game);
        }
        traces.joined();
        scenery.furnish(wire, profile, traces);
        host.commands().ifPresent(wire::send);
        traces.put();
        form = Form.WORLD;
        anchor = null;
        settle();
        wire.flush();
    }

    private void settle() {
        step = Step.NOTHING;
        heartbeat.beatNow();
        // Before 1.20.2 clients tell their language in a moment, and the notice is shown then; or once a second.
        if (notice != null && client.locale() != null) {
            show(notice);
        }
        host.settled();
    }

    // The stay.

    /** Shows this from now on. */
    public void show(Notice next) {
        notice = next;
        if (step == Step.NOTHING && form != Form.CONFIGURATION) {
            display.show(next);
            wire.flush();
        }
    }

    /** Once a second: keeps the client's connection alive. */
    public void secondPassed(long now) {
        if (heartbeat.beatIfDue(now)) {
            wire.flush();
        }
    }

    /** The player goes on to a server, or the server speaks again: what the room has put up is taken down. */
    public void leave() {
        steps++;
        if (wire.sendState() == State.PLAY) {
            display.clear();
        }
    }

    @Override
    protected boolean allows(int packets, int bytes) {
        return host.allows(packets, bytes);
    }

    @Override
    protected void packet(Packet packet) {
        switch (packet) {
            case KeepAlive answer -> {
                if (!heartbeat.answered(answer.id())) {
                    host.answered(answer.id());
                }
            }
            case ClientSettings settings -> heard(settings);
            case PluginMessage message -> client.heard(message);
            case ConfigurationAck _ when step == Step.LEAVE_PLAY -> {
                state(State.CONFIGURATION);
                configure();
            }
            case KnownPacks known when step == Step.SAY_WHICH_PACKS -> {
                client.has(known);
                tellRegistries(scenery.isKnownTo(client));
            }
            case FinishConfigurationAck _ when step == Step.FINISH_CONFIGURATION -> {
                state(State.PLAY);
                enterVoid();
            }
            case Position at -> hold(at.x(), at.y(), at.z(), null);
            case PositionLook at -> hold(at.x(), at.y(), at.z(), at);
            case ChatMessage _, ChatAck _, ChatCommandSigned _ -> host.said(packet);
            case ChatCommand _, ServerboundLegacyChat _ -> {
                if (step == Step.NOTHING) {
                    host.said(packet);
                }
            }
            case TabComplete request -> host.completes(request);
            default -> {
                // at another step than the one that it belongs to
            }
        }
    }

    @Override
    protected void heard() {
        wire.flush();
    }

    private void heard(ClientSettings settings) {
        String before = client.locale();
        client.heard(settings);
        if (!settings.locale().equals(before)) {
            display.languageChanged();
            if (notice != null) {
                show(notice);
            }
        }
        if (step == Step.INTRODUCE_ITSELF) {
            introduced();
        }
    }

    private void hold(double x, double y, double z, @Nullable PositionLook look) {
        if (step != Step.NOTHING) {
            return;
        }
        Anchor held = anchor;
        if (held == null) {
            anchor = new Anchor(x, y, z, look == null ? 0 : look.yaw(), look == null ? 0 : look.pitch());
            return;
        }
        double away = Math.abs(x - held.x) + Math.abs(y - held.y) + Math.abs(z - held.z);
        if (away > LEASH) {
            float yaw = look == null ? held.yaw : look.yaw();
            float pitch = look == null ? held.pitch : look.pitch();
            double feet = protocol() <= LAST_THAT_IS_SLOW ? held.y + EYES : held.y;
            wire.send(PlayerPosition.at(held.x, feet, held.z, yaw, pitch, host.nextTeleport()));
        }
    }

    /** In 1.7 the server places the eyes, and the client tells the feet. */
    private static final double EYES = 1.62;

    @Override
    public void silent(Wire silent) {
        host.silent();
    }

    @Override
    public void refused(Wire refused, BadPacketException reason) {
        host.refused(reason);
    }

    @Override
    public void closed() {
        host.gone();
    }
}
