package io.nightporter.e2e.wire;

import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.ResourcePackPush;
import io.nightporter.protocol.packet.StatusPing;
import io.nightporter.protocol.packet.StatusPong;
import io.nightporter.protocol.packet.StatusResponse;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A server for every version on Nightporter's codec; each player who comes is a {@link Visit}. */
public final class WireServer implements AutoCloseable {

    private static final ProtocolVersions VERSIONS = ProtocolVersions.builtIn();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ServerSocket listener;
    private final int compression;
    private final @Nullable String secret;
    private final boolean claimsOnline;
    private final List<Visit> calls = new ArrayList<>();
    private final List<Visit> visits = new ArrayList<>();
    private final Thread acceptor = Thread.ofVirtual().name("wire server").unstarted(this::accept);
    private Function<Handshake, @Nullable Fault> faults = _ -> null;
    private boolean showsChunks = true;
    private volatile List<String> content = List.of();
    private volatile List<ResourcePackPush> packs = List.of();
    private volatile boolean packsInGame;

    private WireServer(ServerSocket listener, int compression, @Nullable String secret, boolean claimsOnline) {
        this.listener = listener;
        this.compression = compression;
        this.secret = secret;
        this.claimsOnline = claimsOnline;
    }

    /**
     * @param compression the threshold; negative: none
     * @param secret of modern forwarding; null: no forwarding is expected
     */
    public static WireServer start(int compression, @Nullable String secret) {
        return start(compression, secret, false);
    }

    /**
     * @param claimsOnline what the server says of the player's authentication; since 26.2, and it cannot know
     */
    public static WireServer start(int compression, @Nullable String secret, boolean claimsOnline) {
        return start(0, compression, secret, claimsOnline);
    }

    /**
     * @param port where it listens; 0: anywhere
     */
    public static WireServer start(int port, int compression, @Nullable String secret, boolean claimsOnline) {
        try {
            var listener = new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
            var server = new WireServer(listener, compression, secret, claimsOnline);
            server.acceptor.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * From now on some players are failed.
     *
     * @param chooser asked for each who comes; null: the server behaves. Called by many threads
     */
    public void fail(Function<Handshake, @Nullable Fault> chooser) {
        synchronized (visits) {
            faults = chooser;
        }
    }

    /** From now on players see no chunks: other people's clients would read them, and they are noise. */
    public void hideChunks() {
        synchronized (visits) {
            showsChunks = false;
        }
    }

    private boolean showsChunks() {
        synchronized (visits) {
            return showsChunks;
        }
    }

    /** From now on the server has other registries than others, so that clients have to leave the game for it. */
    public void differ(String name) {
        content = List.of(name);
    }

    /**
     * From now on the server wants players to use these resource packs.
     *
     * @param inGame whether it offers them in the game, and not in configuration
     */
    public void offer(boolean inGame, ResourcePackPush... offers) {
        packsInGame = inGame;
        packs = List.of(offers);
    }

    private @Nullable Fault faultFor(Handshake handshake) {
        synchronized (visits) {
            return faults.apply(handshake);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread.ofVirtual()
                    .name("visit")
                    .start(() -> serve(socket));
            }
        } catch (IOException _) {
            // The listener was closed.
        }
    }

    private void serve(Socket socket) {
        try (var link = new Link(socket, Direction.CLIENTBOUND, VERSIONS.newest())) {
            Handshake handshake = link.receive(Handshake.FORWARDED_TYPE);
            ProtocolVersion version = VERSIONS.find(handshake.protocol());
            if (handshake.intent() == Handshake.STATUS) {
                // Who asks for the status may speak anything.
                ProtocolVersion shown = version == null ? VERSIONS.newest() : version;
                link.version(shown);
                answerStatus(link, shown);
                return;
            }
            if (version == null) {
                return;
            }
            link.version(version);
            var visit = new Visit(link, handshake, compression, secret, claimsOnline, faultFor(handshake));
            if (!showsChunks()) {
                visit.hideChunks();
            }
            visit.content(content);
            visit.packs(packs, packsInGame);
            enter(calls, visit);
            visit.logIn();
            enter(visits, visit);
            visit.serve();
        } catch (IOException | BadPacketException _) {
            // The visit knows how it ended.
        }
    }

    private void enter(List<Visit> list, Visit visit) {
        synchronized (visits) {
            list.add(visit);
            visits.notifyAll();
        }
    }

    private static void answerStatus(Link link, ProtocolVersion version) throws IOException {
        link.receive(State.STATUS);
        String json = """
        {"version":{"name":"%s","protocol":%d},"players":{"max":20,"online":0},"description":{"text":"wire"}}""".formatted(
            version.newestRelease(),
            version.number()
        );
        link.send(State.STATUS, new StatusResponse(json));
        if (link.receive(State.STATUS).packet() instanceof StatusPing ping) {
            link.send(State.STATUS, new StatusPong(ping.payload()));
        }
    }

    /** The latest visit of a player, as soon as it has logged in. */
    public Visit awaitVisit(String player) {
        return await(visits, visit -> visit.name().equals(player));
    }

    /** The latest player who came by this name, as soon as they knock. */
    public Visit awaitCall(String host) {
        return await(calls, visit -> visit.handshake().address().equals(host));
    }

    private Visit await(List<Visit> list, Predicate<Visit> fits) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (visits) {
            while (true) {
                for (Visit visit : list.reversed()) {
                    if (fits.test(visit)) {
                        return visit;
                    }
                }
                long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                if (millis <= 0) {
                    throw new AssertionError("nobody came who was expected");
                }
                try {
                    visits.wait(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            // The port is free again only when nobody listens any more.
            acceptor.join(PATIENCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        synchronized (visits) {
            calls.forEach(Visit::close);
        }
    }
}
