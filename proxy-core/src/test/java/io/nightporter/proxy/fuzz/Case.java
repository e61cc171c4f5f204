package io.nightporter.proxy.fuzz;

import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.EncryptionRequest;
import io.nightporter.protocol.packet.EncryptionResponse;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.LoginAcknowledged;
import io.nightporter.protocol.packet.LoginPluginRequest;
import io.nightporter.protocol.packet.LoginStart;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One hostile connection, from its beginning to its end. All that it does follows from its seed; only the moments at
 * which the proxy's threads run differ from time to time.
 */
final class Case {

    private static final List<Integer> PROTOCOLS = List.of(4, 47, 340, 763, 764, 767, 776, 777);
    /** A number that no table knows: offline the bytes pass through. */
    private static final int UNKNOWN = 1_000_000;
    /** Longer than all time-outs of the {@link House} and the proxy's own for its last words. */
    private static final Duration LONGEST_LIFE = Duration.ofSeconds(50);

    private final long seed;
    private final Dice dice;
    private final House house;
    private final Watch watch;
    private final Place place;
    private final ProtocolVersion version;
    private final boolean authenticated;
    private final String name;

    /** Where the hostile peer stands. */
    enum Place {
        FIRST_BYTES,
        STATUS,
        LOGIN,
        ENCRYPTION_RESPONSE,
        ENCRYPTED,
        JOINING,
        CONFIGURATION,
        PLAY,
        PASSING_THROUGH,
        SERVER_STATUS,
        SERVER_LOGIN,
        SERVER_CONFIGURATION,
        SERVER_PLAY,
        RELAY,
    }

    Case(long seed, House house, Watch watch) {
        this.seed = seed;
        this.dice = new Dice(seed);
        this.house = house;
        this.watch = watch;
        this.place = dice.one(List.of(Place.values()));
        this.version = House.version(dice.one(PROTOCOLS));
        this.authenticated = dice.oneIn(3);
        this.name = "f" + Long.toString(seed & Long.MAX_VALUE, 36);
    }

    @Override
    public String toString() {
        return "case " + seed + ": " + place + " " + version + (authenticated ? " online" : " offline");
    }

    void run() {
        watch.begins(seed);
        try {
            switch (place) {
                case FIRST_BYTES -> firstBytes();
                case STATUS -> status();
                case LOGIN -> login();
                case ENCRYPTION_RESPONSE -> encryptionResponse();
                case ENCRYPTED -> encrypted();
                case JOINING -> joining();
                case CONFIGURATION -> configuration();
                case PLAY -> play();
                case PASSING_THROUGH -> passingThrough();
                case SERVER_STATUS -> serverStatus();
                case SERVER_LOGIN -> server(State.LOGIN);
                case SERVER_CONFIGURATION -> server(State.CONFIGURATION);
                case SERVER_PLAY -> server(State.PLAY);
                case RELAY -> new RelayCase(dice, version).run();
            }
        } catch (IOException | RuntimeException e) {
            if (!Peer.isOrdinaryEnd(e)) {
                watch.complain(this + " failed in the test itself", e);
            }
        } finally {
            house.forget(name);
            watch.ends(seed);
        }
    }

    private Peer client() throws IOException {
        return client(authenticated ? house.online() : house.offline());
    }

    private Peer client(InetSocketAddress proxy) throws IOException {
        // From the first address a PROXY header is believed, from the second it is a forgery.
        return Peer.client(proxy, dice.oneIn(4) ? "127.0.0.2" : "127.0.0.1", version);
    }

    private void firstBytes() throws IOException {
        try (Peer peer = client()) {
            var malice = new Malice(dice, version, State.HANDSHAKE, Direction.SERVERBOUND, -1);
            byte[] opening = Openings.any(dice);
            peer.streamInPieces(dice.oneIn(3) ? opening : malice.mutated(opening), dice);
            if (dice.oneIn(2)) {
                peer.streamInPieces(malice.stream(), dice);
            }
            end(peer);
        }
    }

