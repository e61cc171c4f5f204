package io.nightporter.orchestrator.driver.docker;

import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import io.nightporter.orchestrator.driver.DriverEvent;
import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.DriverListener;
import io.nightporter.orchestrator.driver.Subscription;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription that survives its connections. One that has been silent for a minute may be dead without anybody having been
 * told, so it is replaced by a new one, which begins before the old one ends: nothing is missed, and nobody notices, except
 * that something may be told twice.
 */
final class EventStream implements Subscription {

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    private static final Duration RENEW_AFTER = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration FIRST_LIMIT = Duration.ofSeconds(9);

    /** What events carry beside the labels. */
    private static final Set<String> NO_LABELS = Set.of("name", "image", "exitCode", "execDuration", "signal");

    private final Engine engine;
    private final DriverListener listener;
    private final Consumer<EventStream> onClose;
    private final CountDownLatch decided = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean closed;
    private boolean lost;

    EventStream(Engine engine, DriverListener listener, Consumer<EventStream> onClose) {
        this.engine = engine;
        this.listener = listener;
        this.onClose = onClose;
        this.thread = Thread.ofVirtual()
            .name("docker-events-" + engine.endpoint().node())
            .unstarted(this::run);
    }

    /** Returns when it hears the node, or the listener was told that it does not. */
    void open() {
        thread.start();
        try {
            if (!decided.await(FIRST_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                down("it does not answer");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Feed current = null;
        Duration pause = FIRST_PAUSE;
        try {
            while (!closed) {
                String end;
                try {
                    Feed next = Feed.open(engine, this::heard);
                    close(current);
                    current = next;
                    up();
                    pause = FIRST_PAUSE;
                    end = current.await(RENEW_AFTER);
                } catch (DriverException e) {
                    end = e.getMessage();
                } catch (RuntimeException e) {
                    end = Refusals.words(e);
                }
                if (end == null) {
                    continue;
                }
                close(current);
                current = null;
                down(end);
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        } catch (InterruptedException _) {
            // It was closed.
        } finally {
            close(current);
            decided.countDown();
        }
    }

    private static void close(@Nullable Feed feed) {
        if (feed != null) {
            feed.close();
        }
    }

    private synchronized void up() {
        if (lost) {
            lost = false;
            tell(new DriverEvent.Back());
        }
        decided.countDown();
    }

    private synchronized void down(@Nullable String reason) {
        if (!lost) {
            lost = true;
            tell(new DriverEvent.Lost(reason == null ? "the connection broke" : reason));
        }
        decided.countDown();
    }

    private void heard(Event event) {
        DriverEvent.Changed changed = translate(event);
        if (changed != null) {
            tell(changed);
        }
    }

    private synchronized void tell(DriverEvent event) {
        if (closed) {
            return;
        }
        try {
            listener.heard(event);
        } catch (RuntimeException e) {
            log.error("event not handled node={} event={}", engine.endpoint().node(), event, e);
        }
    }

    static DriverEvent.@Nullable Changed translate(Event event) {
        EventActor actor = event.getActor();
        String action = event.getAction();
        String handle = actor == null || actor.getId() == null ? event.getId() : actor.getId();
        DriverEvent.Change change = action == null ? null : change(action);
        if (change == null || handle == null) {
            return null;
        }
        Map<String, String> attributes =
            actor == null || actor.getAttributes() == null ? Map.of() : actor.getAttributes();
        Map<String, String> labels = new HashMap<>(attributes);
        labels.keySet().removeAll(NO_LABELS);
        return new DriverEvent.Changed(
            handle,
            Look.name(attributes.get("name")),
            labels,
            change,
            change == DriverEvent.Change.ENDED ? exitCode(attributes.get("exitCode")) : null
        );
    }

    private static DriverEvent.@Nullable Change change(String action) {
        return switch (action) {
            case "create" -> DriverEvent.Change.CREATED;
            case "start" -> DriverEvent.Change.STARTED;
            case "pause" -> DriverEvent.Change.PAUSED;
            case "unpause" -> DriverEvent.Change.UNPAUSED;
            case "die", "died" -> DriverEvent.Change.ENDED;
            case "oom" -> DriverEvent.Change.OUT_OF_MEMORY;
            case "destroy", "remove" -> DriverEvent.Change.REMOVED;
            default -> action.startsWith("health_status") ? DriverEvent.Change.HEALTH : null;
        };
    }

    private static @Nullable Integer exitCode(@Nullable String text) {
        return text != null && text.matches("\\d{1,9}") ? Integer.valueOf(text) : null;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        onClose.accept(this);
    }
}
