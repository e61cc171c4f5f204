package io.nightporter.orchestrator.driver.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import io.nightporter.orchestrator.driver.NodeUnreachableException;
import java.io.Closeable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection over which an engine tells of its containers. */
final class Feed implements ResultCallback<Event>, AutoCloseable {

    private static final Duration OPEN_LIMIT = Duration.ofSeconds(4);
    private static final String[] OF_INTEREST = {
        "create",
        "start",
        "pause",
        "unpause",
        "die",
        "oom",
        "destroy",
        "health_status",
    };

    private final Engine engine;
    private final DockerClient client;
    private final Consumer<Event> ear;
    private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile String reason = "the engine has ended it";
    private volatile long heardAt = System.nanoTime();

    private Feed(Engine engine, Consumer<Event> ear) {
        this.engine = engine;
        this.ear = ear;
        this.client = engine.openStream();
    }

    /**
     * Returns when it has begun. Nothing that happens from the moment of the call on is missed: engines begin to listen a
     * little after they have answered, so they are asked for what happened since, by their own clocks.
     */
    static Feed open(Engine engine, Consumer<Event> ear) throws NodeUnreachableException {
        String since = engine.call(OPEN_LIMIT, calls -> since(calls.infoCmd().exec().getSystemTime()));
        var feed = new Feed(engine, ear);
        try {
            feed.client
                .eventsCmd()
                .withEventTypeFilter(EventType.CONTAINER)
                .withEventFilter(OF_INTEREST)
                .withSince(since)
                .exec(feed);
            feed.started.get(OPEN_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return feed;
        } catch (InterruptedException e) {
            feed.close();
            Thread.currentThread().interrupt();
            throw engine.unreachable("the call was interrupted", e);
        } catch (TimeoutException e) {
            feed.close();
            throw engine.unreachable("it has sent no events within " + OPEN_LIMIT.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            feed.close();
            throw engine.unreachable(Refusals.reason(engine.endpoint(), e.getCause()), e.getCause());
        }
    }

    /** In the form in which engines want it: seconds and nanoseconds. */
    private static @Nullable String since(@Nullable String engineTime) {
        if (engineTime == null) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(engineTime).toInstant();
            return String.format(Locale.ROOT, "%d.%09d", time.getEpochSecond(), time.getNano());
        } catch (DateTimeException _) {
            return null;
        }
    }

    /**
     * Waits for its end.
     *
     * @param silence how long nothing may be heard
     * @return why it ended; null: it has not, and was silent for so long
     */
    @Nullable
    String await(Duration silence) throws InterruptedException {
        while (true) {
            long left = silence.toNanos() - (System.nanoTime() - heardAt);
            if (left <= 0) {
                return null;
            }
            if (over.await(left, TimeUnit.NANOSECONDS)) {
                return reason;
            }
        }
    }

    @Override
    public void onStart(Closeable stream) {
        started.complete(null);
    }

    @Override
    public void onNext(Event event) {
        heardAt = System.nanoTime();
        ear.accept(event);
    }

    @Override
    public void onError(Throwable trouble) {
        if (over.getCount() > 0) {
            reason = Refusals.reason(engine.endpoint(), trouble);
        }
        started.completeExceptionally(trouble);
        over.countDown();
    }

    @Override
    public void onComplete() {
        over.countDown();
    }

    @Override
    public void close() {
        over.countDown();
        Engine.closeQuietly(client);
    }
}
