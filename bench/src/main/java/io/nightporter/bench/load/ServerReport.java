package io.nightporter.bench.load;

/**
 * What the fake server saw since it was last asked.
 *
 * @param port where it listens
 * @param joined players who entered the world
 * @param positions packets that players in the world sent, keep-alives not counted
 * @param skippedBursts those that were not sent because 4 MB were waiting for that player already
 * @param broken connections that sent what nobody may send
 * @param lateMicros how late the ticks came
 */
record ServerReport(
    int port,
    long joined,
    long statuses,
    long positions,
    long skippedBursts,
    long broken,
    Quantiles lateMicros
) {}
