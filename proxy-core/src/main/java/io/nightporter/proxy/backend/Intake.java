package io.nightporter.proxy.backend;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.BadPacketException;
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
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.player.Client;
import io.nightporter.proxy.wire.Phase;
import io.nightporter.proxy.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the configuration of a server on behalf of a player who is still elsewhere, so that a server that fails in
 * the middle of it never disturbs anybody. Since 1.20.2.
 *
 * <p>What only the client can answer ends the taking in early; so does a server that says nothing more without having
 * finished, since it may be waiting for a mod's answer. What was taken in is then told to the client, and the rest
 * happens between the two.
 */
public final class Intake implements Phase {

    /** Ten times what the largest server sends; a modded one may be larger, and then it is passed on as it comes. */
    private static final int MOST_BYTES = 8 << 20;
    /** Registries of modded servers are large; the same limit as in the relay. */
    private static final int LARGEST_PACKET = 8 << 20;
    /** A server that is at work says something more often than this. */
    private static final Duration PATIENCE = Duration.ofMillis(700);

    /** Who wants to know. Exactly one of the two is called, once. */
    public interface Listener {
        /** The server has said all that it says without the client. Its connection reads nothing for now. */
        void taken(Configuration configuration);

        /**
         * The server gave up.
         *
         * @param goodbye what it said, if it did
         */
        void failed(String label, @Nullable Text goodbye);
    }

    /**
     * What a server has told in its configuration.
     *
     * @param packets ids and bodies, in order
     * @param finished whether the server has finished; otherwise it goes on with the client
     */
    public record Configuration(List<Taken> packets, boolean finished) {}

    /**
     * @param name in the table of packet ids
     * @param body without the id
     */
    public record Taken(String name, Bytes body) {}

    private final Wire wire;
    private final Client client;
    private final Predicate<ResourcePackPush> applied;
    private final Listener listener;
    private final List<Taken> packets = new ArrayList<>();
    private int bytes;
    private boolean over;

    /**
     * @param applied whether the client has a resource pack in use already
     */
    public Intake(Wire wire, Client client, Predicate<ResourcePackPush> applied, Listener listener) {
        this.wire = wire;
        this.client = client;
        this.applied = applied;
        this.listener = listener;
    }

    /** Takes over the connection of a server that has just let the player in. */
    public void begin() {
        wire.send(new LoginAcknowledged());
        wire.sendState(State.CONFIGURATION);
        client.brand().ifPresent(wire::send);
        client.settings().ifPresent(wire::send);
        client.registrations(true).forEach(wire::send);
        wire.flush();
        wire.phase(this);
        wire.otherSideHasRoom(true);
        wire.offerPending();
        waitForMore();
    }

    /** Forgets the server. */
    public void abandon() {
        over = true;
        wire.close();
    }

    private void waitForMore() {
        int before = packets.size();
        wire.channel()
            .eventLoop()
            .schedule(
                () -> {
                    if (over) {
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
        while (!over && in.isReadable()) {
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
            case "Disconnect" -> fail("kicked", PacketCodec.decode(wire.version(), Disconnect.TYPE, payload).reason());
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
        if (!over) {
            over = true;
            wire.pause(Wire.Pause.OTHER_SIDE);
            wire.flush();
            listener.taken(new Configuration(List.copyOf(packets), finished));
        }
    }

    private void fail(String label, @Nullable Text goodbye) {
        if (!over) {
            over = true;
            wire.close();
            listener.failed(label, goodbye);
        }
    }

    @Override
    public void silent(Wire silent) {
        fail("timed_out", null);
    }

    @Override
    public void refused(Wire refused, BadPacketException reason) {
        fail("nonsense", null);
    }

    @Override
    public void closed() {
        fail("closed", null);
    }
}
