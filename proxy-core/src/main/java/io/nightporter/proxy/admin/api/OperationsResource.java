package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.model.Operation;
import io.nightporter.proxy.admin.api.Answers.BegunBody;
import io.nightporter.proxy.admin.api.Answers.MessageBody;
import io.nightporter.proxy.admin.route.ApiException;
import io.nightporter.proxy.admin.route.Call;
import io.nightporter.proxy.admin.route.Parameter;
import io.nightporter.proxy.admin.route.Reply;
import io.nightporter.proxy.admin.route.Route;
import io.nightporter.proxy.admin.route.Rule;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Work at servers: what is going on, and what was done. */
final class OperationsResource {

    private static final String OPERATION = "/api/operations/{id}";
    /** The newest, of which those are shown that were asked for. */
    private static final int LOOKED_AT = 1000;
    private static final int MOST = 500;
    private static final int USUAL = 100;

    record OperationsBody(List<OperationBody> operations) {}

    private final ApiParts parts;
    private final Directory directory;

    OperationsResource(ApiParts parts, Directory directory) {
        this.parts = parts;
        this.directory = directory;
    }

    List<Route> routes() {
        return List.of(
            Route.get(
                "/api/operations",
                Rule.LOOK,
                "Operations, newest first, of the latest thousand.",
                OperationsBody.class,
                this::list
            ).asks(
                Parameter.text("server", "Only those at this server."),
                Parameter.text("state", "Only those that are running, done, failed or cancelled."),
                Parameter.number("limit", MOST, "How many; 100 if left out.")
            ),
            Route.get(OPERATION, Rule.LOOK_AT_OPERATION, "One operation.", OperationBody.class, this::show),
            Route.of("DELETE", OPERATION, Rule.ORDER_OPERATION, "Ends an operation before its time.", this::cancel)
                .answers(200, MessageBody.class)
                .answers(202, BegunBody.class)
        );
    }

    private Reply list(Call call) throws ApiException {
        String server = call.text("server").orElse(null);
        if (server != null && call.who().isOwner()) {
            directory.server(call.who(), server);
        }
        Operation.@Nullable State state = state(call);
        List<Operation> latest =
            state == Operation.State.RUNNING
                ? parts.store().runningOperations().reversed()
                : parts.store().operations(server, LOOKED_AT);
        return Reply.ok(
            new OperationsBody(
                latest
                    .stream()
                    .filter(one -> server == null || server.equals(one.server()))
                    .filter(one -> state == null || one.state() == state)
                    .filter(one -> directory.concerns(call.who(), one.server()))
                    .limit(call.number("limit", USUAL))
                    .map(OperationBody::of)
                    .toList()
            )
        );
    }

    private static Operation.@Nullable State state(Call call) throws ApiException {
        String written = call.text("state").orElse(null);
        if (written == null) {
            return null;
        }
        for (Operation.State state : Operation.State.values()) {
            if (state.name().equals(written.toUpperCase(Locale.ROOT))) {
                return state;
            }
        }
        throw ApiException.badRequest("The states are running, done, failed and cancelled.");
    }

    private Reply show(Call call) throws ApiException {
        return Reply.ok(OperationBody.of(directory.operation(call.who(), call.at("id"))));
    }

    private Reply cancel(Call call) throws ApiException {
        String id = directory.operation(call.who(), call.at("id")).id();
        return Answers.of(Answers.await(parts.orders().cancel(id, call.who().name())), "operation", id);
    }
}
