package io.nightporter.e2e;

import io.nightporter.e2e.wire.Link;
import io.nightporter.e2e.wire.WirePlayer;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.ChatMessage;
import io.nightporter.protocol.packet.ClientSettings;
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
import io.nightporter.protocol.packet.LoginStart;
import io.nightporter.protocol.packet.LoginSuccess;
import io.nightporter.protocol.packet.SetCompression;
import io.nightporter.protocol.packet.SystemChat;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A decent player who says a word twenty times a second and notes how long it takes until the server's echo comes back:
 * what everybody on the proxy feels of what others do.
 */
final class Pulse implements AutoCloseable {

    private static final Duration BEAT = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Link link;
    private final WirePlayer.@Nullable Identity identity;
    private final CountDownLatch joined = new CountDownLatch(1);
    private final Map<Integer, Long> waiting = new HashMap<>();
    private List<Long> latencies = new ArrayList<>();
    private State state = State.LOGIN;
    private String end = "";

    /** Milliseconds between a word and its echo. */
    record Latencies(int words, double p50, double p99, double max) {
        private static Latencies of(List<Long> nanos) {
            List<Long> sorted = new ArrayList<>(nanos);
            Collections.sort(sorted);
            return new Latencies(sorted.size(), at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
        }

        private static double at(List<Long> sorted, double share) {
            int index = (int) Math.ceil(share * sorted.size()) - 1;
            return sorted.isEmpty() ? Double.NaN : sorted.get(Math.max(0, index)) / 1e6;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "words=%d p50=%.2fms p99=%.2fms max=%.2fms", words, p50, p99, max);
        }
    }

    private Pulse(Link link, WirePlayer.@Nullable Identity identity) {
        this.link = link;
        this.identity = identity;
    }

    /** Joins, and returns when the player is in the game. */
    static Pulse join(
        int port,
        ProtocolVersion version,
        String host,
        String name,
        Bytes preface,
        WirePlayer.@Nullable Identity identity
    ) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.ofLiteral("127.0.0.2"), 0);
        var link = new Link(socket, Direction.SERVERBOUND, version);
        var pulse = new Pulse(link, identity);
        link.sendBytes(preface.toArray());
        link.send(State.HANDSHAKE, new Handshake(version.number(), host, port, Handshake.LOGIN));
        link.send(State.LOGIN, new LoginStart(name, Optional.empty(), Optional.of(new UUID(3, 4))));
        Thread.ofPlatform().daemon().name("pulse").start(pulse::read);
        try {
            if (!pulse.joined.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " did not get into the game: " + pulse.end());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        Thread.ofPlatform().daemon().name("pulse").start(pulse::beat);
        return pulse;
    }

    private void read() {
        try {
            while (true) {
                react(link.receive(state));
            }
        } catch (IOException | BadPacketException e) {
            ended(String.valueOf(e.getMessage()));
        }
    }

    private void react(Link.Received received) throws IOException {
        switch (received.packet()) {
            case SetCompression compression -> link.compress(compression.threshold());
            case EncryptionRequest request when identity != null -> {
                byte[] secret = identity.join(request);
                link.send(state, identity.answer(request, secret));
                link.encrypt(secret);
            }
            case LoginSuccess _ -> {
                link.send(state, new LoginAcknowledged());
                state = State.CONFIGURATION;
                link.send(state, new ClientSettings("en_us", 4, 0, true, 0, true, 0x7F, 1, false, true, 0));
            }
            case KnownPacks packs -> link.send(state, packs);
            case FinishConfiguration _ -> {
                link.send(state, new FinishConfigurationAck());
                state = State.PLAY;
            }
            case KeepAlive beat -> link.send(state, beat);
            case JoinGame _ -> joined.countDown();
            case SystemChat echo -> heard(echo.content().json());
            case LoginDisconnect goodbye -> ended(goodbye.reason().json());
            case Disconnect goodbye -> ended(goodbye.reason().json());
            case null, default -> {
            }
        }
    }

    private void beat() {
        try {
            for (int word = 0; isConnected(); word++) {
                synchronized (waiting) {
                    waiting.put(word, System.nanoTime());
                }
                String line = "word " + word + ".";
                link.send(state, new ChatMessage(line, 0, 0, Optional.empty(), false, LastSeenMessages.NONE));
                TimeUnit.NANOSECONDS.sleep(BEAT.toNanos());
            }
        } catch (IOException e) {
            ended(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void heard(String json) {
        int word = Integer.parseInt(json.replaceFirst(".*word (\\d+)\\..*", "$1"));
        synchronized (waiting) {
            Long since = waiting.remove(word);
            if (since != null) {
                latencies.add(System.nanoTime() - since);
            }
        }
    }

    private void ended(String how) {
        synchronized (waiting) {
            end = end.isEmpty() ? how : end;
        }
    }

    /** Why the player is not connected any more; empty while it is. */
    String end() {
        synchronized (waiting) {
            return end;
        }
    }

    boolean isConnected() {
        return end().isEmpty();
    }

    /** What has been measured since the last call; a word without an echo so far counts as long as it has waited. */
    Latencies sinceLastAsked() {
        synchronized (waiting) {
            long now = System.nanoTime();
            waiting.values().forEach(since -> latencies.add(now - since));
            Latencies result = Latencies.of(latencies);
            latencies = new ArrayList<>();
            return result;
        }
    }

    @Override
    public void close() {
        ended("quit");
        link.close();
    }
}
