package io.nightporter.orchestrator.fleet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Orders that wait until the work at hand is done or cut short, and answers that wait until everybody can see what has come
 * of what was ordered. Part of an actor.
 */
final class Orders {

    private final Deque<Runnable> orders = new ArrayDeque<>();
    private final Deque<Runnable> answers = new ArrayDeque<>();

    /** For when the actor is free. */
    <T> void put(Supplier<T> order, CompletableFuture<T> answer) {
        orders.add(() -> answer(order, answer));
    }

    /**
     * Carries out the oldest order.
     *
     * @return false: there is none
     */
    boolean takeNext() {
        Runnable order = orders.poll();
        if (order == null) {
            return false;
        }
        order.run();
        return true;
    }

    /** Finds the answer now; it is sent by {@link #sendAnswers}. What goes wrong is told at once, and thrown. */
    <T> void answer(Supplier<T> question, CompletableFuture<T> answer) {
        try {
            T value = question.get();
            answers.add(() -> answer.complete(value));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
            throw e;
        }
    }

    void sendAnswers() {
        for (Runnable answer = answers.poll(); answer != null; answer = answers.poll()) {
            answer.run();
        }
    }
}
