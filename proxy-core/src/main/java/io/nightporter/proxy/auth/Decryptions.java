package io.nightporter.proxy.auth;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does the arithmetic of logins beside the event loops: a millisecond of RSA would hold up everybody who plays on the
 * same loop. A few at a time, in no particular order, and no more than a number of them may be waiting.
 */
public final class Decryptions {

    private final Semaphore running;
    private final Semaphore places;

    /**
     * @param atOnce how many run at a time
     * @param waiting how many more may be there
     */
    public Decryptions(int atOnce, int waiting) {
        this.running = new Semaphore(atOnce);
        this.places = new Semaphore(atOnce + waiting);
    }

    /**
     * Does a piece of work on a thread of its own.
     *
     * @return what it returns or throws, without a wrapping; null when too much is waiting already
     */
    public <T> @Nullable CompletionStage<T> begin(Supplier<T> work) {
        if (!places.tryAcquire()) {
            return null;
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            running.acquireUninterruptibly();
            Runnable outcome;
            try {
                T value = work.get();
                outcome = () -> result.complete(value);
            } catch (Throwable e) {
                outcome = () -> result.completeExceptionally(e);
            } finally {
                running.release();
                places.release();
            }
            outcome.run();
        });
        return result;
    }
}
