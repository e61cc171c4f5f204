package io.nightporter.proxy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.protocol.version.ProtocolVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever clients and servers send, nobody else notices and nothing is left behind.
 *
 * <p>{@code -Dnightporter.fuzz.seconds=3600} makes it an hour instead of a minute. A failure names the seeds of the cases
 * that ran when something went wrong; {@code -Dnightporter.fuzz.seed=17,-4} runs these and no others.
 */
class HostilePeersTest {

    private static final Duration TIME = Duration.ofSeconds(Long.getLong("nightporter.fuzz.seconds", 60));
    private static final String SEEDS = System.getProperty("nightporter.fuzz.seed", "");
    /** Most cases wait most of the time. */
    private static final int AT_ONCE = 64;
    private static final int REPEATS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int[] DECENT_PROTOCOLS = { 4, 47, 340, 763, 767, 777 };

    @TempDir
    Path folder;

    @Test
    void cannotHarmAnybodyNorLeaveAnythingBehind() throws Exception {
        try (Watch watch = new Watch(); House house = new House(folder)) {
            serveEverybodyDecent(house, watch);
            // Connections that were told goodbye are closed after a moment.
            TimeUnit.SECONDS.sleep(3);
            int buffers = Watch.buffersInUse();
            int descriptors = Watch.openDescriptors();

            long cases = SEEDS.isEmpty() ? run(house, watch) : replay(house, watch);

            awaitRest("buffers of " + cases + " cases", () -> Watch.buffersInUse() <= buffers);
            awaitRest("connections of " + cases + " cases", () -> Watch.openDescriptors() <= descriptors);
            Watch.collectGarbage();
            assertThat(watch.complaints()).as("%d cases", cases).isEmpty();
            assertThat(Watch.buffersInUse()).as("buffers that nobody released").isLessThanOrEqualTo(buffers);
            assertThat(Watch.openDescriptors()).as("connections that nobody closed").isLessThanOrEqualTo(descriptors);
            serveEverybodyDecent(house, watch);
            assertThat(watch.complaints()).isEmpty();
        }
    }

    private static long run(House house, Watch watch) throws InterruptedException {
        long deadline = System.nanoTime() + TIME.toNanos();
        AtomicLong cases = new AtomicLong();
        var seeds = new SplittableRandom();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                var own = seeds.split();
                threads.execute(() -> {
                    while (System.nanoTime() - deadline < 0 && watch.complaints().isEmpty()) {
                        new Case(own.nextLong(), house, watch).run();
                        cases.incrementAndGet();
                    }
                });
            }
            while (System.nanoTime() - deadline < 0 && watch.complaints().isEmpty()) {
                serveEverybodyDecent(house, watch);
                TimeUnit.SECONDS.sleep(1);
            }
        }
        System.out.println("fuzzed with " + cases + " hostile connections");
        return cases.get();
    }

    private static long replay(House house, Watch watch) {
        long[] seeds = Arrays.stream(SEEDS.split(",")).mapToLong(Long::parseLong).toArray();
        for (int i = 0; i < REPEATS; i++) {
            for (long seed : seeds) {
                Case one = new Case(seed, house, watch);
                System.out.println(one);
                one.run();
            }
        }
        return (long) REPEATS * seeds.length;
    }

    /** While the others do what they do. */
    private static void serveEverybodyDecent(House house, Watch watch) {
        for (int protocol : DECENT_PROTOCOLS) {
            ProtocolVersion version = House.version(protocol);
            for (boolean authenticated : new boolean[] { false, true }) {
                try {
                    house.serveDecentPlayer(authenticated, version);
                } catch (IOException | RuntimeException e) {
                    watch.complainOfDecent("a decent player of " + version + " was not served", e);
                }
            }
        }
    }

    private static void awaitRest(String what, BooleanSupplier rest) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!rest.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                System.out.println("not at rest in time: " + what);
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
