package io.nightporter.e2e.wire;

import io.nightporter.e2e.wire.Link.Received;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.ChatMessage;
import io.nightporter.protocol.packet.ClientSettings;
import io.nightporter.protocol.packet.ClientboundLegacyChat;
import io.nightporter.protocol.packet.ConfigurationAck;
import io.nightporter.protocol.packet.CookieRequest;
import io.nightporter.protocol.packet.CookieResponse;
import io.nightporter.protocol.packet.Disconnect;
import io.nightporter.protocol.packet.EncryptionRequest;
import io.nightporter.protocol.packet.FinishConfiguration;
import io.nightporter.protocol.packet.FinishConfigurationAck;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.JoinGame;
import io.nightporter.protocol.packet.KeepAlive;
import io.nightporter.protocol.packet.KnownPacks;
import io.nightporter.protocol.packet.LastSeenMessages;
import io.nightporter.protocol.packet.LoginAcknowledged;
import io.nightporter.protocol.packet.LoginDisconnect;
import io.nightporter.protocol.packet.LoginPluginRequest;
import io.nightporter.protocol.packet.LoginPluginResponse;
import io.nightporter.protocol.packet.LoginStart;
import io.nightporter.protocol.packet.LoginSuccess;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PlayerPosition;
import io.nightporter.protocol.packet.PluginMessage;
import io.nightporter.protocol.packet.ResourcePackPush;
import io.nightporter.protocol.packet.ServerboundLegacyChat;
import io.nightporter.protocol.packet.SetCompression;
import io.nightporter.protocol.packet.StartConfiguration;
import io.nightporter.protocol.packet.SystemChat;
import io.nightporter.protocol.packet.TeleportConfirm;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A client of any version on Nightporter's codec: it does what a vanilla client does by itself (known packs, keep-alives,
 * teleports, acknowledgements) and keeps all packets that came for the test to look at.
 */
