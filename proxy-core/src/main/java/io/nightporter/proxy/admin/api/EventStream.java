package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.fleet.ServerView;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.proxy.admin.access.AccessTokens;
import io.nightporter.proxy.admin.access.Caller;
import io.nightporter.proxy.admin.route.Bodies;
import io.nightporter.proxy.admin.route.EventSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells one reader of events as they happen, after those that the reader has missed. Whoever was cut off goes on behind the
 * last event that they have: as long as it is in the journal, in the journal's order, otherwise in the store's.
 */
final class EventStream implements EventSource {

    /** So that whatever is in between does not take the connection for dead. */
    static final Duration BEAT = Duration.ofSeconds(15);

    private static final int PAGE = 500;
    /** Events of the store that are older than this, when reading begins, come by no other way. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    private final ApiParts parts;
    private final Journal journal;
    private final AccessTokens tokens;
    private final Caller caller;
    private final @Nullable String server;
    private final @Nullable String after;
    /** An owner's servers so far: that one was removed is told when it is not there any more. */
    private final Set<String> theirs = new HashSet<>();
    private final Set<String> told = new HashSet<>();

    /**
     * @param server only of this one; null: of all that the caller may know of
     * @param after the last event that the reader has; null: only what happens from now on
     */
    EventStream(
        ApiParts parts,
        Journal journal,
        AccessTokens tokens,
        Caller caller,
        @Nullable String server,
        @Nullable String after
    ) {
        this.parts = parts;
        this.journal = journal;
        this.tokens = tokens;
        this.caller = caller;
        this.server = server;
        this.after = after;
    }

    @Override
    public void writeTo(Lines lines) throws IOException, InterruptedException {
        for (ServerView view : parts.fleet().servers()) {
            mayKnow(view.name());
        }
        // Whatever is told from here on is in the journal, so what is read from the store after this leaves no gap.
        OptionalLong known = after == null ? OptionalLong.empty() : journal.behind(after);
        long place = known.orElseGet(journal::end);
        lines.send(": from here on\n\n");
        if (after != null && known.isEmpty()) {
            catchUp(lines, after);
        }
        follow(lines, place);
    }

    private void catchUp(Lines lines, String from) throws IOException {
        Instant overlap = parts.time().now().minus(OVERLAP);
        String last = from;
        while (true) {
            List<FleetEvent> page = parts.store().eventsAfter(last, server, PAGE);
            tell(lines, page);
            for (FleetEvent event : page) {
                if (event.at().isAfter(overlap)) {
                    told.add(event.id());
                }
            }
            if (page.size() < PAGE) {
                return;
            }
            last = page.getLast().id();
        }
    }

    private void follow(Lines lines, long from) throws IOException, InterruptedException {
        long place = from;
        long lastWord = System.nanoTime();
        while (true) {
            Duration patience = BEAT.minusNanos(System.nanoTime() - lastWord);
            Journal.Part part = journal.await(place, patience.isNegative() ? Duration.ZERO : patience);
            if (part == null || !tokens.stillGood(caller)) {
                return;
            }
            place = part.next();
            boolean told = tell(lines, part.events());
            if (told) {
                lastWord = System.nanoTime();
            } else if (System.nanoTime() - lastWord >= BEAT.toNanos()) {
                lines.send(": still here\n\n");
                lastWord = System.nanoTime();
            }
        }
    }

    private boolean tell(Lines lines, List<FleetEvent> events) throws IOException {
        var text = new StringBuilder();
        for (FleetEvent event : events) {
            if (concerns(event) && !told.contains(event.id())) {
                EventBody body = EventBody.of(event);
                text.append("id: ")
                    .append(body.id())
                    .append("\nevent: ")
                    .append(body.kind())
                    .append("\ndata: ")
                    .append(Bodies.write(body))
                    .append("\n\n");
            }
        }
        if (text.isEmpty()) {
            return false;
        }
        lines.send(text.toString());
        return true;
    }

    private boolean concerns(FleetEvent event) {
        String about = event.server();
        if (server != null && !server.equals(about)) {
            return false;
        }
        return !caller.isOwner() || (about != null && mayKnow(about));
    }

    /** By what the server is now, or by what it was last. */
    private boolean mayKnow(String name) {
        Optional<ServerView> view = parts.fleet().server(name);
        if (view.isPresent()) {
            if (caller.sees(view.get().definition())) {
                theirs.add(name);
            } else {
                theirs.remove(name);
            }
        }
        return theirs.contains(name);
    }
}
