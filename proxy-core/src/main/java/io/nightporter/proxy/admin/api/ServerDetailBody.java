package io.nightporter.proxy.admin.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.nightporter.orchestrator.fleet.StartTimes;
import io.nightporter.orchestrator.model.WakeRecord;
import io.nightporter.proxy.admin.route.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A server with everything that is known of it. */
record ServerDetailBody(
    @JsonUnwrapped ServerBody server,
    @Doc("The entry of fleet.servers as it was written; with tokens that only read, without secrets.")
    JsonNode definition,
    WakesBody wakes
) {
    /** What its last hundred starts took. */
    record WakesBody(
        @Doc("Of those that worked.") int count,
        @Doc("Half of them took so long at most.") @Nullable Double p50Seconds,
        @Doc("Nine of ten took so long at most.") @Nullable Double p90Seconds
    ) {
        static final int LATEST = 100;

        static WakesBody of(List<WakeRecord> latest) {
            var times = new StartTimes(latest.stream().filter(WakeRecord::ready).map(WakeRecord::took).toList());
            return new WakesBody(
                times.sorted().size(),
                ServerBody.seconds(times.percentile(0.5)),
                ServerBody.seconds(times.percentile(0.9))
            );
        }
    }
}