    private void status() throws IOException {
        try (Peer peer = client()) {
            String host = dice.one(List.of("house.test", "wild.test", "nowhere.test"));
            peer.send(State.HANDSHAKE, new Handshake(dice.one(PROTOCOLS), host, 25_565, Handshake.STATUS));
            misbehave(peer, State.STATUS, Direction.SERVERBOUND);
        }
    }

    private void login() throws IOException {
        try (Peer peer = client()) {
            String host = dice.one(List.of("house.test", "told.test", "wild.test"));
            peer.send(State.HANDSHAKE, new Handshake(version.number(), host, 25_565, Handshake.LOGIN));
            misbehave(peer, State.LOGIN, Direction.SERVERBOUND);
        }
    }

    private void encryptionResponse() throws IOException {
        try (Peer peer = client(house.online())) {
            Guest.hello(peer, version.number(), "house.test", name);
            EncryptionRequest request = peer.read(State.LOGIN, EncryptionRequest.TYPE);
            byte[] secret = dice.bytes(dice.oneIn(4) ? dice.of(40) : 16);
            EncryptionResponse right = Guest.answer(request, secret);
            Bytes rubbish = Bytes.of(dice.bytes(dice.oneIn(2) ? 128 : dice.of(300)));
            var wrong = switch (dice.of(3)) {
                case 0 -> new EncryptionResponse(right.sharedSecret(), new EncryptionResponse.Token(rubbish));
                case 1 -> new EncryptionResponse(rubbish, right.proof());
                default -> right;
            };
            byte[] payload = Samples.payload(version, State.LOGIN, Direction.SERVERBOUND, wrong);
            var malice = new Malice(dice, version, State.LOGIN, Direction.SERVERBOUND, -1);
            peer.frame(dice.oneIn(3) ? malice.mutated(payload) : payload);
            misbehave(peer, State.LOGIN, Direction.SERVERBOUND);
        }
    }

    /** The bytes come while the session server is thinking, or right behind its answer. */
    private void encrypted() throws IOException {
        try (Peer peer = client(house.online())) {
            Guest.hello(peer, version.number(), "house.test", name);
            Guest.authenticate(peer);
            misbehave(peer, State.LOGIN, Direction.SERVERBOUND);
        }
    }

    /** The server keeps the player waiting with questions, which this client answers as it likes. */
    private void joining() throws IOException {
        int questions = version.number() >= 393 ? dice.of(4) : 0;
        house.expect(name, (player, _) -> {
            for (int i = 0; i < questions; i++) {
                player.send(State.LOGIN, new LoginPluginRequest(i, "some:mod", Bytes.EMPTY));
            }
            player.isHungUpWithin(LONGEST_LIFE);
        });
        try (Peer peer = client()) {
            Guest.hello(peer, version.number(), "house.test", name);
            if (authenticated) {
                Guest.authenticate(peer);
            }
            for (int i = 0; i < questions; i++) {
                peer.read();
            }
            misbehave(peer, State.LOGIN, Direction.SERVERBOUND);
        }
    }

    private void configuration() throws IOException {
        house.expect(name, (player, own) -> {
            House.logIn(player, own);
            player.isHungUpWithin(LONGEST_LIFE);
        });
        try (Peer peer = client()) {
            logIn(peer);
            if (Guest.hasConfiguration(peer) && !dice.oneIn(10)) {
                peer.send(State.LOGIN, new LoginAcknowledged());
            }
            misbehave(peer, Guest.hasConfiguration(peer) ? State.CONFIGURATION : State.PLAY, Direction.SERVERBOUND);
        }
    }

    private void play() throws IOException {
        try (Peer peer = client()) {
            logIn(peer);
            Guest.configure(peer);
            if (dice.oneIn(2)) {
                Guest.awaitId(peer, State.PLAY, "JoinGame");
            }
            misbehave(peer, State.PLAY, Direction.SERVERBOUND);
        }
    }

