package io.nightporter.bench.load;

import io.netty.channel.Channel;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/** A fake game server in offline mode: lets everybody in and sends to each what the {@link Shape} says. */
final class GameServer implements AutoCloseable {

    private final Loop loop = new Loop("server");
    private final Ticks<Visitor> ticks = new Ticks<>(loop.thread(), Visitor::tick);
    private final Channel listener;
    private Shape shape;
    private PreparedTraffic traffic;
    private ProtocolVersion version;
    // What happened since the last order; only the loop touches it.
    private long joined;
    private long statuses;
    private long positions;
    private long skippedBursts;
    private long broken;

    /**
     * @param port 0 for any
     */
    GameServer(int port, Shape first) {
        shape = first;
        version = find(first.protocol());
        traffic = new PreparedTraffic(version, first);
        listener = loop.listen(port, () -> new Visitor(this));
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Newcomers get the new shape from now on. */
    ServerReport follow(ServerOrder order) throws InterruptedException, ExecutionException {
        if (!order.shape().equals(shape)) {
            ProtocolVersion newVersion = find(order.shape().protocol());
            PreparedTraffic newTraffic = new PreparedTraffic(newVersion, order.shape());
            loop.thread()
                .submit(() -> {
                    shape = order.shape();
                    version = newVersion;
                    traffic = newTraffic;
                })
                .get();
        }
        return loop.thread().submit(this::report).get();
    }

    private ServerReport report() {
        var report = new ServerReport(
            port(),
            joined,
            statuses,
            positions,
            skippedBursts,
            broken,
            Quantiles.of(ticks.takeLateness())
        );
        joined = 0;
        statuses = 0;
        positions = 0;
        skippedBursts = 0;
        broken = 0;
        return report;
    }

    private static ProtocolVersion find(int protocol) {
        return Objects.requireNonNull(ProtocolVersions.builtIn().find(protocol), "unknown protocol");
    }

    Shape shape() {
        return shape;
    }

    PreparedTraffic traffic() {
        return traffic;
    }

    ProtocolVersion version() {
        return version;
    }

    Ticks<Visitor> ticks() {
        return ticks;
    }

    void onJoined() {
        joined++;
    }

    void onStatus() {
        statuses++;
    }

    void onPosition() {
        positions++;
    }

    void onSkippedBurst() {
        skippedBursts++;
    }

    void onBroken() {
        broken++;
    }

    @Override
    public void close() {
        loop.close();
    }
}
