package io.nightporter.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.ChatAck;
import io.nightporter.protocol.packet.ChatCommand;
import io.nightporter.protocol.packet.ChatMessage;
import io.nightporter.protocol.packet.ClientSettings;
import io.nightporter.protocol.packet.KeepAlive;
import io.nightporter.protocol.packet.KnownPacks;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.PluginMessage;
import io.nightporter.protocol.packet.ResourcePackStatus;
import io.nightporter.protocol.packet.ServerboundLegacyChat;
import io.nightporter.protocol.packet.TabComplete;
import io.nightporter.protocol.packet.TeleportConfirm;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.backend.Backend;
import io.nightporter.proxy.player.Client;
import io.nightporter.proxy.player.Heartbeat;
import io.nightporter.proxy.relay.RelaySide.Verdict;
import io.nightporter.proxy.wire.Wire;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What is done with the packets of a player that are of interest. */
final class PlayerPackets {

    /** Commands carry signatures until 1.20.4; from 1.20.5 on those that do are packets of their own. */
    private static final int SIGNED_APART = 766;
    private static final int ASKS_FOR_STATISTICS = 1;
    private static final int BYTES_OF_A_LONG = 8;

    private final Backend backend;
    private final Ties ties;
    private final Client client;
    private final Traces traces;
    private final KeepAlives keepAlives;
    private final Heartbeat heartbeat;
    private final Transit transit;
    private boolean packsAreSettled;

    PlayerPackets(
        Backend backend,
        Ties ties,
        Client client,
        Traces traces,
        KeepAlives keepAlives,
        Heartbeat heartbeat,
        Transit transit
    ) {
        this.backend = backend;
        this.ties = ties;
        this.client = client;
        this.traces = traces;
        this.keepAlives = keepAlives;
        this.heartbeat = heartbeat;
        this.transit = transit;
    }

    void packsAreSettled() {
        packsAreSettled = true;
    }

    Verdict inspect(Interest interest, ByteBuf body, Wire from) {
        ProtocolVersion version = from.version();
        return switch (interest) {
            case KEEP_ALIVE -> keepAlive(PacketCodec.decode(version, KeepAlive.TYPE, body).id());
            case CHAT_SESSION -> {
                traces.toldChatSession();
                yield backend.knowsIdentity() ? Verdict.FORWARD : Verdict.TAKEN;
            }
            case CLIENT_SETTINGS -> remembered(PacketCodec.decode(version, ClientSettings.TYPE, body), client::heard);
            case PLUGIN_MESSAGE -> Client.isAboutItself(body)
                ? remembered(PacketCodec.decode(version, PluginMessage.TYPE, body), client::heard)
                : Verdict.FORWARD;
            case KNOWN_PACKS -> {
                client.has(PacketCodec.decode(version, KnownPacks.TYPE, body));
                boolean settled = packsAreSettled;
                packsAreSettled = false;
                yield settled ? Verdict.TAKEN : Verdict.FORWARD;
            }
            case CHAT_MESSAGE -> {
                if (transit.isUnderWay()) {
                    client.unheard().add(PacketCodec.decode(version, ChatMessage.TYPE, body));
                    yield Verdict.TAKEN;
                }
                tellUnheard();
                yield Verdict.FORWARD;
            }
            case CHAT_ACK -> ours(transit.isUnderWay());
            case CHAT_COMMAND -> isSigned(version, body) || (!ties.hasCommands() && !transit.isUnderWay())
                ? ours(transit.isUnderWay())
                : command(PacketCodec.decode(version, ChatCommand.TYPE, body));
            case LEGACY_CHAT -> ties.hasCommands()
                ? ours(ties.command(PacketCodec.decode(version, ServerboundLegacyChat.TYPE, body)))
                : Verdict.FORWARD;
            case TAB_COMPLETE -> ties.hasCommands()
                ? ours(ties.complete(PacketCodec.decode(version, TabComplete.TYPE, body)))
                : Verdict.FORWARD;
            case RESOURCE_PACK_STATUS -> remembered(
                PacketCodec.decode(version, ResourcePackStatus.TYPE, body),
                traces::heard
            );
            case TELEPORT_CONFIRM -> ours(teleported(PacketCodec.decode(version, TeleportConfirm.TYPE, body)));
            default -> Verdict.FORWARD;
        };
    }

    private Verdict keepAlive(long id) {
        return ours(heartbeat.answered(id) || !keepAlives.answered(id));
    }

    /** Whether it was a teleport of the proxy. */
    private boolean teleported(TeleportConfirm answer) {
        if (ties.isOwnTeleport(answer.teleportId())) {
            return true;
        }
        transit.confirmed();
        tellUnheard();
        return false;
    }

    /** Says what the player has written on the way, as soon as they are there. */
    void tellUnheard() {
        if (!transit.isUnderWay()) {
            client.unheard().tell(backend.wire(), backend.knowsIdentity());
            backend.wire().flush();
        }
    }

    /**
     * Until 1.20.4 a command says how many messages the client has seen since it last said so. The server has to hear
     * that also of a command that it does not get, and in its place among the other packets.
     */
    private Verdict command(ChatCommand command) {
        boolean own = ties.hasCommands() && ties.command(command);
        int seen = command.lastSeen().offset();
        if (seen > 0 && transit.isUnderWay()) {
            // It was written in the old world, and most likely for it.
            return Verdict.TAKEN;
        }
        return own && seen > 0 ? new Verdict.Replaced(new ChatAck(seen, List.of(), Optional.empty())) : ours(own);
    }

    private static Verdict ours(boolean taken) {
        return taken ? Verdict.TAKEN : Verdict.FORWARD;
    }

    private static <P extends Packet> Verdict remembered(P packet, Consumer<P> memory) {
        memory.accept(packet);
        return Verdict.FORWARD;
    }

    /** A command with a signed argument is none of ours, and has a shape of its own. */
    private static boolean isSigned(ProtocolVersion version, ByteBuf body) {
        int start = body.readerIndex();
        return (
            version.number() >= SIGNED_APART &&
            VarInts.read(body.duplicate().readerIndex(start)) < body.readableBytes() - varIntBytes(body)
        );
    }

    private static int varIntBytes(ByteBuf body) {
        ByteBuf copy = body.duplicate();
        VarInts.read(copy);
        return copy.readerIndex() - body.readerIndex();
    }

    /** Asks the server for something harmless that every server answers: whether it is still there. */
    void poke() {
        Wire wire = backend.wire();
        ProtocolVersion version = wire.version();
        ByteBuf payload = Unpooled.buffer();
        int ping = version.id(State.PLAY, Direction.SERVERBOUND, "PingRequest");
        int status = version.id(State.PLAY, Direction.SERVERBOUND, "ClientStatus");
        if (ping >= 0) {
            VarInts.write(payload, ping);
            payload.writeZero(BYTES_OF_A_LONG);
        } else {
            VarInts.write(payload, status);
            payload.writeByte(ASKS_FOR_STATISTICS);
        }
        wire.sendPayload(payload);
        wire.flush();
    }
}
