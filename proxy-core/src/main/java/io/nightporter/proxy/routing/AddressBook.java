package io.nightporter.proxy.routing;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.proxy.config.ServerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of each address: how many players are on it, and whether it could be reached. It outlives reloads of
 * the configuration, is safe for all threads and never waits.
 *
 * <p>An address that could not be reached is left alone for a second, then twice as long after each further failure,
 * up to half a minute. When that time is over it stands in line with the healthy ones again, but only the first who
 * is to go there gets it: the others shall not have to wait for what may well fail again.
 */
public final class AddressBook {

    static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
    static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(AddressBook.class);

    private final ConcurrentHashMap<HostAndPort, Standing> standings = new ConcurrentHashMap<>();
    private final Whereabouts whereabouts;
    private final LongSupplier nanos;
    private final DoubleSupplier random;

    public AddressBook(Whereabouts whereabouts) {
        this(whereabouts, System::nanoTime, () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * @param nanos the time, as {@link System#nanoTime()} tells it
     * @param random from 0 to 1, shortens the back-offs by up to a quarter
     */
    AddressBook(Whereabouts whereabouts, LongSupplier nanos, DoubleSupplier random) {
        this.whereabouts = whereabouts;
        this.nanos = nanos;
        this.random = random;
    }

    /** Where a server is at this moment; empty: nowhere. */
    public List<ServerAddress> known(ServerSettings server) {
        return whereabouts.of(server);
    }

    /** Whether a server lets in players of this version, once it is there. */
    public boolean takes(ServerSettings server, int protocol) {
        return server.managed()
            ? server.versions().contains(protocol)
            : server
                  .addresses()
                  .stream()
                  .anyMatch(address -> address.versions().contains(protocol));
    }

    /** How many players are on any address of a server through this proxy, or on the way there. */
    public int players(ServerSettings server) {
        return known(server).stream().mapToInt(this::players).sum();
    }

    /** A player is on the way to the address; {@link #left} must follow once. */
    public void joined(ServerAddress address) {
        standings.merge(address.address(), new Standing(1, null), (now, _) -> now.withPlayers(now.players + 1));
    }

    /** The player that {@link #joined} told of did not get there, or the connection has ended. */
    public void left(ServerAddress address) {
        standings.computeIfPresent(address.address(), (_, now) ->
            now.withPlayers(Math.max(0, now.players - 1)).orNothing()
        );
    }

    /** How many players are on the address through this proxy, or on the way there. */
    public int players(ServerAddress address) {
        return standing(address).players;
    }

    /** Whether the last attempt to reach the address worked; true for one that nobody tried. */
    public boolean healthy(ServerAddress address) {
        return standing(address).trouble == null;
    }

    /** The address was reached. */
    public void worked(ServerAddress address) {
        standings.computeIfPresent(address.address(), (where, now) -> {
            if (now.trouble == null) {
                return now;
            }
            log.info("address reachable again address={} failures={}", where, now.trouble.failures);
            return new Standing(now.players, null).orNothing();
        });
    }

    /**
     * The address could not be reached.
     *
     * @param reason for the log, a few words
     */
    public void failed(ServerAddress address, String reason) {
        long now = nanos.getAsLong();
        standings.compute(address.address(), (where, before) -> {
            Standing standing = before == null ? Standing.NOTHING : before;
            Trouble trouble = standing.trouble;
            if (trouble == null) {
                Trouble first = new Trouble(1, now + backOff(1), false);
                log.warn("address unreachable address={} reason=\"{}\" retryMs={}", where, reason, first.millis(now));
                return new Standing(standing.players, first);
            }
            if (!trouble.lent && now - trouble.dueAt < 0) {
                return standing; // one of several who were on their way when the first failed
            }
            int failures = Math.min(trouble.failures + 1, 1_000_000);
            return new Standing(standing.players, new Trouble(failures, now + backOff(failures), false));
        });
    }

    /**
     * Where a player of this version may go, best first. Whoever goes to one of them must report {@link #failed} or
     * {@link #worked}.
     *
     * @return addresses whose versions contain {@code protocol}: the reachable ones by fewest players, then as in the
     *     file; if none is reachable, all of them, first the one that will soonest be tried again. Empty if the server
     *     is nowhere at this moment, or does not {@link #takes take} this version.
     */
    public List<ServerAddress> candidates(ServerSettings server, int protocol) {
        long now = nanos.getAsLong();
        List<ServerAddress> known = known(server);
        List<Candidate> fitting = new ArrayList<>(known.size());
        boolean anyHealthy = false;
        for (ServerAddress address : known) {
            if (address.versions().contains(protocol)) {
                Candidate candidate = new Candidate(address, standing(address));
                fitting.add(candidate);
                anyHealthy |= candidate.standing.trouble == null;
            }
        }
        if (anyHealthy) {
            fitting.removeIf(candidate -> !candidate.standing.due(now));
            fitting.sort(Comparator.comparingInt(candidate -> candidate.standing.players));
            Candidate first = fitting.getFirst();
            Trouble trouble = first.standing.trouble;
            if (trouble != null && !lend(first.address, first.standing, trouble, now)) {
                return candidates(server, protocol); // somebody else was quicker and goes there
            }
        } else {
            fitting.sort(Comparator.comparingLong(candidate -> candidate.standing.waitsFor(now)));
        }
        return fitting.stream().map(Candidate::address).toList();
    }

    /** Keeps others away from an address for as long as its next back-off could be. */
    private boolean lend(ServerAddress address, Standing standing, Trouble trouble, long now) {
        Trouble lent = new Trouble(trouble.failures, now + step(trouble.failures), true);
        return standings.replace(address.address(), standing, new Standing(standing.players, lent));
    }

    private Standing standing(ServerAddress address) {
        return standings.getOrDefault(address.address(), Standing.NOTHING);
    }

    private long backOff(int failures) {
        return (long) (step(failures) * (1 - random.getAsDouble() / 4));
    }

    private static long step(int failures) {
        return Math.min(FIRST_BACK_OFF.toNanos() << Math.min(failures - 1, 5), LONGEST_BACK_OFF.toNanos());
    }

    private record Candidate(ServerAddress address, Standing standing) {}

    /**
     * @param trouble null: healthy
     */
    private record Standing(int players, @Nullable Trouble trouble) {
        static final Standing NOTHING = new Standing(0, null);

        Standing withPlayers(int count) {
            return new Standing(count, trouble);
        }

        /** Null when there is nothing to remember. */
        @Nullable
        Standing orNothing() {
            return equals(NOTHING) ? null : this;
        }

        boolean due(long now) {
            return trouble == null || now - trouble.dueAt >= 0;
        }

        long waitsFor(long now) {
            return trouble == null ? 0 : trouble.dueAt - now;
        }
    }

    /**
     * @param failures in a row, from 1
     * @param dueAt in the time of {@link #nanos}, when the address may be tried again
     * @param lent whether somebody was sent there after the back-off; nobody else is until {@code dueAt}
     */
    private record Trouble(int failures, long dueAt, boolean lent) {
        long millis(long now) {
            return Duration.ofNanos(dueAt - now).toMillis();
        }
    }
}
