package io.nightporter.bench.load;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Lets each member act twenty times a second, the members spread evenly over the fifty milliseconds of a game tick.
 * Everything happens on one event loop.
 */
final class Ticks<T> {

    static final int PER_SECOND = 20;

    private static final int SLOTS = 50;
    private static final long SLOT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** Shares no factor with the number of slots: as many newcomers as there are slots get one each. */
    private static final int STRIDE = 19;

    private final EventExecutor loop;
    private final Consumer<T> act;
    private final List<List<T>> slots = new ArrayList<>();
    private final Histogram late = Quantiles.histogram();
    private int newcomers;
    private int current;
    private long due;
    private boolean running;

    Ticks(EventExecutor loop, Consumer<T> act) {
        this.loop = loop;
        this.act = act;
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new ArrayList<>());
        }
    }

    /** Returns the slot, which is asked for at the end. */
    int add(T member) {
        int slot = (newcomers++ * STRIDE) % SLOTS;
        slots.get(slot).add(member);
        if (!running) {
            running = true;
            due = System.nanoTime();
            sleep();
        }
        return slot;
    }

    void remove(T member, int slot) {
        slots.get(slot).remove(member);
    }

    /** How late the ticks came since this was last asked for. */
    Histogram takeLateness() {
        Histogram taken = late.copy();
        late.reset();
        return taken;
    }

    private void run() {
        long now = System.nanoTime();
        while (now - due >= 0) {
            // Who is a whole second behind gives those ticks up, but it shows in the lateness.
            if (now - due > SECOND) {
                long lost = ((now - due) / (SLOTS * SLOT_NANOS)) * SLOTS * SLOT_NANOS;
                Quantiles.record(late, lost);
                due += lost;
            }
            List<T> slot = slots.get(current);
            if (!slot.isEmpty()) {
                Quantiles.record(late, now - due);
            }
            for (int i = slot.size() - 1; i >= 0; i--) {
                act.accept(slot.get(i));
            }
            current = (current + 1) % SLOTS;
            due += SLOT_NANOS;
            now = System.nanoTime();
        }
        sleep();
    }

    private void sleep() {
        for (int i = 0; i < SLOTS; i++) {
            if (!slots.get((current + i) % SLOTS).isEmpty()) {
                long wake = due + i * SLOT_NANOS;
                loop.schedule(this::run, Math.max(0, wake - System.nanoTime()), TimeUnit.NANOSECONDS);
                return;
            }
        }
        running = false;
    }
}
