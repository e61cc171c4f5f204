package io.nightporter.proxy.handshake;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.config.NetworkSettings;
import io.nightporter.proxy.config.ProxySettings.UnknownHost;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.context.Generation;
import io.nightporter.proxy.context.ProxyContext;
import io.nightporter.proxy.limits.Arrival;
import io.nightporter.proxy.limits.PeerLog;
import io.nightporter.proxy.login.LoginPhase;
import io.nightporter.proxy.login.Visitor;
import io.nightporter.proxy.passthrough.PassthroughPhase;
import io.nightporter.proxy.player.Player;
import io.nightporter.proxy.routing.Lobbies;
import io.nightporter.proxy.routing.Route;
import io.nightporter.proxy.routing.VirtualHost;
import io.nightporter.proxy.status.LegacyPing;
import io.nightporter.proxy.text.Message;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.wire.Phase;
import io.nightporter.proxy.wire.Wire;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the first packet of a client, which says what it speaks, where it wants to and what for. */
public final class HandshakePhase implements Phase {

    private static final PeerLog log = PeerLog.of(HandshakePhase.class);
    /** A hostname, a Forge marker and, from another proxy, a forwarded profile. */
    private static final int MAX_FRAME = 8 * 1024;
    private static final int HANDSHAKE_ID = 0;

    private static final int LEGACY_PAUSE_MILLIS = 300;

    private final ProxyContext context;
    private final Generation generation;
    private final Wire wire;
    private final Arrival arrival;
    private boolean waitingForMore;
    private boolean legacyAnswered;
    private boolean refused;

    public HandshakePhase(ProxyContext context, Wire wire, Arrival arrival) {
        this.context = context;
        this.generation = context.generation();
        this.wire = wire;
        this.arrival = arrival;
    }

    /** Starts the clock: a client that says nothing, or asks for the status for ever, does not keep its place. */
    public void begin() {
        long limit = generation.configuration().proxy().timeouts().handshake().toMillis();
        arrival.deadline(wire.channel().eventLoop().schedule(this::deadline, limit, TimeUnit.MILLISECONDS));
    }

    private void deadline() {
        if (wire.isIn(this) || wire.phase() instanceof StatusPhase) {
            context.metrics().rejected("handshake_timeout");
            wire.close();
        }
    }

    @Override
    public void bytes(ByteBuf in) {
        switch (LegacyPing.detect(in)) {
            case LegacyPing.Detection.NeedMore(var ifSilent) when ifSilent != null -> waitForMore(ifSilent);
            case LegacyPing.Detection.NeedMore _ -> {
            }
            case LegacyPing.Detection.Ping ping -> {
                in.skipBytes(in.readableBytes());
                legacyPing(ping);
            }
            case LegacyPing.Detection.NotLegacy _ -> handshake(in);
        }
    }

