package io.nightporter.e2e;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real client that stays whatever happens, and tells what it sees; see stay.mjs. */
public final class StayingPlayer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final String name;
    private final Child child;

    private StayingPlayer(String name, Child child) {
        this.name = name;
        this.child = child;
    }

    /** @param client mineflayer or plain */
    public static StayingPlayer join(String client, GameVersion version, String host, int port) {
        return join(client, version, host, port, "f_" + version.slug(), null);
    }

    /** @param sessionServer where the player proves who it is; null: it does not */
    public static StayingPlayer join(
        String client,
        GameVersion version,
        String host,
        int port,
        String name,
        @Nullable URI sessionServer
    ) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("version", version.name());
        settings.put("client", client);
        settings.put("host", host);
        settings.put("port", port);
        settings.put("player", name);
        if (sessionServer != null) {
            settings.put("sessionServer", sessionServer.toString());
        }
        return new StayingPlayer(name, Child.node("stay-" + version, "stay.mjs", settings));
    }

    public String name() {
        return name;
    }

    /** How many lines the player has told of so far: events after that are new. */
    public int now() {
        return child.lines().size();
    }

    /** The first event of this kind that fits after a moment. */
    public JsonNode await(int since, String event, Predicate<JsonNode> fits) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<String> lines = child.lines();
            for (String line : lines.subList(since, lines.size())) {
                if (line.contains("\"gone\"")) {
                    throw new AssertionError(name + " waited for " + event + " but: " + line);
                }
                if (line.contains("\"" + event + "\"")) {
                    JsonNode json = JsonMapper.shared().readTree(line);
                    if (json.path("event").asString("").equals(event) && fits.test(json)) {
                        return json;
                    }
                }
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError(name + " waited in vain for " + event + "\n" + child.tail());
            }
            NightporterProcess.pause(Duration.ofMillis(50));
        }
    }

    public JsonNode await(int since, String event) {
        return await(since, event, _ -> true);
    }

    /** A word that was said from now on comes back from the server. */
    public void chats() {
        int since = now();
        int last = child
            .events("heard")
            .stream()
            .mapToInt(heard -> heard.path("word").asInt())
            .max()
            .orElse(0);
        // One word may have been on the way.
        await(since, "heard", heard -> heard.path("word").asInt() > last + 1);
    }

    /** How often a world was entered. */
    public int worlds() {
        return child.events("world").size();
    }

    @Override
    public void close() {
        child.close();
    }
}
