package io.nightporter.e2e;

import java.time.Duration;
import java.util.Map;

/** A running flying-squid: a game server in JavaScript, of one version. */
record FlyingSquid(Child child) implements AutoCloseable {
    static FlyingSquid start(GameVersion version, int port) {
        Map<String, Object> settings = Map.of("protocol", version.protocol(), "port", port);
        var child = Child.node("squid-" + version, "squid.mjs", settings);
        child.awaitEvent("ready", _ -> true, Duration.ofSeconds(60));
        return new FlyingSquid(child);
    }

    @Override
    public void close() {
        child.close();
    }
}
