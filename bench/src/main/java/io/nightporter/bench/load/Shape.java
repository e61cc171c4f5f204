package io.nightporter.bench.load;

/**
 * What the fake server sends to each of its players.
 *
 * @param protocol the number of the version that is spoken
 * @param compression the threshold in bytes; negative: the server does not compress
 * @param small packets of 13 to 31 bytes a second
 * @param chunks packets of 24 kB a second
 * @param probes packets a second that measure the latency; at most one a tick
 */
record Shape(int protocol, int compression, double small, double chunks, double probes) {
    Shape {
        if (probes > Ticks.PER_SECOND) {
            throw new IllegalArgumentException("at most " + Ticks.PER_SECOND + " probes a second, not " + probes);
        }
    }

    double packetsPerSecond() {
        return small + chunks + probes;
    }
}
