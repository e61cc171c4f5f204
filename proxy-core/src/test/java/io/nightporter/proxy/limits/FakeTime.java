package io.nightporter.proxy.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** Time that only passes when the test says so; as an executor it runs tasks a fixed while after they came. */
final class FakeTime implements LongSupplier, Executor {

    private record Task(long due, Runnable run) {}

    private final Duration delay;
    private final List<Task> tasks = new ArrayList<>();
    /** As {@link System#nanoTime}, close to where it overflows. */
    private long nanos = Long.MAX_VALUE - 1_000_000_000;

    FakeTime(Duration delay) {
        this.delay = delay;
    }

    FakeTime() {
        this(Duration.ZERO);
    }

    @Override
    public long getAsLong() {
        return nanos;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(new Task(nanos + delay.toNanos(), task));
    }

    void pass(Duration time) {
        nanos += time.toNanos();
        List<Task> due = tasks
            .stream()
            .filter(task -> task.due - nanos <= 0)
            .toList();
        tasks.removeAll(due);
        due.forEach(task -> task.run.run());
    }

    boolean nothingIsPlanned() {
        return tasks.isEmpty();
    }
}
