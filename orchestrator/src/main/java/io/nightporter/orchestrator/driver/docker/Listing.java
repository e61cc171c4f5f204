package io.nightporter.orchestrator.driver.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.ListContainersCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import io.nightporter.orchestrator.driver.SeenInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Containers with certain labels. An engine's own list says too little of each, so they are looked at, some at a time. */
final class Listing {

    private static final int AT_ONCE = 16;

    private Listing() {}

    /** @param filter which ones */
    static List<SeenInstance> of(DockerClient client, Look look, UnaryOperator<ListContainersCmd> filter) {
        List<Container> containers = filter.apply(client.listContainersCmd().withShowAll(true)).exec();
        var slots = new Semaphore(AT_ONCE);
        List<Future<@Nullable InspectContainerResponse>> answers = new ArrayList<>();
        List<SeenInstance> seen = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Container container : containers) {
                answers.add(threads.submit(() -> inspect(client, container.getId(), slots)));
            }
            for (Future<@Nullable InspectContainerResponse> answer : answers) {
                InspectContainerResponse found = answer.get();
                if (found != null) {
                    seen.add(look.at(found));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof DockerException refusal ? refusal : new IllegalStateException(e.getCause());
        }
        return seen;
    }

    private static @Nullable InspectContainerResponse inspect(DockerClient client, String id, Semaphore slots)
        throws InterruptedException {
        slots.acquire();
        try {
            return client.inspectContainerCmd(id).exec();
        } catch (NotFoundException _) {
            // It was removed in the meantime.
            return null;
        } finally {
            slots.release();
        }
    }
}
