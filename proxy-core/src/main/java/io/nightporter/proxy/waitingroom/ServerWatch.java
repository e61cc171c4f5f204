package io.nightporter.proxy.waitingroom;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.orchestrator.ping.StatusPing;
import io.nightporter.orchestrator.ping.StatusPingException;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.fleet.FleetLink;
import io.nightporter.proxy.fleet.Outlook;
import io.nightporter.proxy.text.Message;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.text.WaitingWords;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks out for one server on behalf of everybody who waits for it. However many they are, the server is asked by one
 * alone; when it is ready they are let go in the order in which they came, some at a time, and one who does not get in
 * stands behind the others. Safe for all threads.
 */
public final class ServerWatch {

    private static final Logger log = LoggerFactory.getLogger(ServerWatch.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration BETWEEN_EAGER_LOOKS = Duration.ofMillis(40);
    private static final Duration EAGER = Duration.ofSeconds(1);
    /** The fleet has asked the server itself in that time, and been answered. */
    private static final Duration JUST_AWAKE = Duration.ofSeconds(1);
    private static final Duration LOOK_LIMIT = Duration.ofMillis(1_500);
    /** As many as a server lets in within moments; the next go when these are in. */
    private static final int AT_ONCE = 48;
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(400);
    private static final Duration BACK_OFF = Duration.ofSeconds(1);
    /** After so many failures in a row it is not a matter of moments. */
    private static final int PATIENT_FAILURES = 30;
    private static final Duration LONG_BACK_OFF = Duration.ofSeconds(8);
    /** What takes less was no start: the server was there, or nearly. */
    private static final Duration SHORTEST_ABSENCE = Duration.ofSeconds(1);
    /** From so many of a server's past absences the next one's end is guessed. */
    private static final int REMEMBERED = 9;

    /** Somebody who waits. Called from other threads: each goes to its event loop by itself. */
    public interface Waiter {
        /** Which addresses of the server are of use. */
        int protocol();

        /** Whether the server must have shown that it is ready, so that trying it out is not enough. */
        boolean onlyWhenCertain();

        /** It is this one's turn: {@link #ended} must follow once. */
        void mayGo();

        /** The configuration has no such server any more. */
        void serverRemoved();
    }

    /** What an address answers. */
    private enum Health {
        AWAY,
        /** Somebody listens, and does not say what. */
        CONNECTABLE,
        READY,
    }

    /** The state of one who waits. */
    private static final class Place {

        int failures;
        long notBefore;
        boolean going;
    }

    private final String name;
    private final Supplier<@Nullable ServerSettings> settings;
    private final FleetLink fleet;
    private final Map<Waiter, Place> places = new LinkedHashMap<>();
    private final Deque<Long> absences = new ArrayDeque<>();
    private Map<ServerAddress, Health> health = Map.of();
    private boolean looking;
    private boolean hinted;
    private long eagerUntil = System.nanoTime();
    private boolean away;
    private long awaySince;
    private int going;

    /**
     * @param settings the server in the configuration in force; null when it is gone
     */
    ServerWatch(String name, Supplier<@Nullable ServerSettings> settings, FleetLink fleet) {
        this.name = name;
        this.settings = settings;
        this.fleet = fleet;
    }

    /**
     * Somebody waits from now on.
     *
     * @param failures how often in a row the server has let this one in without keeping them: that is not helped by trying
     *     again at once
     */
    public synchronized void join(Waiter waiter, int failures) {
        var place = new Place();
        if (failures > 0) {
            place.failures = failures;
            place.notBefore = System.nanoTime() + backOff(failures);
        }
        places.put(waiter, place);
        if (!away) {
            away = true;
            awaySince = System.nanoTime();
        }
        if (!looking) {
            looking = true;
            Thread.ofVirtual()
                .name("watch-" + name)
                .start(this::look);
        }
    }

    /** Somebody does not wait any more, got in or not. */
    public synchronized void leave(Waiter waiter) {
        Place place = places.remove(waiter);
        if (place != null && place.going) {
            going--;
            letGo();
        }
    }

    /**
     * What became of one who was let go and did not get in; who did get in {@link #leave}s.
     *
     * @param reached whether the server answered at all
     */
    public synchronized void ended(Waiter waiter, boolean reached) {
        Place place = places.remove(waiter);
        if (place == null) {
            return;
        }
        if (place.going) {
            going--;
            place.going = false;
        }
        place.failures++;
        place.notBefore = System.nanoTime() + backOff(place.failures);
        places.put(waiter, place);
        if (!reached) {
            health = Map.of();
        }
        letGo();
    }

    /** From 1; 0 for somebody who does not wait. */
    public synchronized int position(Waiter waiter) {
        int position = 0;
        for (Waiter other : places.keySet()) {
            position++;
            if (other.equals(waiter)) {
                return position;
            }
        }
        return 0;
    }

    /** What somebody who waits is shown. */
    public Notice notice(Reason reason, Waiter waiter) {
        WaitingWords words = fleet
            .view(name)
            .map(view -> Outlook.waiting(view, Instant.now()))
            .orElse(null);
        if (words == null) {
            words = reason.words(name, left(), reason == Reason.FULL ? position(waiter) : 0);
        }
        return new Notice(words, progress());
    }

    /** How long it will take until the server is there, judged by how long it took before; null: nobody knows. */
    @Nullable
    Duration left() {
        Duration learned = fleet
            .view(name)
            .map(view -> view.readyIn(Instant.now()))
            .orElse(null);
        if (learned != null) {
            return learned;
        }
        synchronized (this) {
            Duration usual = usual();
            return usual == null || !away ? null : usual.minusNanos(System.nanoTime() - awaySince);
        }
    }

    /** For somebody who cannot wait any longer: when it is worth while to try again. */
    public Message comeBack() {
        Duration left = left();
        return left == null || left.isNegative()
            ? Messages.comeBackLater(name)
            : Messages.comeBackSoon(name, left.toSeconds() + 1);
    }

    /** How much of the wait is over, 0 … 1. */
    float progress() {
        Duration left = left();
        synchronized (this) {
            if (!away) {
                return 1;
            }
            double elapsed = System.nanoTime() - awaySince;
            // Where nobody knows, the bar gets ever slower: half of it in the first twenty seconds.
            return left == null
                ? (float) (1 - 1 / (1 + elapsed / 2e10))
                : (float) Math.min(0.99, elapsed / (elapsed + Math.max(1, left.toNanos())));
        }
    }

    private @Nullable Duration usual() {
        if (absences.isEmpty()) {
            return null;
        }
        List<Long> sorted = absences.stream().sorted().toList();
        return Duration.ofNanos(sorted.get(sorted.size() / 2));
    }

    private void look() {
        try {
            while (lookOnce()) {
                pause();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void pause() throws InterruptedException {
        Duration pace = eagerUntil - System.nanoTime() > 0 ? BETWEEN_EAGER_LOOKS : BETWEEN_LOOKS;
        long until = System.nanoTime() + pace.toNanos();
        for (long left = until - System.nanoTime(); left > 0 && !hinted; left = until - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        hinted = false;
    }

    /** Something has happened to the server: it is worth while to look at once, and again in a moment. */
    synchronized void hint() {
        hinted = true;
        eagerUntil = System.nanoTime() + EAGER.toNanos();
        notifyAll();
    }

    /** Returns whether there is anybody left to look out for. */
    private boolean lookOnce() throws InterruptedException {
        ServerSettings server = settings.get();
        Map<ServerAddress, Health> found = server == null ? Map.of() : ask(server);
        synchronized (this) {
            if (places.isEmpty()) {
                looking = false;
                return false;
            }
            if (server == null) {
                List.copyOf(places.keySet()).forEach(Waiter::serverRemoved);
            }
            health = found;
            if (away && found.containsValue(Health.READY)) {
                back();
            } else if (!away && !found.containsValue(Health.READY)) {
                away = true;
                awaySince = System.nanoTime();
            }
            letGo();
            return true;
        }
    }

    private void back() {
        away = false;
        long took = System.nanoTime() - awaySince;
        if (took > SHORTEST_ABSENCE.toNanos()) {
            absences.addLast(took);
        }
        if (absences.size() > REMEMBERED) {
            absences.removeFirst();
        }
        log.info(
            "server ready server={} afterMs={} waiting={}",
            name,
            Duration.ofNanos(took).toMillis(),
            places.size()
        );
    }

    private void letGo() {
        long now = System.nanoTime();
        boolean certain = health.containsValue(Health.READY);
        boolean possible = certain || health.containsValue(Health.CONNECTABLE);
        int most = certain ? AT_ONCE : 1;
        List<Waiter> next = new ArrayList<>();
        for (Iterator<Map.Entry<Waiter, Place>> all = places.entrySet().iterator(); possible && all.hasNext(); ) {
            if (going >= most) {
                break;
            }
            Map.Entry<Waiter, Place> entry = all.next();
            Place place = entry.getValue();
            Waiter waiter = entry.getKey();
            if (!place.going && now - place.notBefore >= 0 && isFor(waiter)) {
                place.going = true;
                going++;
                next.add(waiter);
            }
        }
        next.forEach(Waiter::mayGo);
    }

    private boolean isFor(Waiter waiter) {
        return health
            .entrySet()
            .stream()
            .anyMatch(
                entry ->
                    entry.getKey().versions().contains(waiter.protocol()) &&
                    (entry.getValue() == Health.READY ||
                        (entry.getValue() == Health.CONNECTABLE && !waiter.onlyWhenCertain()))
            );
    }

    private static long backOff(int failures) {
        Duration step = failures == 1 ? FIRST_BACK_OFF : failures > PATIENT_FAILURES ? LONG_BACK_OFF : BACK_OFF;
        return (long) (step.toNanos() * (0.75 + ThreadLocalRandom.current().nextDouble() / 4));
    }

    /** Asks all addresses at once. */
    private Map<ServerAddress, Health> ask(ServerSettings server) throws InterruptedException {
        Map<ServerAddress, Health> found = new HashMap<>();
        if (server.managed() && fleet.hasJustWoken(server.name(), JUST_AWAKE)) {
            fleet.of(server).forEach(address -> found.put(address, Health.READY));
            return found;
        }
        List<Thread> threads = new ArrayList<>();
        for (ServerAddress address : Set.copyOf(fleet.of(server))) {
            threads.add(
                Thread.ofVirtual().start(() -> {
                    Health one = ask(server, address.address());
                    synchronized (found) {
                        found.put(address, one);
                    }
                })
            );
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return found;
    }

    private static Health ask(ServerSettings server, HostAndPort address) {
        var ping = new StatusPing(
            new InetSocketAddress(address.host(), address.port()),
            address.host(),
            address.port(),
            -1,
            LOOK_LIMIT,
            server.sendProxyProtocol()
        );
        try {
            ping.ask();
            return Health.READY;
        } catch (StatusPingException e) {
            return e.reached() ? Health.CONNECTABLE : Health.AWAY;
        }
    }
}
