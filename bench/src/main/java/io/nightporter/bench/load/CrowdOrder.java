package io.nightporter.bench.load;

import java.util.List;

/**
 * What the crowd is to do, once.
 *
 * @param port where the proxy listens, on the loopback address
 * @param count how many play, join or ping at a time
 * @param ramp players a second who arrive; only where they play
 * @param positions packets a second that each player sends; only where they play
 * @param warmup seconds before the measurement
 * @param seconds of the measurement
 * @param proxy the processes whose CPU time is measured
 * @param server the process of the fake server
 * @param others processes that belong to the measurement and are no strangers to the machine
 */
record CrowdOrder(
    Kind kind,
    int protocol,
    int port,
    int count,
    double ramp,
    double positions,
    double warmup,
    double seconds,
    List<Long> proxy,
    List<Long> server,
    List<Long> others
) {
    enum Kind {
        PLAY,
        JOIN,
        PING,
    }
}
