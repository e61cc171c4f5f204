package io.nightporter.orchestrator.fleet;

import java.time.Duration;

/**
 * How the fleet behaves as a whole.
 *
 * @param name which Nightporter this is: what its instances are labelled with, where several use one node
 * @param pingEvery how often a node is asked for a sign of life
 * @param resyncEvery how often everything is compared with what runs, in case an event was missed
 * @param firstBackOff how long after a failed start the next one is tried; twice as long after each further one
 * @param longestBackOff and never longer than this
 * @param breakerRest how long a server that failed is left alone before a player may try it again
 * @param stableAfter a server that ends sooner after its start has not really started
 * @param stopWarning how long players are warned before their server is stopped by an order, where there is a way to its
 *     console; nothing: they are not
 * @param keepHistory how long events, operations that are over, and start times are kept
 */
public record FleetSettings(
    String name,
    Duration pingEvery,
    Duration resyncEvery,
    Duration firstBackOff,
    Duration longestBackOff,
    Duration breakerRest,
    Duration stableAfter,
    Duration stopWarning,
    Duration keepHistory
) {
    public static final FleetSettings DEFAULT = new FleetSettings(
        "nightporter",
        Duration.ofSeconds(2),
        Duration.ofMinutes(1),
        Duration.ofSeconds(5),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(1),
        Duration.ofSeconds(10),
        Duration.ofDays(90)
    );

    public FleetSettings withName(String other) {
        return new FleetSettings(
            other,
            pingEvery,
            resyncEvery,
            firstBackOff,
            longestBackOff,
            breakerRest,
            stableAfter,
            stopWarning,
            keepHistory
        );
    }
}
