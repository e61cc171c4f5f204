package io.nightporter.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Many of node-minecraft-protocol's clients side by side, who stay until they are heard or sent away; see guests.mjs. */
final class Guests implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<Child> children;

    private Guests(List<Child> children) {
        this.children = children;
    }

    /** @param version as node-minecraft-protocol names it */
    record Guest(String version, String host, String player) {}

    /**
     * They come now.
     *
     * @param processes that they are spread over
     * @param atATime so many in a process; the others come when these have gone
     */
    static Guests invite(String name, int port, List<Guest> guests, int processes, int atATime) {
        Workplace.node();
        List<Child> children = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            int mine = i;
            List<Map<String, Object>> settings = IntStream.range(0, guests.size())
                .filter(n -> n % processes == mine)
                .mapToObj(guests::get)
                .map(guest ->
                    Map.<String, Object>of(
                        "version",
                        guest.version(),
                        "host",
                        guest.host(),
                        "port",
                        port,
                        "player",
                        guest.player()
                    )
                )
                .toList();
            children.add(Child.node(name + "-" + i, "guests.mjs", Map.of("guests", settings, "atATime", atATime)));
        }
        return new Guests(children);
    }

    /** Waits until all have been heard or have gone; one line of guests.mjs for each. */
    List<JsonNode> fates() {
        List<JsonNode> fates = new ArrayList<>();
        for (Child child : children) {
            child.awaitEnd(PATIENCE);
            fates.addAll(child.events("heard"));
            fates.addAll(child.events("gone"));
        }
        return fates;
    }

    @Override
    public void close() {
        children.forEach(Child::close);
    }
}