    /** Some of the old clients have said all they know after one byte or two. */
    private void waitForMore(LegacyPing.Detection.Ping ifSilent) {
        if (!waitingForMore) {
            waitingForMore = true;
            wire.channel()
                .eventLoop()
                .schedule(() -> legacyPing(ifSilent), LEGACY_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void legacyPing(LegacyPing.Detection.Ping ping) {
        if (wire.isIn(this) && !legacyAnswered) {
            legacyAnswered = true;
            generation.status().legacyAnswer(ping).thenAcceptAsync(this::legacyAnswered, wire.channel().eventLoop());
        }
    }

    private void legacyAnswered(Optional<ByteBuf> answer) {
        if (!wire.isIn(this)) {
            // It went on after all, and was no ping.
            answer.ifPresent(ByteBuf::release);
        } else if (answer.isEmpty()) {
            wire.close();
        } else {
            context.metrics().connection("legacy_ping");
            wire.forward(answer.get());
            wire.hangUp();
        }
    }

    private void handshake(ByteBuf in) {
        int start = in.readerIndex();
        int header = Frames.header(in, start, in.writerIndex(), MAX_FRAME);
        if (header == Frames.INCOMPLETE || in.readableBytes() < Frames.total(header)) {
            return;
        }
        in.skipBytes(Frames.headerSize(header));
        ByteBuf payload = in.readSlice(Frames.content(header));
        if (VarInts.read(payload) != HANDSHAKE_ID) {
            throw new BadPacketException("no_handshake", "the first packet is no handshake");
        }
        Handshake handshake = PacketCodec.decode(generation.versions().newest(), Handshake.FORWARDED_TYPE, payload);
        Route route = generation.router().route(handshake.address());
        switch (handshake.intent()) {
            case Handshake.STATUS -> status(handshake, route);
            case Handshake.LOGIN, Handshake.TRANSFER -> {
                if (!(route instanceof Route.Unknown) && !mayLogIn(handshake)) {
                    return;
                }
                ServerSettings door = door(route, handshake.protocol());
                if (door != null && passesThrough(door, handshake.protocol())) {
                    // The server gets to see every byte, this packet's too.
                    in.readerIndex(start);
                    passThrough(handshake, door);
                } else {
                    login(handshake, route, door);
                }
            }
            default -> throw new BadPacketException("bad_intent", "an intent of " + handshake.intent());
        }
    }

    /** Where the player comes in; null: nowhere, because no server is there, or none for this version. */
    private @Nullable ServerSettings door(Route route, int protocol) {
        return switch (route) {
            case Route.Unknown _ -> null;
            case Route.ToServer(var server, _) -> server;
            case Route.ToNetwork(var network, _) -> {
                List<ServerSettings> lobbies = new Lobbies(context.addresses()).order(network, protocol);
                yield lobbies.isEmpty() ? null : lobbies.getFirst();
            }
        };
    }

    /** Counts the login, before it costs anything. */
    private boolean mayLogIn(Handshake handshake) {
        long delay = arrival.logsIn(generation.configuration().proxy().limits());
        if (delay == 0) {
            return true;
        }
        wire.version(versionFor(handshake.protocol()));
        wire.sendState(State.LOGIN);
        refused = true;
        context.metrics().connection("refused");
        Player.say(wire, generation.phrases().text(Messages.tooManyLogins(delay), null));
        return false;
    }

    private void passThrough(Handshake handshake, ServerSettings server) {
        var passthrough = new PassthroughPhase(context, generation, wire, arrival, server);
        wire.phase(passthrough);
        passthrough.begin(handshake.protocol());
    }

    private boolean passesThrough(ServerSettings server, int protocol) {
        boolean unknown = generation.versions().find(protocol) == null;
        return (
            server.passthrough() ||
            (unknown && generation.configuration().proxy().passesUnknownVersions(server.forwarding()))
        );
    }

    private void status(Handshake handshake, Route route) {
        wire.version(versionFor(handshake.protocol()));
        wire.sendState(State.STATUS);
        wire.phase(new StatusPhase(context, generation, wire, route, handshake.protocol()));
    }

    private void login(Handshake handshake, Route route, @Nullable ServerSettings door) {
        wire.version(versionFor(handshake.protocol()));
        wire.sendState(State.LOGIN);
        switch (route) {
            case Route.Unknown(var host) when (
                generation.configuration().proxy().unknownHost() == UnknownHost.DROP
            ) -> drop("unknown_host", host.name());
            case Route.Unknown(var host) -> refuse("unknown_host", host.name(), Messages.unknownHost(host.name()));
            case Route.ToServer(var server, var host) -> login(handshake, host, server, null);
            case Route.ToNetwork(var network, var host) -> {
                if (door == null) {
                    refuse("wrong_version", host.name(), Messages.wrongVersion(network.name(), welcome(network)));
                } else {
                    login(handshake, host, door, network);
                }
            }
        }
    }

    private String welcome(NetworkSettings network) {
        return network
            .lobbies()
            .stream()
            .map(lobby -> generation.versions().describe(lobby.versions()))
            .distinct()
            .collect(Collectors.joining(", "));
    }

    private void login(
        Handshake handshake,
        VirtualHost host,
        ServerSettings server,
        @Nullable NetworkSettings network
    ) {
        if (
            generation.versions().find(handshake.protocol()) == null ||
            !server.versions().contains(handshake.protocol())
        ) {
            String welcome = generation.versions().describe(server.versions());
            refuse("wrong_version", host.name(), Messages.wrongVersion(server.name(), welcome));
        } else if (handshake.intent() == Handshake.TRANSFER && !generation.configuration().proxy().acceptTransfers()) {
            refuse("transfer", host.name(), Messages.transfersNotAccepted());
        } else {
            var visitor = new Visitor(
                context,
                generation,
                wire,
                arrival,
                wire.peer(),
                server,
                network,
                host,
                handshake.port(),
                System.nanoTime()
            );
            var login = new LoginPhase(visitor);
            wire.phase(login);
            login.begin();
        }
    }

    /** For protocols that no table knows: status and login refusals have had one shape since 1.7. */
    private ProtocolVersion versionFor(int protocol) {
        ProtocolVersion known = generation.versions().find(protocol);
        return known == null ? generation.versions().newest() : known;
    }

    private void refuse(String reason, String host, Message message) {
        refused = true;
        context.metrics().connection("refused");
        context.metrics().rejected(reason);
        log.info("login refused address={} host={} reason={}", wire.peerText(), host, reason);
        Player.say(wire, generation.phrases().text(message, null));
    }

    private void drop(String reason, String host) {
        context.metrics().rejected(reason);
        log.info("login dropped address={} host={} reason={}", wire.peerText(), host, reason);
        wire.close();
    }

    @Override
    public void refused(Wire refused, BadPacketException reason) {
        context.metrics().rejected(reason.reason());
        log.debug("handshake refused address={} reason={}", wire.peerText(), reason.reason());
        wire.close();
    }

    @Override
    public void closed() {
        if (!legacyAnswered && !refused) {
            context.metrics().connection("no_handshake");
        }
    }
}
