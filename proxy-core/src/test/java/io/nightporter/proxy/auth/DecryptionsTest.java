package io.nightporter.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.protocol.packet.BadPacketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DecryptionsTest {

    @Test
    void onlySoManyRunAtATimeAndOnlySoManyWait() throws Exception {
        Decryptions decryptions = new Decryptions(2, 3);
        CountDownLatch twoRun = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            all.add(
                begin(decryptions, () -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    twoRun.countDown();
                    await(goOn);
                    running.decrementAndGet();
                    return number;
                })
            );
        }
        twoRun.await();

        assertThat(decryptions.begin(() -> 6))
            .as("the sixth")
            .isNull();
        goOn.countDown();
        assertThat(all.stream().map(CompletableFuture::join)).containsExactly(0, 1, 2, 3, 4);
        assertThat(most).hasValue(2);
    }

    @Test
    void thereIsRoomAgainAfterwardsAlsoAfterFailures() {
        Decryptions decryptions = new Decryptions(1, 0);
        for (int i = 0; i < 100; i++) {
            var failure = new BadPacketException("test", "not ours");
            var failed = begin(decryptions, () -> {
                throw failure;
            });
            assertThat(failed.handle((_, e) -> e).join())
                .as("as it was thrown")
                .isSameAs(failure);
        }
    }

    private static <T> CompletableFuture<T> begin(Decryptions decryptions, Supplier<T> work) {
        return Objects.requireNonNull(decryptions.begin(work)).toCompletableFuture();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