public final class WirePlayer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** For players whose server has to be noticed to be gone first. */
    private static final Duration LONG_PATIENCE = Duration.ofSeconds(45);
    private static final Duration BETWEEN_WORDS = Duration.ofMillis(250);

    private final Link link;
    private final String name;
    private final @Nullable Identity identity;
    private final Self self;
    private final List<Received> received = new ArrayList<>();
    private volatile State state = State.LOGIN;
    private @Nullable String end;

    /** How a player proves who it is: posts the join to the session server. */
    public interface Identity {
        /** Returns the shared secret after the session server has been told of it. */
        byte[] join(EncryptionRequest request) throws IOException;

        /** The answer to the request, both values encrypted with the server's key. */
        Packet answer(EncryptionRequest request, byte[] secret);
    }

    private WirePlayer(Link link, String name, @Nullable Identity identity, Self self) {
        this.link = link;
        this.name = name;
        this.identity = identity;
        this.self = self;
    }

    /**
     * What a client says of itself.
     *
     * @param locale such as en_us
     * @param brand such as vanilla
     */
    public record Self(String locale, String brand) {
        public static final Self OWN = new Self("en_us", "own");

        public Packet settings() {
            return new ClientSettings(locale, 4, 0, true, 0, true, 0x7F, 1, false, true, 0);
        }

        Packet brandMessage(int protocol) {
            byte[] utf8 = brand.getBytes(StandardCharsets.UTF_8);
            if (protocol < 47) {
                return new PluginMessage("MC|Brand", Bytes.of(utf8));
            }
            byte[] data = new byte[utf8.length + 1];
            data[0] = (byte) utf8.length;
            System.arraycopy(utf8, 0, data, 1, utf8.length);
            return new PluginMessage(protocol < 393 ? "MC|Brand" : "minecraft:brand", Bytes.of(data));
        }
    }

    /** Connects and says who it is; the rest of the login goes on by itself. */
    public static WirePlayer connect(int port, ProtocolVersion version, String host, String name) throws IOException {
        return connect(port, version, new Handshake(version.number(), host, port, Handshake.LOGIN), name, null);
    }

    public static WirePlayer connect(
        int port,
        ProtocolVersion version,
        Handshake handshake,
        String name,
        @Nullable Identity identity
    ) throws IOException {
        return connect(new Approach("127.0.0.2", Bytes.EMPTY), port, version, handshake, name, identity);
    }

    /** The same for a client with another language or other mods. */
    public static WirePlayer connect(int port, ProtocolVersion version, String host, String name, Self self)
        throws IOException {
        var handshake = new Handshake(version.number(), host, port, Handshake.LOGIN);
        return connect(new Approach("127.0.0.2", Bytes.EMPTY), port, version, handshake, name, null, self);
    }

    /**
     * How a connection begins.
     *
     * @param from the address that it comes from
     * @param preface bytes before the handshake, such as a PROXY protocol header
     */
    public record Approach(String from, Bytes preface) {}

    public static WirePlayer connect(
        Approach approach,
        int port,
        ProtocolVersion version,
        Handshake handshake,
        String name,
        @Nullable Identity identity
    ) throws IOException {
        return connect(approach, port, version, handshake, name, identity, Self.OWN);
    }

    private static WirePlayer connect(
        Approach approach,
        int port,
        ProtocolVersion version,
        Handshake handshake,
        String name,
        @Nullable Identity identity,
        Self self
    ) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.ofLiteral(approach.from()), 0);
        var link = new Link(socket, Direction.SERVERBOUND, version);
        link.sendBytes(approach.preface().toArray());
        link.send(State.HANDSHAKE, handshake);
        var player = new WirePlayer(link, name, identity, self);
        UUID id = UUID.nameUUIDFromBytes(("OfflinePlayer:" + name).getBytes(StandardCharsets.UTF_8));
        link.send(State.LOGIN, new LoginStart(name, Optional.empty(), Optional.of(id)));
        Thread.ofVirtual()
            .name("player " + name)
            .start(player::read);
        return player;
    }

    private void read() {
        try {
            while (true) {
                Received packet = link.receive(state);
                react(packet);
                synchronized (received) {
                    received.add(packet);
                    received.notifyAll();
                }
            }
        } catch (IOException | BadPacketException e) {
            synchronized (received) {
                end = end == null ? "connection ended: " + e.getMessage() : end;
                received.notifyAll();
            }
            link.close();
        }
    }

    private void react(Received received) throws IOException {
        switch (received.packet()) {
            case SetCompression compression -> link.compress(compression.threshold());
            case EncryptionRequest request -> authenticate(request);
            case LoginPluginRequest request -> link.send(
                state,
                new LoginPluginResponse(request.messageId(), Optional.empty())
            );
            case CookieRequest request -> link.send(state, new CookieResponse(request.key(), Optional.empty()));
            case LoginSuccess _ -> loggedIn();
            case KnownPacks packs -> link.send(state, packs);
            case KeepAlive beat -> link.send(state, beat);
            case FinishConfiguration _ -> {
                link.send(state, new FinishConfigurationAck());
                state = State.PLAY;
            }
            case StartConfiguration _ -> {
                link.send(state, new ConfigurationAck());
                state = State.CONFIGURATION;
            }
            case JoinGame _ when protocol() < 764 -> introduceItself();
            case PlayerPosition place -> confirm(place);
            case ResourcePackPush pack -> {
                for (Packet answer : pack.answersOfOneWhoHasIt()) {
                    link.send(state, answer);
                }
            }
            case LoginDisconnect goodbye -> ended(goodbye.reason().component());
            case Disconnect goodbye -> ended(goodbye.reason().component());
            case null, default -> {
            }
        }
    }

    private void authenticate(EncryptionRequest request) throws IOException {
        if (identity == null) {
            throw new IOException("asked for authentication");
        }
        byte[] secret = identity.join(request);
        link.send(state, identity.answer(request, secret));
        link.encrypt(secret);
    }

    private void loggedIn() throws IOException {
        if (protocol() < 764) {
            state = State.PLAY;
            return;
        }
        link.send(state, new LoginAcknowledged());
        state = State.CONFIGURATION;
        introduceItself();
    }

    private void introduceItself() throws IOException {
        link.send(state, self.brandMessage(protocol()));
        link.send(state, self.settings());
    }

    private void confirm(PlayerPosition place) throws IOException {
        if (protocol() >= 107) {
            link.send(
                state,
                new TeleportConfirm(place.teleportId(), place.x(), place.y(), place.z(), place.yaw(), place.pitch())
            );
        }
    }

    private void ended(Component reason) {
        synchronized (received) {
            end = "kicked: " + PlainTextComponentSerializer.plainText().serialize(reason);
            received.notifyAll();
        }
    }

    private int protocol() {
        return link.version().number();
    }

    /** The player's UUID and properties as the server sees them. */
    public LoginSuccess awaitLogin() {
        return await(LoginSuccess.class, _ -> true);
    }

    public JoinGame awaitJoin() {
        return await(JoinGame.class, _ -> true);
    }

    /** The first packet of this kind that fits, as soon as it has come. */
    public <P extends Packet> P await(Class<P> kind, Predicate<P> fits) {
        Received found = awaitReceived(
            kind.getSimpleName(),
            candidate -> kind.isInstance(candidate.packet()) && fits.test(kind.cast(candidate.packet()))
        );
        return kind.cast(Objects.requireNonNull(found.packet()));
    }

    /** The first packet that fits, as soon as it has come; fails when the connection ends before. */
    public Received awaitReceived(String what, Predicate<Received> fits) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (received) {
            int next = 0;
            while (true) {
                for (; next < received.size(); next++) {
                    if (fits.test(received.get(next))) {
                        return received.get(next);
                    }
                }
                if (end != null) {
                    throw new AssertionError(name + " waited for " + what + " but was " + end);
                }
                pause(deadline, what);
            }
        }
    }

    /** Why the connection ended ("kicked: …" or "connection ended: …"), as soon as it has. */
    public String awaitEnd() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (received) {
            while (end == null) {
                pause(deadline, "the end");
            }
            return end;
        }
    }

    /** Whether the connection stands. */
    public boolean isConnected() {
        synchronized (received) {
            return end == null;
        }
    }

    private void pause(long deadline, String what) {
        long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (millis <= 0) {
            throw new AssertionError(name + " waited in vain for " + what);
        }
        try {
            received.wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All packets that came so far. */
    public List<Received> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** How many packets of this kind came so far. */
    public long count(Class<? extends Packet> kind) {
        synchronized (received) {
            return received
                .stream()
                .filter(packet -> kind.isInstance(packet.packet()))
                .count();
        }
    }

    /** All packets that came so far. */
    public List<Received> all() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** The state of the packets that it sends. */
    public State state() {
        return state;
    }

    /** Says a line and waits until it stands in the chat. */
    public void chat(String line) throws IOException {
        say(line);
        awaitReceived("an echo", packet -> isEcho(packet, line));
    }

    /** Says a line now and then, whenever the player is in the game, until a server echoes it. */
    public void chatUntilHeard(String line) throws IOException {
        long deadline = System.nanoTime() + LONG_PATIENCE.toNanos();
        while (
            received()
                .stream()
                .noneMatch(packet -> isEcho(packet, line))
        ) {
            synchronized (received) {
                if (end != null) {
                    throw new AssertionError(name + " waited for an echo but was " + end);
                }
                if (state == State.PLAY) {
                    say(line);
                }
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError(name + " waited in vain for an echo");
            }
            rest();
        }
    }

    private static void rest() {
        try {
            Thread.sleep(BETWEEN_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isEcho(Received packet, String line) {
        return switch (packet.packet()) {
            case ClientboundLegacyChat shown -> shown.message().json().contains(line);
            case SystemChat shown -> shown.content().json().contains(line);
            case null, default -> false;
        };
    }

    private void say(String line) throws IOException {
        if (protocol() < 759) {
            link.send(State.PLAY, new ServerboundLegacyChat(line));
        } else {
            link.send(
                State.PLAY,
                new ChatMessage(line, System.currentTimeMillis(), 0, Optional.empty(), false, LastSeenMessages.NONE)
            );
        }
    }

    public String name() {
        return name;
    }

    public Link link() {
        return link;
    }

    public void quit() {
        link.close();
    }

    @Override
    public void close() {
        quit();
    }
}
