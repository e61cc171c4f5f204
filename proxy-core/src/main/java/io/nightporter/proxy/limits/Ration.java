package io.nightporter.proxy.limits;

import io.nightporter.proxy.config.Limits;
import io.nightporter.proxy.metrics.ProxyMetrics;
import io.nightporter.proxy.wire.Wire;

/** What one player may send. Too many packets keep a server busy and end the game; too many bytes just have to wait. */
public final class Ration {

    private static final PeerLog log = PeerLog.of(Ration.class);

    private final Wire wire;
    private final String name;
    private final ProxyMetrics metrics;
    private final Limits limits;
    private final Allowance packets;
    private final Allowance bytes;

    public Ration(Wire wire, String name, ProxyMetrics metrics, Limits limits) {
        this.wire = wire;
        this.name = name;
        this.metrics = metrics;
        this.limits = limits;
        long now = System.nanoTime();
        packets = new Allowance(limits.packetsPerSecond(), now);
        bytes = new Allowance(limits.bytesPerSecond(), now);
    }

    /** Takes what has arrived; returns false when it was too many packets. Reads more slowly after too many bytes. */
    public boolean allows(int arrived, int size) {
        if (packets.overdrawnBy(arrived) && !packets.settle(System.nanoTime())) {
            metrics.rejected("packet_rate");
            log.info(
                "player refused player={} address={} reason=packet_rate limit={}",
                name,
                wire.peerText(),
                limits.packetsPerSecond()
            );
            return false;
        }
        if (bytes.overdrawnBy(size) && !bytes.settle(System.nanoTime())) {
            metrics.throttled();
            wire.pauseFor(bytes.debt());
        }
        return true;
    }
}
