package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.model.FleetEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Events and answers, kept until everybody can see what they are about: whoever hears of something and then looks finds it so.
 * Part of an actor.
 */
final class Outbox {

    private final Consumer<FleetEvent> told;
    private final Deque<FleetEvent> events = new ArrayDeque<>();
    private final Deque<Runnable> answers = new ArrayDeque<>();
    /** What to do about promises that are still open, if nobody is there any more to keep them. */
    private final Set<Runnable> promises = ConcurrentHashMap.newKeySet();

    Outbox(Consumer<FleetEvent> told) {
        this.told = told;
    }

    void add(FleetEvent event) {
        events.add(event);
    }

    /**
     * An answer that somebody waits for. May be called by any thread.
     *
     * @param otherwise what is said if nobody is there any more to find one
     */
    <T> CompletableFuture<T> promise(T otherwise) {
        var answer = new CompletableFuture<T>();
        Runnable giveUp = () -> answer.complete(otherwise);
        promises.add(giveUp);
        return answer.whenComplete((_, _) -> promises.remove(giveUp));
    }

    /** Nobody is there any more to find answers. */
    void abandon() {
        send();
        promises.forEach(Runnable::run);
    }

    /** Finds the answer now. What goes wrong is told at once, and thrown. */
    <T> void answer(Supplier<T> question, CompletableFuture<T> answer) {
        try {
            T value = question.get();
            answers.add(() -> answer.complete(value));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
            throw e;
        }
    }

    void send() {
        for (FleetEvent event = events.poll(); event != null; event = events.poll()) {
            told.accept(event);
        }
        for (Runnable answer = answers.poll(); answer != null; answer = answers.poll()) {
            answer.run();
        }
    }
}
