package io.nightporter.bench.load;

/** Counters and clocks at one moment; what lies between two of them was measured. Times are in seconds. */
record Snapshot(
    double time,
    long clientboundPackets,
    long payloadBytes,
    long wireBytes,
    long positions,
    double proxyCpu,
    double crowdCpu,
    double serverCpu,
    double othersCpu,
    Machine machine
) {
    static Snapshot take(CrowdOrder order, Tally tally) {
        return new Snapshot(
            System.nanoTime() / 1e9,
            tally.clientboundPackets,
            tally.payloadBytes,
            tally.wireBytes,
            tally.positions,
            ProcessClock.seconds(order.proxy()),
            ProcessClock.seconds(ProcessHandle.current().pid()),
            ProcessClock.seconds(order.server()),
            ProcessClock.seconds(order.others()),
            Machine.now()
        );
    }
}
