package io.nightporter.proxy.admin.route;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Sends answers. Whoever does not read what is sent within a time is cut off, each time that something is sent: the JDK's
 * own limit for whole answers would end every event stream.
 */
public final class Answering implements AutoCloseable {

    public static final String JSON = "application/json; charset=utf-8";

    private final Duration limit;
    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(
        1,
        Thread.ofPlatform().daemon().name("admin-timers").factory()
    );

    /** @param limit how long it may take to send something */
    public Answering(Duration limit) {
        this.limit = limit;
        timers.setRemoveOnCancelPolicy(true);
    }

    private interface Write {
        void run() throws IOException;
    }

    /** A thread that is interrupted while it writes to a socket has that socket closed under it. */
    private void inTime(Write write) throws IOException {
        Thread writer = Thread.currentThread();
        Future<?> end = timers.schedule(writer::interrupt, limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            write.run();
        } finally {
            end.cancel(false);
        }
    }

    /** Sends a whole answer; to HEAD, all but the body. */
    public void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        inTime(() -> {
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
                exchange.sendResponseHeaders(status, -1);
            } else {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.getResponseBody().close();
            }
        });
    }

    /** Sends an error of the common form. */
    public void error(HttpExchange exchange, int status, String error, String message) throws IOException {
        send(exchange, status, JSON, Bodies.write(new ApiException.ErrorBody(error, message)));
    }

    /** Begins an event stream; to HEAD, nothing but its headers. */
    void stream(HttpExchange exchange, EventSource source) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Accel-Buffering", "no");
        if (exchange.getRequestMethod().equals("HEAD")) {
            inTime(() -> exchange.sendResponseHeaders(200, -1));
            return;
        }
        inTime(() -> exchange.sendResponseHeaders(200, 0));
        OutputStream out = exchange.getResponseBody();
        source.writeTo(text ->
            inTime(() -> {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
            })
        );
    }

    @Override
    public void close() {
        timers.shutdownNow();
    }
}
