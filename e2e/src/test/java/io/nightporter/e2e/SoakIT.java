package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.Crowd.Line;
import io.nightporter.e2e.Crowd.Member;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Players who come, play for a while and go, for as long as asked: {@code -Dnightporter.soak.minutes=30}, and how many
 * at a time: {@code -Dnightporter.soak.players=100}. What the process used stands in target/soak.csv afterwards;
 * {@code node soak-chart.mjs} draws it.
 */
@EnabledIfSystemProperty(
    named = "nightporter.soak.minutes",
    matches = "\\d+",
    disabledReason = "takes as long as asked"
)
class SoakIT {

    private static final Duration TIME = Duration.ofMinutes(Long.getLong("nightporter.soak.minutes", 30));
    private static final int PLAYERS = Integer.getInteger("nightporter.soak.players", 100);
    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(5);
    /** What comes later is compared with what was used after this, or after half of a shorter run. */
    private static final Duration WARM_UP = Duration.ofMinutes(5);
    private static final int SHORTEST_STAY_TICKS = 50;
    private static final int LONGEST_STAY_TICKS = 600;

    private record Sample(double seconds, long rssMebibytes, double heapMebibytes, int sockets, int players) {
        String csv() {
            return String.format(
                Locale.ROOT,
                "%.0f,%d,%.1f,%d,%d",
                seconds,
                rssMebibytes,
                heapMebibytes,
                sockets,
                players
            );
        }
    }

    @Test
    void whatThousandsOfPlayersLeaveBehindIsNothing() throws IOException {
        Path file = Workplace.ROOT.resolve("e2e/target/soak.csv");
        try (
            Crowd server = Crowd.server(Host::new);
            NightporterProcess process = NightporterProcess.start(
                "soak",
                ProxyConfig.with("onlineMode: false").server("world", server.port()).yaml()
            );
            Crowd players = Crowd.callers(process.port(), PLAYERS, Guest::new);
            BufferedWriter csv = Files.newBufferedWriter(file)
        ) {
            csv.write("seconds,rss_mib,heap_mib,sockets,players\n");
            List<Sample> samples = new ArrayList<>();
            long start = System.nanoTime();
            while (System.nanoTime() - start < TIME.toNanos()) {
                NightporterProcess.pause(BETWEEN_SAMPLES);
                Sample sample = sample(process, (System.nanoTime() - start) / 1e9);
                samples.add(sample);
                csv.write(sample.csv() + "\n");
                csv.flush();
            }
            long joined = players.begun();
            System.out.printf("soaked %s: %d players joined, samples in %s%n", TIME, joined, file);
            assertThat(Vitals.faults(process.child().lines())).isEmpty();
            double warmUp = Math.min(WARM_UP.toMillis(), TIME.toMillis() / 2) / 1e3;
            long early = rssAround(samples, warmUp);
            long late = rssAround(samples, (double) TIME.toSeconds());
            assertThat(samples.getLast().players())
                .as("players at the end")
                .isGreaterThan(PLAYERS / 2);
            assertThat(joined)
                .as("players who came")
                .isGreaterThan((PLAYERS * TIME.toSeconds()) / 120);
            assertThat(late)
                .as("MiB at the end, after %d MiB in the beginning", early)
                .isLessThan(early + early / 5);
        }
    }

    private static Sample sample(NightporterProcess process, double seconds) {
        Vitals vitals = Vitals.of(process.child().pid());
        String metrics = process.admin("/metrics");
        double heap = sum(metrics, "jvm_memory_used_bytes\\{area=\"heap\"[^}]*\\}") / (1 << 20);
        int players = (int) sum(metrics, "nightporter_players\\{[^}]*\\}");
        return new Sample(seconds, vitals.rssMebibytes(), heap, vitals.sockets(), players);
    }

    private static double sum(String metrics, String name) {
        Matcher lines = Pattern.compile("(?m)^" + name + " (\\S+)$").matcher(metrics);
        double sum = 0;
        while (lines.find()) {
            sum += Double.parseDouble(lines.group(1));
        }
        return sum;
    }

    /** The median of what was used in the minute before. */
    private static long rssAround(List<Sample> samples, double seconds) {
        List<Long> values = samples
            .stream()
            .filter(sample -> sample.seconds() <= seconds + 3 && sample.seconds() >= seconds - 60)
            .map(Sample::rssMebibytes)
            .sorted()
            .toList();
        return values.get(values.size() / 2);
    }

    /** A player: joins, talks and listens for 5 to 60 seconds, and goes. */
    private static final class Guest extends Member {

        private static final AtomicInteger COUNT = new AtomicInteger();
        private static final byte[] WORDS = Utterances.traffic(2_000, Utterances.PROXY_THRESHOLD);
        private int stay = ThreadLocalRandom.current().nextInt(SHORTEST_STAY_TICKS, LONGEST_STAY_TICKS);
        private boolean in;

        @Override
        void begins(Line line) {
            line.say(Utterances.login("world.test", "Soaking" + (COUNT.incrementAndGet() % 1_000_000)));
        }

        @Override
        void hears(Line line, ByteBuffer bytes) {
            in = true;
        }

        @Override
        void tick(Line line) {
            if (--stay <= 0) {
                line.hangUp();
            } else if (in) {
                line.say(WORDS);
            }
        }
    }

    /** The server's end: a world to begin with, then about what a quiet server sends. */
    private static final class Host extends Attackers.Server {

        private static final byte[] WORLD = Utterances.traffic(1 << 20, Utterances.PROXY_THRESHOLD);
        private static final byte[] NEWS = Utterances.traffic(4_000, Utterances.PROXY_THRESHOLD);
        /** So that the proxy keeps half of a frame for the time between two ticks. */
        private static final int CUT = 500;
        private boolean first = true;

        @Override
        void welcome(Line line) {
            line.say(WORLD);
        }

        @Override
        void tick(Line line) {
            if (hasWelcomed()) {
                line.say(Arrays.copyOfRange(NEWS, first ? 0 : CUT, NEWS.length));
                line.say(Arrays.copyOf(NEWS, CUT));
                first = false;
            }
        }
    }
}
