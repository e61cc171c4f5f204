package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Ulid;
import io.nightporter.proxy.admin.access.AccessTokens;
import io.nightporter.proxy.admin.access.Caller;
import io.nightporter.proxy.admin.route.ApiException;
import io.nightporter.proxy.admin.route.Call;
import io.nightporter.proxy.admin.route.Parameter;
import io.nightporter.proxy.admin.route.Reply;
import io.nightporter.proxy.admin.route.Route;
import io.nightporter.proxy.admin.route.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened, and what happens. */
final class EventsResource {

    private static final int MOST = 1000;
    private static final int USUAL = 100;

    record EventsBody(List<EventBody> events) {}

    private final ApiParts parts;
    private final Directory directory;
    private final AccessTokens tokens;
    private final Journal journal;

    EventsResource(ApiParts parts, Directory directory, AccessTokens tokens, Journal journal) {
        this.parts = parts;
        this.directory = directory;
        this.tokens = tokens;
        this.journal = journal;
    }

    List<Route> routes() {
        return List.of(
            Route.get(
                "/api/events",
                Rule.LOOK,
                "Events as they happen, or, with follow=false or Accept: application/json, those that did.",
                EventsBody.class,
                this::events
            )
                .streaming()
                .asks(
                    Parameter.text("server", "Only those of this server."),
                    Parameter.text(
                        "after",
                        "Only those after the event of this id; the header Last-Event-ID does the same."
                    ),
                    Parameter.yesOrNo("follow", "Whether events are sent as they happen."),
                    Parameter.number("limit", MOST, "How many at most, without following; 100 if left out.")
                )
        );
    }

    private Reply events(Call call) throws ApiException {
        String server = call.text("server").orElse(null);
        if (server != null && call.who().isOwner()) {
            directory.server(call.who(), server);
        }
        String after = call.headers().getOrDefault("last-event-id", call.text("after").orElse(null));
        if (after != null && !after.matches("[0-9A-HJKMNP-TV-Z]{" + Ulid.LENGTH + "}")) {
            throw ApiException.badRequest(
                "An event's id has 26 letters and digits, such as in the line that begins with id:."
            );
        }
        if (call.is("follow", !wantsJson(call))) {
            return new Reply.Stream(new EventStream(parts, journal, tokens, call.who(), server, after));
        }
        List<FleetEvent> events = past(call.who(), server, after, call.number("limit", USUAL));
        return Reply.ok(new EventsBody(events.stream().map(EventBody::of).toList()));
    }

    private static boolean wantsJson(Call call) {
        String accept = call.headers().getOrDefault("accept", "");
        return accept.contains("application/json") && !accept.contains("text/event-stream");
    }

    /** The first ones after an event, or the last ones; oldest first. */
    private List<FleetEvent> past(Caller caller, @Nullable String server, @Nullable String after, int limit) {
        if (after == null) {
            List<FleetEvent> latest = parts
                .store()
                .latestEvents(server, caller.isOwner() ? MOST : limit)
                .stream()
                .filter(event -> directory.concerns(caller, event.server()))
                .toList();
            return latest.subList(Math.max(0, latest.size() - limit), latest.size());
        }
        List<FleetEvent> found = new ArrayList<>();
        String last = after;
        while (found.size() < limit) {
            List<FleetEvent> page = parts.store().eventsAfter(last, server, MOST);
            page.stream()
                .filter(event -> directory.concerns(caller, event.server()))
                .limit((long) limit - found.size())
                .forEach(found::add);
            if (page.size() < MOST) {
                break;
            }
            last = page.getLast().id();
        }
        return found;
    }
}
