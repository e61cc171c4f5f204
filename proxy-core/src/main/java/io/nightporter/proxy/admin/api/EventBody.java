package io.nightporter.proxy.admin.api;

import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.proxy.admin.route.Doc;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that happened. */
record EventBody(
    String id,
    Instant at,
    @Doc("Such as phase_changed.") String kind,
    @Doc(words = { "info", "warning", "error" }) String level,
    @Nullable String server,
    @Nullable String node,
    @Nullable String operation,
    String message,
    Map<String, String> data
) {
    static EventBody of(FleetEvent event) {
        return new EventBody(
            event.id(),
            event.at(),
            event.kind().name().toLowerCase(Locale.ROOT),
            event.kind().level().name().toLowerCase(Locale.ROOT),
            event.server(),
            event.node(),
            event.operation(),
            event.message(),
            event.data()
        );
    }
}
