package io.nightporter.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.nightporter.bench.load.CrowdOrder.Kind;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Carries out one {@link CrowdOrder}: lets players, joiners or pingers loose on a proxy and measures. */
final class Crowd {

    /** Ids above this one concern nobody. */
    private static final int IDS = 256;
    private static final Set<String> OF_CONCERN = Set.of(
        "JoinGame",
        "KeepAlive",
        "Disconnect",
        "PlayerPosition",
        "StartConfiguration",
        "CookieRequest",
        "Ping"
    );
    private static final int STEPS = 64;
    private static final long LOOK_AROUND_MILLIS = 100;
    private static final long GOODBYE_MILLIS = 3_000;
    /** Names are taken once only, so that nobody meets an older self. */
    private static final AtomicLong NAMES = new AtomicLong(((System.nanoTime() / 1_000_000) % 1_000_000) * 1_000);

    private final Loop loop;
    private final CrowdOrder order;
    private final ProtocolVersion version;
    private final Tally tally = new Tally();
    private final Identity identity = new Identity();
    private final Ticks<Player> ticks;
    private final Set<Guest> guests = new HashSet<>();
    private final boolean[] concerns = new boolean[IDS];
    private final List<ByteBuf> steps = new ArrayList<>();
    private final List<ByteBuf> stepsOnCompressedLink = new ArrayList<>();
    private final CompletableFuture<@Nullable Void> everybodyThere = new CompletableFuture<>();
    private int nextStep;
    private long time;
    private boolean closing;

    Crowd(Loop loop, CrowdOrder order) {
        this.loop = loop;
        this.order = order;
        version = Objects.requireNonNull(ProtocolVersions.builtIn().find(order.protocol()), "unknown protocol");
        ticks = new Ticks<>(loop.thread(), Player::tick);
        for (int id = 0; id < IDS; id++) {
            String name = version.packetName(State.PLAY, Direction.CLIENTBOUND, id);
            concerns[id] = name != null && OF_CONCERN.contains(name);
        }
        for (int i = 0; i < STEPS; i++) {
            steps.add(Unpooled.buffer());
            Player.writePosition(this, false, steps.getLast());
            stepsOnCompressedLink.add(Unpooled.buffer());
            Player.writePosition(this, true, stepsOnCompressedLink.getLast());
        }
    }

    /** Blocks until the measurement is over and everybody has left. */
    CrowdReport run() throws InterruptedException, ExecutionException {
        var lookout = loop
            .thread()
            .scheduleAtFixedRate(this::lookAround, LOOK_AROUND_MILLIS, LOOK_AROUND_MILLIS, TimeUnit.MILLISECONDS);
        loop.thread().submit(this::begin).get();
        if (order.kind() == Kind.PLAY) {
            awaitEverybody();
        }
        // A collection now makes one during the measurement unlikely.
        System.gc();
        sleep(order.warmup());
        Snapshot before = loop
            .thread()
            .submit(() -> look(true))
            .get();
        sleep(order.seconds());
        Snapshot after = loop
            .thread()
            .submit(() -> look(false))
            .get();
        long residentKib = Machine.residentKib(order.proxy());
        CrowdReport report = loop
            .thread()
            .submit(() -> report(before, after, residentKib))
            .get();
        lookout.cancel(false);
        goHome();
        return report;
    }

