package io.nightporter.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Waits for what ends the program: SIGTERM, SIGINT (Ctrl-C), or a part that cannot go on. A second SIGINT ends it
 * at once.
 */
final class EndOfProgram {

    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

    EndOfProgram() {}

    /** From now on the signals no longer end the program by themselves. */
    static EndOfProgram onSignals() {
        var end = new EndOfProgram();
        AtomicInteger interrupts = new AtomicInteger();
        Signals.on("TERM", () -> end.request(ExitCode.DONE));
        Signals.on("INT", () -> {
            if (interrupts.incrementAndGet() > 1) {
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
            }
            end.request(ExitCode.DONE);
        });
        return end;
    }

    /** The first request decides. */
    void request(int code) {
        exitCode.complete(code);
    }

    /** Waits that long at most. */
    boolean isRequestedWithin(int millis) {
        try {
            exitCode.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Done, with the exit code, as soon as somebody has asked for the end. */
    CompletableFuture<Integer> requested() {
        return exitCode;
    }

    /** Blocks until somebody has asked for the end, and says with which exit code. */
    int await() {
        return exitCode.join();
    }
}