    private void logIn(Peer peer) throws IOException {
        Guest.hello(peer, version.number(), dice.oneIn(2) ? "house.test" : "told.test", name);
        if (authenticated) {
            Guest.authenticate(peer);
        }
        Guest.awaitLogin(peer);
    }

    private void passingThrough() throws IOException {
        boolean known = dice.oneIn(2);
        house.expect(name, (player, own) -> {
            if (dice.oneIn(2)) {
                misbehave(player, State.LOGIN, Direction.CLIENTBOUND);
            } else {
                House.welcome(player, own);
            }
        });
        try (Peer peer = client()) {
            String host = known ? "through.test" : "house.test";
            peer.send(
                State.HANDSHAKE,
                new Handshake(known ? version.number() : UNKNOWN, host, 25_565, Handshake.LOGIN)
            );
            peer.version(known ? version : House.VERSIONS.newest());
            peer.send(State.LOGIN, new LoginStart(name, Optional.empty(), Optional.of(new UUID(1, 2))));
            // The server's script takes its chances from the same dice, so this end only waits or goes.
            if (peer.isHungUpWithin(Duration.ofMillis(200))) {
                return;
            }
            peer.stream(new byte[] { 1, 2, 3 });
        }
    }

    private void serverStatus() throws IOException {
        try (Peer peer = client()) {
            String host = dice.oneIn(3) ? "house.test" : "wild.test";
            peer.send(State.HANDSHAKE, new Handshake(dice.one(PROTOCOLS), host, 25_565, Handshake.STATUS));
            peer.frame(new byte[] { 0 });
            hungUp(peer, "a client that asked for a status");
        }
    }

    /** The player is decent, the server is not. */
    private void server(State from) throws IOException {
        State where =
            from == State.CONFIGURATION && version.number() < Guest.FIRST_WITH_CONFIGURATION ? State.PLAY : from;
        var serverDice = new Dice(dice.anyLong());
        house.expect(name, (player, own) -> {
            if (where != State.LOGIN) {
                House.logIn(player, own);
            }
            if (where == State.PLAY) {
                House.configure(player);
                if (serverDice.oneIn(2)) {
                    player.send(State.PLAY, Samples.joinGame(player.version()));
                }
            }
            misbehave(player, where, Direction.CLIENTBOUND, serverDice);
        });
        try (Peer peer = client()) {
            logIn(peer);
            if (where == State.CONFIGURATION) {
                peer.send(State.LOGIN, new LoginAcknowledged());
            } else {
                Guest.configure(peer);
            }
            hungUp(peer, "a player of a hostile server");
        }
    }

    private void misbehave(Peer peer, State state, Direction direction) throws IOException {
        misbehave(peer, state, direction, dice);
    }

    private void misbehave(Peer peer, State state, Direction direction, Dice chance) throws IOException {
        int times = 1 + chance.of(3);
        for (int i = 0; i < times; i++) {
            var malice = new Malice(chance, peer.version(), state, direction, peer.threshold());
            peer.streamInPieces(malice.stream(), chance);
            if (chance.oneIn(12)) {
                peer.encryptWrongly(chance.oneIn(2) ? null : chance.bytes(16));
            }
        }
        end(peer, chance);
    }

    private void end(Peer peer) throws IOException {
        end(peer, dice);
    }

    private void end(Peer peer, Dice chance) throws IOException {
        switch (chance.of(16)) {
            case 0 -> hungUp(peer, "a silent peer");
            case 1 -> {
                peer.endOutput();
                hungUp(peer, "a peer that said its last word");
            }
            case 2, 3, 4 -> peer.reset();
            case 5, 6, 7, 8 -> peer.isHungUpWithin(Duration.ofMillis(chance.of(50)));
            default -> peer.close();
        }
    }

    private void hungUp(Peer peer, String what) {
        if (!peer.isHungUpWithin(LONGEST_LIFE)) {
            watch.complain(this + ": " + what + " is still connected after " + LONGEST_LIFE, null);
        }
    }
}