    private void awaitEverybody() throws InterruptedException, ExecutionException {
        try {
            everybodyThere.get((long) (order.count() / order.ramp()) + 30, TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            loop.thread()
                .submit(() -> tally.reason("not everybody came in time"))
                .get();
        }
    }

    private static void sleep(double seconds) throws InterruptedException {
        Thread.sleep((long) (seconds * 1_000));
    }

    private void begin() {
        for (int i = 0; i < order.count(); i++) {
            if (order.kind() == Kind.PLAY) {
                loop.thread().schedule(this::start, (long) ((i * 1e9) / order.ramp()), TimeUnit.NANOSECONDS);
            } else {
                start();
            }
        }
    }

    private void start() {
        if (closing) {
            return;
        }
        Guest guest = switch (order.kind()) {
            case PLAY -> new Player(this, order.port(), newName(), order.positions());
            case JOIN -> new Player(this, order.port(), newName(), 0);
            case PING -> new Pinger(this, order.port());
        };
        guests.add(guest);
        ChannelFuture connected = loop.connect(order.port(), guest);
        connected.addListener(done -> {
            if (!done.isSuccess()) {
                guest.onEnd("cannot connect: " + done.cause().getMessage());
            }
        });
    }

    private static String newName() {
        return "load" + Long.toString(NAMES.getAndIncrement(), Character.MAX_RADIX);
    }

    /** Somebody is in the world; returns the slot of its ticks, or -1 where it goes again at once. */
    int onJoined(Player player) {
        tally.joined++;
        if (order.kind() == Kind.PLAY || tally.measuring) {
            Quantiles.record(tally.login, player.age());
        }
        if (order.kind() == Kind.JOIN) {
            player.leave();
            return -1;
        }
        checkEverybodyThere();
        return ticks.add(player);
    }

    void onEnd(Guest guest, @Nullable String why) {
        guests.remove(guest);
        if (guest instanceof Player player && player.slot() >= 0) {
            ticks.remove(player, player.slot());
        }
        if (closing) {
            return;
        }
        boolean stays = order.kind() == Kind.PLAY;
        if (!guest.hasArrived()) {
            tally.failed++;
            tally.reason(why);
            checkEverybodyThere();
        } else if (stays) {
            tally.lost++;
            tally.reason(why);
        } else if (tally.measuring) {
            tally.done++;
            if (guest instanceof Pinger) {
                Quantiles.record(tally.ping, guest.age());
            }
        }
        if (!stays) {
            // Not at once: who is refused would never get out of here.
            loop.thread().execute(this::start);
        }
    }

    private void checkEverybodyThere() {
        if (tally.joined + tally.failed >= order.count()) {
            everybodyThere.complete(null);
        }
    }

    private void lookAround() {
        for (Guest guest : List.copyOf(guests)) {
            if (guest.isOverdue()) {
                guest.onEnd("got no further for too long");
                guest.close();
            }
        }
    }

    private Snapshot look(boolean measuring) {
        tally.measuring = measuring;
        return Snapshot.take(order, tally);
    }

    private CrowdReport report(Snapshot before, Snapshot after, long residentKib) {
        long missing = 0;
        long strange = 0;
        long changedBytes = 0;
        for (Guest guest : guests) {
            if (guest instanceof Player player) {
                missing += player.missing();
                strange += player.strange();
                changedBytes += player.changedBytes();
            }
        }
        double seconds = after.time() - before.time();
        double crowd = (after.crowdCpu() - before.crowdCpu()) / seconds;
        double server = (after.serverCpu() - before.serverCpu()) / seconds;
        double proxy = after.proxyCpu() - before.proxyCpu();
        double others = (after.othersCpu() - before.othersCpu()) / seconds;
        double stolen = (after.machine().stolen() - before.machine().stolen()) / seconds;
        double busy = Machine.cores() - (after.machine().idle() - before.machine().idle()) / seconds - stolen;
        return new CrowdReport(
            seconds,
            tally.encrypted,
            tally.joined,
            tally.failed,
            tally.lost,
            tally.done,
            after.clientboundPackets() - before.clientboundPackets(),
            after.payloadBytes() - before.payloadBytes(),
            after.wireBytes() - before.wireBytes(),
            after.positions() - before.positions(),
            after.positions(),
            missing,
            strange,
            changedBytes,
            tally.inflated,
            Quantiles.of(tally.latency),
            Quantiles.of(tally.login),
            Quantiles.of(tally.ping),
            proxy,
            residentKib,
            crowd,
            server,
            busy,
            Math.max(0, busy - crowd - server - others - proxy / seconds),
            stolen,
            tally.reasons()
        );
    }

    /** Everybody leaves politely; who is not gone after a while is cut off. */
    private void goHome() throws InterruptedException, ExecutionException {
        loop.thread().submit(this::leaveAll).get();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GOODBYE_MILLIS);
        while (System.nanoTime() - deadline < 0 && !loop.thread().submit(guests::isEmpty).get()) {
            Thread.sleep(LOOK_AROUND_MILLIS);
        }
        loop.thread()
            .submit(() -> List.copyOf(guests).forEach(Guest::close))
            .get();
    }

    private void leaveAll() {
        closing = true;
        for (Guest guest : List.copyOf(guests)) {
            if (guest.hasArrived()) {
                guest.leave();
            } else {
                guest.close();
            }
        }
    }

    /** When the bytes came that are being looked at, of {@link System#nanoTime}. */
    long time() {
        return time;
    }

    void time(long now) {
        time = now;
    }

    boolean concerns(int id) {
        return id >= 0 && id < IDS && concerns[id];
    }

    /** A frame with a step, to be sent and released. */
    ByteBuf position(boolean compressedLink) {
        List<ByteBuf> frames = compressedLink ? stepsOnCompressedLink : steps;
        ByteBuf frame = frames.get(nextStep++ % STEPS);
        return PooledByteBufAllocator.DEFAULT.directBuffer(frame.readableBytes()).writeBytes(frame.duplicate());
    }

    Tally tally() {
        return tally;
    }

    ProtocolVersion version() {
        return version;
    }

    Identity identity() {
        return identity;
    }
}
