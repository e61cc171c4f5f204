package io.nightporter.orchestrator.driver.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A line on its way into a container's console, as by {@code docker attach}. It has arrived when all of it is sent; the
 * library never says that its input has ended, so the connection is closed then, which ends no console that was made to
 * stay open.
 */
final class ConsoleInput extends ResultCallback.Adapter<Frame> {

    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean sent;
    private volatile @Nullable Throwable error;

    private ConsoleInput() {}

    /**
     * Blocks.
     *
     * @param container its name or id; it runs, and its console is open
     * @return false: the connection ended before
     * @throws DockerException when the engine says no
     */
    static boolean type(Engine engine, String container, String line) {
        var input = new ConsoleInput();
        // One of its own, because only its end ends the connection.
        DockerClient client = engine.openStream();
        try {
            client
                .attachContainerCmd(container)
                .withStdIn(input.text(line + "\n"))
                .withFollowStream(true)
                .exec(input);
            input.over.await();
            Throwable error = input.error;
            if (!input.sent && error != null) {
                throw error instanceof DockerException no ? no : new IllegalStateException(error.getMessage(), error);
            }
            return input.sent;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            Engine.closeQuietly(client);
        }
    }

    private InputStream text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new SequenceInputStream(new ByteArrayInputStream(bytes), new EndOfText());
    }

    /** Who asks for more has sent what there was. */
    private final class EndOfText extends InputStream {

        @Override
        public int read() {
            sent = true;
            over.countDown();
            return -1;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return read();
        }
    }

    @Override
    public void onError(Throwable why) {
        error = why;
        over.countDown();
        super.onError(why);
    }

    @Override
    public void onComplete() {
        over.countDown();
        super.onComplete();
    }
}
