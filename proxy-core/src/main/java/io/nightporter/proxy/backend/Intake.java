package io.nightporter.proxy.backend;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.Disconnect;
import io.nightporter.protocol.packet.KeepAlive;
import io.nightporter.protocol.packet.KnownPacks;
import io.nightporter.protocol.packet.LoginAcknowledged;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.Ping;
import io.nightporter.protocol.packet.PluginMessage;
import io.nightporter.protocol.packet.Pong;
import io.nightporter.protocol.packet.ResourcePackPush;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.player.Client;
import io.nightporter.proxy.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Takes in the configuration of a server on behalf of a player who is still elsewhere, so that a server that fails in
 * the middle of it never disturbs anybody. Since 1.20.2.
 *
 * <p>What only the client can answer ends the taking in early; so does a server that says nothing more without having
 * finished, since it may be waiting for a mod's answer. What was taken in is then told to the client, and the rest
 * happens between the two.
 */
public final class Intake extends Probation {

    /** Ten times what the largest server sends; a modded one may be larger, and then it is passed on as it comes. */
    private static final int MOST_BYTES = 8 << 20;
    /** A server that is at work says something more often than this. */
    private static final Duration PATIENCE = Duration.ofMillis(700);

    private final Client client;
    private final Predicate<ResourcePackPush> applied;
    private final List<Taken> packets = new ArrayList<>();
    private int bytes;

    /**
     * @param applied whether the client has a resource pack in use already
     */
    public Intake(Wire wire, Client client, Predicate<ResourcePackPush> applied, Listener listener) {
        super(wire, listener);
        this.client = client;
        this.applied = applied;
    }

    /** Takes over the connection of a server that has just let the player in. */
    public void begin() {
        wire.send(new LoginAcknowledged());
        wire.sendState(State.CONFIGURATION);
        client.brand().ifPresent(wire::send);
        client.settings().ifPresent(wire::send);
        client.registrations(true).forEach(wire::send);
        wire.flush();
        listen();
        waitForMore();
    }

    private void waitForMore() {
        int before = packets.size();
        wire.channel()
            .eventLoop()
            .schedule(
                () -> {
                    if (isOver()) {
                        return;
                    }
                    if (!packets.isEmpty() && packets.size() == before) {
                        end(false);
                    } else {
                        waitForMore();
                    }
                },
                PATIENCE.toMillis(),
                TimeUnit.MILLISECONDS
            );
    }

    @Override
    public void bytes(ByteBuf in) {
        while (!isOver() && in.isReadable()) {
            int header = Frames.header(in, in.readerIndex(), in.writerIndex(), Frames.MAX_CONTENT);
            if (header == Frames.INCOMPLETE || in.readableBytes() < Frames.total(header)) {
                return;
            }
            int start = in.readerIndex();
            in.skipBytes(Frames.headerSize(header));
            ByteBuf payload = wire.unwrap(in.readSlice(Frames.content(header)), LARGEST_PACKET);
            try {
                if (!packet(payload)) {
                    // The client hears it from the server itself.
                    in.readerIndex(start);
                    end(false);
                }
            } finally {
                payload.release();
            }
        }
    }

    @Override
    public int missing(ByteBuf left) {
        int header = Frames.header(left, left.readerIndex(), left.writerIndex(), Frames.MAX_CONTENT);
        return header == Frames.INCOMPLETE ? 1 : Frames.total(header) - left.readableBytes();
    }

    @Override
    public void readComplete() {
        wire.flush();
    }

    /** Returns false for a packet that only the client can take. */
    private boolean packet(ByteBuf payload) {
        int id = VarInts.read(payload);
        String name = wire.version().packetName(State.CONFIGURATION, Direction.CLIENTBOUND, id);
        switch (name == null ? "" : name) {
            case "KeepAlive" -> wire.send(PacketCodec.decode(wire.version(), KeepAlive.TYPE, payload));
            case "Ping" -> wire.send(new Pong(PacketCodec.decode(wire.version(), Ping.TYPE, payload).id()));
            case "KnownPacks" -> {
                take("KnownPacks", payload);
                Taken offer = packets.getLast();
                ByteBuf body = offer.body().toBuffer();
                wire.send(client.choose(PacketCodec.decode(wire.version(), KnownPacks.TYPE, body)));
            }
            case "FinishConfiguration" -> end(true);
            case "Disconnect" -> fail(payload);
            case
                "RegistryData",
                "UpdateTags",
                "FeatureFlags",
                "ServerLinks",
                "CustomReportDetails",
                "ResetChat" -> take(String.valueOf(name), payload);
            case "PluginMessage" -> {
                if (bytes + payload.readableBytes() > PluginMessage.MAX_DATA) {
                    return false;
                }
                take("PluginMessage", payload);
            }
            case "ResourcePackPush" -> {
                var offer = PacketCodec.decode(wire.version(), ResourcePackPush.TYPE, payload.duplicate());
                if (!applied.test(offer)) {
                    return false;
                }
                take("ResourcePackPush", payload);
                offer.answersOfOneWhoHasIt().forEach(wire::send);
            }
            default -> {
                return false;
            }
        }
        if (bytes > MOST_BYTES) {
            end(false);
        }
        return true;
    }

    private void take(String name, ByteBuf body) {
        bytes += body.readableBytes();
        packets.add(new Taken(name, Bytes.copyOf(body)));
    }

    private void end(boolean finished) {
        pass(new Configuration(List.copyOf(packets), finished));
    }
}
