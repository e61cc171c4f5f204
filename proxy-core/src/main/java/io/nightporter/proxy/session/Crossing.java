package io.nightporter.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.ChatMessage;
import io.nightporter.protocol.packet.ClientSettings;
import io.nightporter.protocol.packet.ConfigurationAck;
import io.nightporter.protocol.packet.FinishConfiguration;
import io.nightporter.protocol.packet.FinishConfigurationAck;
import io.nightporter.protocol.packet.KeepAlive;
import io.nightporter.protocol.packet.KnownPacks;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.PacketType;
import io.nightporter.protocol.packet.PluginMessage;
import io.nightporter.protocol.packet.ResourcePackPush;
import io.nightporter.protocol.packet.StartConfiguration;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.backend.Probation;
import io.nightporter.proxy.player.Client;
import io.nightporter.proxy.player.Conduct;
import io.nightporter.proxy.player.Heartbeat;
import io.nightporter.proxy.relay.Traces;
import io.nightporter.proxy.wire.SelectivePhase;
import io.nightporter.proxy.wire.Wire;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The client between two worlds, since 1.20.2: it leaves the game, is told what the new server has told already, and
 * comes back into the game on that server, or goes on talking with it.
 */
final class Crossing extends SelectivePhase {

    private static final Duration SESSION_LOOKS = Duration.ofMillis(50);
    /** Clients with large resource packs take their time. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Set<PacketType<?>> WANTED = Set.of(
        ConfigurationAck.TYPE,
        FinishConfigurationAck.TYPE,
        KnownPacks.TYPE,
        KeepAlive.TYPE,
        ClientSettings.TYPE,
        PluginMessage.TYPE,
        ChatMessage.TYPE
    );

    /** Who takes the player over. */
    interface Guide extends Conduct {
        /** The client is in the state in which the server goes on with it. */
        void across(Arrival arrival, State state, boolean packsAreSettled);
    }

    private final Arrival arrival;
    private final Probation.Configuration configuration;
    private final Client client;
    private final Traces traces;
    private final Heartbeat heartbeat;
    private final Guide guide;
    private boolean settlesPacks;
    private boolean begun;

    Crossing(
        Wire wire,
        Arrival arrival,
        Probation.Configuration configuration,
        Client client,
        Traces traces,
        Heartbeat heartbeat,
        Guide guide
    ) {
        super(wire, State.PLAY, WANTED);
        this.arrival = arrival;
        this.configuration = configuration;
        this.client = client;
        this.traces = traces;
        this.heartbeat = heartbeat;
        this.guide = guide;
    }

    static Duration untilNextLook() {
        return SESSION_LOOKS;
    }

    /** Leads the client out of the game. */
    void begin() {
        begun = true;
        wire.phase(this);
        traces.clear(wire);
        traces.leavePacks();
        traces.leftPlay();
        traces.configuration().passBegins();
        wire.send(new StartConfiguration());
        wire.sendState(State.CONFIGURATION);
        wire.flush();
        heartbeat.notNow();
        wire.channel()
            .eventLoop()
            .schedule(
                () -> {
                    if (wire.isIn(this)) {
                        guide.stuck();
                    }
                },
                PATIENCE.toMillis(),
                TimeUnit.MILLISECONDS
            );
    }

    boolean isBegun() {
        return begun;
    }

    Arrival arrival() {
        return arrival;
    }

    /** The state of the packets that the client sends. */
    State serverbound() {
        return state();
    }

    void secondPassed(long now) {
        if (heartbeat.beatIfDue(now)) {
            wire.flush();
        }
    }

    private void replay() {
        state(State.CONFIGURATION);
        for (Probation.Taken packet : configuration.packets()) {
            settlesPacks |= packet.name().equals(KnownPacks.TYPE.name());
            tell(wire, traces, packet, State.CONFIGURATION);
            traces.configuration().told(wire.version(), packet.name(), packet.body().toBuffer());
        }
        if (configuration.finished()) {
            traces.configuration().passEnds();
            wire.send(new FinishConfiguration());
            wire.sendState(State.PLAY);
        } else {
            guide.across(arrival, State.CONFIGURATION, settlesPacks);
        }
        wire.flush();
    }

    /**
     * Sends a packet that was taken in, under the number that it has in this state, if it has one there. A pack was only
     * taken in because the client has it.
     */
    static void tell(Wire wire, Traces traces, Probation.Taken packet, State state) {
        if (packet.name().equals(ResourcePackPush.TYPE.name())) {
            traces.keeps(PacketCodec.decode(wire.version(), ResourcePackPush.TYPE, packet.body().toBuffer()));
            return;
        }
        int id = wire.version().id(state, Direction.CLIENTBOUND, packet.name());
        if (id < 0) {
            return;
        }
        ByteBuf payload = Unpooled.buffer(packet.body().size() + 2);
        VarInts.write(payload, id);
        payload.writeBytes(packet.body().toBuffer());
        wire.sendPayload(payload);
    }

    @Override
    protected boolean allows(int packets, int bytes) {
        return guide.allows(packets, bytes);
    }

    @Override
    protected void packet(Packet packet) {
        switch (packet) {
            case ConfigurationAck _ when state() == State.PLAY && wire.sendState() == State.CONFIGURATION -> replay();
            case FinishConfigurationAck _ when wire.sendState() == State.PLAY && state() == State.CONFIGURATION -> {
                state(State.PLAY);
                arrival.backend().wire().send(packet);
                guide.across(arrival, State.PLAY, false);
            }
            case KnownPacks known when state() == State.CONFIGURATION -> {
                client.has(known);
                settlesPacks = false;
            }
            case KeepAlive answer -> heartbeat.answered(answer.id());
            case ClientSettings settings -> client.heard(settings);
            case PluginMessage message -> client.heard(message);
            case ChatMessage line -> client.unheard().add(line);
            default -> {
                // of the world that the client has left
            }
        }
    }

    @Override
    public void silent(Wire silent) {
        guide.silent();
    }

    @Override
    public void refused(Wire refused, BadPacketException reason) {
        guide.refused(reason);
    }

    @Override
    public void closed() {
        guide.gone();
    }
}
