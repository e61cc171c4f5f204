package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.fleet.OrderAnswer;
import io.nightporter.orchestrator.store.StoreException;
import io.nightporter.proxy.admin.route.ApiException;
import io.nightporter.proxy.admin.route.Doc;
import io.nightporter.proxy.admin.route.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What is said to orders. */
final class Answers {

    private static final int PATIENCE_SECONDS = 15;

    record MessageBody(@Doc("A sentence that says what was done.") String message) {}

    record BegunBody(@Doc("The id of the operation to follow.") String operation) {}

    private Answers() {}

    static Reply of(OrderAnswer answer, String what, String name) throws ApiException {
        return switch (answer) {
            case OrderAnswer.Begun(String operation) -> new Reply.Json(202, new BegunBody(operation));
            case OrderAnswer.Already(String message) -> Reply.ok(new MessageBody(message));
            case OrderAnswer.Refused(String message) -> throw ApiException.refused(message);
            case OrderAnswer.Unknown _ -> throw ApiException.notFound(
                "There is no " + what + " " + name + " any more."
            );
        };
    }

    /** Waits for an answer that comes soon. */
    static <T> T await(CompletableFuture<T> answer) throws ApiException {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            throw new ApiException(
                503,
                "busy",
                "The fleet does not answer in time; the order may still be done. Look."
            );
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ApiException(503, "stopping", "Nightporter is stopping.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException store) {
                throw store;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
