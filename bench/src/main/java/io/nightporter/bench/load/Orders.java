package io.nightporter.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * The child's end of a conversation with {@link ChildProcess}: an order a line on the standard input, an answer a line
 * on the standard output. When the parent ends, the child does, and with it the processes that it was told to guard.
 */
final class Orders {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** No order is followed by so long a silence while the parent lives. */
    private static final long PATIENCE_MINUTES = 120;

    /** In front of the number of a process that has to end with the parent, or need not any more. */
    static final String GUARD = "guard ";
    static final String RELEASE = "release ";

    private final Set<Long> guarded = new HashSet<>();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Orders() {
        Thread.ofPlatform().name("orders").daemon().start(this::read);
    }

    private void read() {
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            String line = in.readLine();
            while (line != null) {
                if (line.startsWith(GUARD)) {
                    guarded.add(Long.valueOf(line.substring(GUARD.length())));
                } else if (line.startsWith(RELEASE)) {
                    guarded.remove(Long.valueOf(line.substring(RELEASE.length())));
                } else {
                    lines.add(line);
                }
                line = in.readLine();
            }
        } catch (IOException _) {
            // As if the parent had gone.
        }
        guarded.forEach(process -> ProcessHandle.of(process).ifPresent(ProcessHandle::destroy));
        Runtime.getRuntime().halt(0);
    }

    /** Waits for the next order; ends the process when there is none for very long. */
    <T> T next(Class<T> kind) throws InterruptedException {
        String line = lines.poll(PATIENCE_MINUTES, TimeUnit.MINUTES);
        if (line == null) {
            Runtime.getRuntime().halt(1);
            throw new IllegalStateException("halted");
        }
        return JSON.readValue(line, kind);
    }

    static void answer(Object report) {
        String line = JSON.writeValueAsString(report) + "\n";
        try {
            System.out.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.flush();
    }
}
