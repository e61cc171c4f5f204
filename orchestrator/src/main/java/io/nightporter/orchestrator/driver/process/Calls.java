package io.nightporter.orchestrator.driver.process;

import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.NodeRefusedException;
import io.nightporter.orchestrator.driver.NodeUnreachableException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** How the driver does what it is asked: what goes wrong with files becomes an error that says what to do. */
final class Calls {

    /**
     * One for each instance's folder, whichever driver comes: when a node is defined anew, the driver that it had and the
     * one that it gets are there together for a moment.
     */
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    interface Call<T extends @Nullable Object> {
        T make() throws DriverException, IOException, InterruptedException;
    }

    private final String node;
    private final Path data;

    /** @param data the node's folder */
    Calls(String node, Path data) {
        this.node = node;
        this.data = data;
    }

    <T extends @Nullable Object> T make(Call<T> call) throws DriverException {
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return call.make();
        } catch (InterruptedException | ClosedByInterruptException e) {
            Thread.currentThread().interrupt();
            throw new NodeUnreachableException(node, "the call was interrupted", e);
        } catch (IOException e) {
            throw new NodeRefusedException(
                node,
                String.valueOf(e.getMessage() == null ? e : e.getMessage()),
                "Check that Nightporter may use " + data + ", and that there is room.",
                e
            );
        }
    }

    /** @param folder of the instance about which there is one call at a time */
    <T extends @Nullable Object> T oneAtATime(Path folder, Call<T> call) throws DriverException {
        return make(() -> {
            ReentrantLock lock = LOCKS.computeIfAbsent(folder, _ -> new ReentrantLock());
            lock.lockInterruptibly();
            try {
                return call.make();
            } finally {
                lock.unlock();
            }
        });
    }
}
