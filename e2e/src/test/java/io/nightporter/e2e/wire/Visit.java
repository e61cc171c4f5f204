package io.nightporter.e2e.wire;

import io.nightporter.e2e.wire.Fault.Step;
import io.nightporter.e2e.wire.Link.Received;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.BundleDelimiter;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.ChatMessage;
import io.nightporter.protocol.packet.ClientboundLegacyChat;
import io.nightporter.protocol.packet.ConfigurationAck;
import io.nightporter.protocol.packet.FinishConfiguration;
import io.nightporter.protocol.packet.FinishConfigurationAck;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.KeepAlive;
import io.nightporter.protocol.packet.KnownPacks;
import io.nightporter.protocol.packet.LoginAcknowledged;
import io.nightporter.protocol.packet.LoginPluginRequest;
import io.nightporter.protocol.packet.LoginPluginResponse;
import io.nightporter.protocol.packet.LoginStart;
import io.nightporter.protocol.packet.LoginSuccess;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.ResourcePackPush;
import io.nightporter.protocol.packet.ResourcePackStatus;
import io.nightporter.protocol.packet.ServerboundLegacyChat;
import io.nightporter.protocol.packet.SetCompression;
import io.nightporter.protocol.packet.StartConfiguration;
import io.nightporter.protocol.packet.SystemChat;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A player on a {@link WireServer}: logged in, shown a world, echoed, asked for signs of life. */
public final class Visit implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BEAT = Duration.ofMillis(100);

    private final Link link;
    private final Handshake handshake;
    private final int compression;
    private final @Nullable String secret;
    private final boolean claimsOnline;
    private final @Nullable Fault fault;
    private final List<Received> received = new ArrayList<>();
    private List<String> content = List.of();
    private List<ResourcePackPush> packs = List.of();
    private boolean packsInGame;
    private State state = State.LOGIN;
    private String name = "";
    private Bytes forwarded = Bytes.EMPTY;
    private long nextBeat = 1;
    private boolean ended;
    private boolean showsChunks = true;
    private volatile boolean silent;

    Visit(
        Link link,
        Handshake handshake,
        int compression,
        @Nullable String secret,
        boolean claimsOnline,
        @Nullable Fault fault
    ) {
        this.link = link;
        this.handshake = handshake;
        this.compression = compression;
        this.secret = secret;
        this.claimsOnline = claimsOnline;
        this.fault = fault;
    }

    /** To be called before the player is in the game. */
    void hideChunks() {
        showsChunks = false;
    }

    /** What the server has that others have not. */
    void content(List<String> own) {
        content = own;
    }

    /** The resource packs that the server wants to be used, as it offers them in configuration or in the game. */
    void packs(List<ResourcePackPush> offers, boolean inGame) {
        packs = offers;
        packsInGame = inGame;
    }

    /** Fails if it shall do so here. */
    private void passed(Step step) throws IOException {
        if (fault != null && fault.at() == step) {
            fault.happen(link, state);
        }
    }

    void logIn() throws IOException {
        try {
            greet();
        } catch (IOException | BadPacketException e) {
            end();
            throw e;
        }
    }

    private void greet() throws IOException {
        passed(Step.CONNECTED);
        LoginStart start = link.receive(LoginStart.TYPE);
        name = start.name();
        passed(Step.LOGIN_START_HEARD);
        if (secret != null) {
            link.send(state, new LoginPluginRequest(7, "velocity:player_info", Bytes.of((byte) 4)));
            LoginPluginResponse answer = link.receive(LoginPluginResponse.TYPE);
            forwarded = answer.data().orElse(Bytes.EMPTY);
        }
        if (compression >= 0 && protocol() >= 47) {
            link.send(state, new SetCompression(compression));
            link.compress(compression);
            passed(Step.COMPRESSION_SET);
        }
        UUID id = UUID.nameUUIDFromBytes(("OfflinePlayer:" + name).getBytes(StandardCharsets.UTF_8));
        link.send(state, new LoginSuccess(id, name, List.of(), false, UUID.randomUUID()));
    }

    void serve() throws IOException {
        try {
            if (protocol() < 764) {
                state = State.PLAY;
            }
            passed(Step.LOGGED_IN);
            if (protocol() >= 764) {
                expect(LoginAcknowledged.class);
                configure();
            }
            enterWorld();
            Thread.ofVirtual()
                .name("beat " + name)
                .start(this::beat);
            while (true) {
                Received packet = link.receive(state);
                react(packet);
                keep(packet);
            }
        } catch (IOException | BadPacketException _) {
            end();
        }
    }

    private void end() {
        synchronized (received) {
            ended = true;
            received.notifyAll();
        }
    }

    /** Known packs and one registry, by names only. */
    private void configure() throws IOException {
        state = State.CONFIGURATION;
        if (protocol() >= 766) {
            String release = link.version().newestRelease();
            link.send(state, new KnownPacks(List.of(new KnownPacks.Pack("minecraft", "core", release))));
            passed(Step.PACKS_OFFERED);
            expect(KnownPacks.class);
            passed(Step.PACKS_HEARD);
        }
        link.send(state, "RegistryData", WireWorld.registry(protocol(), content));
        passed(Step.REGISTRIES_SENT);
        for (ResourcePackPush pack : packsInGame ? List.<ResourcePackPush>of() : packs) {
            link.send(state, pack);
            expect(ResourcePackStatus.class, status -> status.result() == ResourcePackStatus.LOADED);
        }
        link.send(state, new FinishConfiguration());
        state = State.PLAY;
        passed(Step.CONFIGURATION_FINISHED);
        state = State.CONFIGURATION;
        expect(FinishConfigurationAck.class);
        state = State.PLAY;
        passed(Step.PLAY_BEGUN);
    }

    private void enterWorld() throws IOException {
        link.send(state, WireWorld.joinGame(protocol()).withOnlineMode(claimsOnline));
        passed(Step.JOINED);
        link.send(state, WireWorld.spawnPosition());
        link.send(state, WireWorld.position());
        passed(Step.PLACED);
        if (protocol() >= 765) {
            link.send(state, WireWorld.chunksFollow());
        }
        if (showsChunks) {
            link.send(state, "ChunkData", WireWorld.chunk());
        }
        for (ResourcePackPush pack : packsInGame || protocol() < 764 ? packs : List.<ResourcePackPush>of()) {
            link.send(state, pack);
        }
        if (fault != null && fault.at() == Step.IN_A_BUNDLE) {
            link.send(state, new BundleDelimiter());
        }
        passed(Step.IN_A_BUNDLE);
        if (fault != null && fault.at() == Step.IN_A_BUNDLE) {
            link.send(state, new BundleDelimiter());
        }
        passed(Step.IN_A_FRAME);
        passed(Step.IN_THE_WORLD);
    }

    /** Reads on until a packet of this kind comes; the others are kept. */
    private void expect(Class<? extends Packet> kind) throws IOException {
        expect(kind, _ -> true);
    }

    private <P extends Packet> void expect(Class<P> kind, Predicate<P> fits) throws IOException {
        while (true) {
            Received packet = link.receive(state);
            keep(packet);
            if (kind.isInstance(packet.packet()) && fits.test(kind.cast(packet.packet()))) {
                return;
            }
        }
    }

    private void react(Received packet) throws IOException {
        if (silent) {
            return;
        }
        switch (packet.packet()) {
            case ChatMessage message -> link.send(state, new SystemChat(echo(message.message()), false));
            case ServerboundLegacyChat message -> link.send(
                state,
                new ClientboundLegacyChat(
                    echo(message.message()),
                    ClientboundLegacyChat.SYSTEM,
                    ClientboundLegacyChat.NOBODY
                )
            );
            case ConfigurationAck _ -> {
                configure();
                enterWorld();
            }
            case null, default -> {
            }
        }
    }

    private static Text echo(String message) {
        return Text.plain("echo: " + message);
    }

    private void keep(Received packet) {
        synchronized (received) {
            received.add(packet);
            received.notifyAll();
        }
    }

    private void beat() {
        try {
            while (!hasEnded()) {
                if (state == State.PLAY && !silent) {
                    link.send(State.PLAY, new KeepAlive(nextBeat++));
                }
                Thread.sleep(BEAT);
            }
        } catch (IOException _) {
            // The reader notices as well.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes the player through the configuration state once more; from 1.20.2 on. */
    public void reconfigure() throws IOException {
        link.send(State.PLAY, new StartConfiguration());
    }

    public void send(Packet packet) throws IOException {
        link.send(State.PLAY, packet);
    }

    /** The server says nothing more to this player. */
    public void fallSilent() {
        silent = true;
    }

    /** The server goes on. */
    public void speakAgain() {
        silent = false;
    }

    /** Where the player (or the proxy) said it was going. */
    public Handshake handshake() {
        return handshake;
    }

    public String name() {
        return name;
    }

    /** The answer to the question of modern forwarding: signature and data. */
    public Bytes forwarded() {
        return forwarded;
    }

    /** All packets that came so far. */
    public List<Received> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    public boolean hasEnded() {
        synchronized (received) {
            return ended;
        }
    }

    /** The first packet of this kind that fits, as soon as it has come. */
    public <P extends Packet> P await(Class<P> kind, Predicate<P> fits) {
        Optional<Received> found = await(
            kind.getSimpleName(),
            packet -> kind.isInstance(packet.packet()) && fits.test(kind.cast(packet.packet()))
        );
        Received packet = found.orElseThrow(() -> new AssertionError(name + " left without " + kind));
        return kind.cast(Objects.requireNonNull(packet.packet()));
    }

    /** Waits until the player's connection has ended. */
    public void awaitEnd() {
        await("the end of " + name, _ -> false);
    }

    private Optional<Received> await(String what, Predicate<Received> fits) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (received) {
            int next = 0;
            while (true) {
                for (; next < received.size(); next++) {
                    if (fits.test(received.get(next))) {
                        return Optional.of(received.get(next));
                    }
                }
                if (ended) {
                    return Optional.empty();
                }
                long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                if (millis <= 0) {
                    throw new AssertionError("the server waited in vain for " + what);
                }
                try {
                    received.wait(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private int protocol() {
        return link.version().number();
    }

    @Override
    public void close() {
        link.close();
    }
}
