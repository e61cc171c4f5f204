package io.nightporter.proxy.fleet;

import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.proxy.waitingroom.ServerWatches;
import java.util.function.Consumer;

/** Tells those who wait for a server that something has happened to it. */
public record FleetNews(ServerWatches watches) implements Consumer<FleetEvent> {
    @Override
    public void accept(FleetEvent event) {
        String server = event.server();
        if (server != null) {
            watches.hint(server);
        }
    }
}
