package io.nightporter.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** How long something took for each of many, by name; written to delays.txt among the logs. */
public final class Delays {

    private static final Path FILE = Workplace.LOGS.resolve("delays.txt");

    private final String what;
    private final Map<String, Duration> all = new TreeMap<>();

    public Delays(String what) {
        this.what = what;
    }

    public synchronized void add(String who, Duration delay) {
        all.put(who, delay);
    }

    public synchronized Duration longest() {
        return all.values().stream().max(Comparator.naturalOrder()).orElseThrow();
    }

    public Duration median() {
        return percentile(50);
    }

    /** The shortest of them that so many percent of all are not longer than. */
    public synchronized Duration percentile(int percent) {
        return all
            .values()
            .stream()
            .sorted()
            .skip(Math.ceilDiv(all.size() * percent, 100) - 1)
            .findFirst()
            .orElseThrow();
    }

    public synchronized void publish() {
        String slowest = all
            .entrySet()
            .stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse("nobody");
        String line = "%s: %d times, p50 %d ms, p99 %d ms, max %d ms (%s)%n".formatted(
            what,
            all.size(),
            median().toMillis(),
            percentile(99).toMillis(),
            longest().toMillis(),
            slowest
        );
        try {
            Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
