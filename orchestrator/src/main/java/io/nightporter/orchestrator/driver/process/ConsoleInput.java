package io.nightporter.orchestrator.driver.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The named pipe from which a program reads what is typed. */
final class ConsoleInput {

    private static final Duration LONGEST = Duration.ofSeconds(2);

    private ConsoleInput() {}

    /** @throws IOException when it is not taken, because the pipe is full or not there */
    static void type(Path pipe, String line) throws IOException, InterruptedException {
        AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
        // A thread of the system: writing into a full pipe blocks, and would keep a virtual one's carrier.
        Thread writer = Thread.ofPlatform()
            .daemon()
            .name("console-input")
            .start(() -> {
                // Both ways, because opening it for writing alone waits for a reader.
                try (FileChannel out = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    out.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
                } catch (IOException e) {
                    failure.set(e);
                }
            });
        if (!writer.join(LONGEST)) {
            writer.interrupt();
            throw new IOException("the program does not read what is typed into its console");
        }
        IOException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }
}
