package io.nightporter.proxy.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a configuration, and loads it again when its file, or a file that it names, has changed. It looks once in a
 * while instead of asking the file system to tell, because that works on every file system, in containers and across
 * symbolic links.
 *
 * <p>A changed configuration is read whole first. If anything is wrong with it, that is logged, and the running one
 * stays in force.
 */
public final class ConfigurationWatcher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ConfigurationWatcher.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Is told of a configuration that is to be used from now on. Calls never overlap. */
    @FunctionalInterface
    public interface Listener {
        /** @param notApplied keys that differ from what the program was started with and need a restart */
        void changed(Configuration previous, Configuration next, List<String> notApplied);
    }

    private final Configuration initial;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();

    // All guarded by the lock.
    private Listener listener = (_, _, _) -> {};
    private Configuration current;
    private Map<Watched, FileStamp> used;
    private @Nullable Map<Watched, FileStamp> unsettled;

    private ConfigurationWatcher(Configuration initial, Map<Watched, FileStamp> used) {
        this.initial = initial;
        this.current = initial;
        this.used = used;
    }

    /**
     * Reads the file. Blocks.
     *
     * @throws ConfigurationException with everything that is wrong with the file
     */
    public static ConfigurationWatcher load(Path file) throws ConfigurationException {
        Map<Watched, FileStamp> seen = stamps(Set.of(new Watched.File(file)), Map.of());
        Reading reading = new Reading(file);
        Configuration configuration = ConfigurationReader.read(reading);
        warn(reading);
        return new ConfigurationWatcher(configuration, withNew(reading.watched(), seen));
    }

    /** What was loaded at first. */
    public Configuration initial() {
        return initial;
    }

    /** Watches from now on, until this is closed. The listener is called on another thread. */
    public void start(Listener listener) {
        start(listener, INTERVAL);
    }

    void start(Listener listener, Duration interval) {
        lock.lock();
        try {
            this.listener = listener;
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual()
            .name("configuration-watcher")
            .start(() -> watch(interval));
    }

    /** Reads the file now, whether it seems to have changed or not. Blocks until the listener has returned. */
    public void reload() {
        lock.lock();
        try {
            load(stamps(used.keySet(), used));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void watch(Duration interval) {
        try {
            while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                look();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        lock.lock();
        try {
            Map<Watched, FileStamp> seen = stamps(used.keySet(), unsettled == null ? used : unsettled);
            if (sameContent(seen, used)) {
                used = seen;
                unsettled = null;
            } else if (unsettled != null && sameContent(seen, unsettled)) {
                load(seen);
            } else {
                // Perhaps it is being written just now: only what stays the same until the next look is used.
                unsettled = seen;
            }
        } finally {
            lock.unlock();
        }
    }

    private void load(Map<Watched, FileStamp> seen) {
        Reading reading = new Reading(initial.file());
        try {
            Configuration next = ConfigurationReader.read(reading);
            warn(reading);
            apply(next);
        } catch (ConfigurationException e) {
            for (ConfigurationProblem problem : e.problems()) {
                log.error("configuration not reloaded, the running one stays problem=\"{}\"", problem);
            }
        } finally {
            used = withNew(reading.watched(), seen);
            unsettled = null;
        }
    }

    private void apply(Configuration next) {
        if (next.equals(current)) {
            log.info("configuration unchanged file={}", next.file());
            return;
        }
        List<String> notApplied = ConfigurationChange.notAppliedLive(initial, next);
        try {
            listener.changed(current, next, notApplied);
            current = next;
            log.info("configuration reloaded file={} servers={}", next.file(), next.servers().size());
            if (!notApplied.isEmpty()) {
                log.warn("configuration needs a restart for keys={}", String.join(",", notApplied));
            }
        } catch (RuntimeException e) {
            log.error("configuration could not be applied file={}", next.file(), e);
        }
    }

    private static void warn(Reading reading) {
        reading.warnings().forEach(warning -> log.warn("configuration doubtful problem=\"{}\"", warning));
    }

    private static Map<Watched, FileStamp> stamps(Set<Watched> all, Map<Watched, FileStamp> earlier) {
        Map<Watched, FileStamp> stamps = new HashMap<>();
        all.forEach(one -> stamps.put(one, one.stamp(earlier.get(one))));
        return stamps;
    }

    /** What was seen before these files were read; a file that was not known then is looked at now. */
    private static Map<Watched, FileStamp> withNew(Set<Watched> all, Map<Watched, FileStamp> seen) {
        Map<Watched, FileStamp> stamps = new HashMap<>();
        for (Watched one : all) {
            FileStamp before = seen.get(one);
            stamps.put(one, before == null ? one.stamp(null) : before);
        }
        return stamps;
    }

    private static boolean sameContent(Map<Watched, FileStamp> a, Map<Watched, FileStamp> b) {
        return a
            .entrySet()
            .stream()
            .allMatch(entry -> entry.getValue().hasSameContent(b.get(entry.getKey())));
    }
}
