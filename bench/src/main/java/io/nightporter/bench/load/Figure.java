package io.nightporter.bench.load;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleBiFunction;

/**
 * A line of the table.
 *
 * @param name with the unit
 * @param digits after the point
 * @param difference whether two of them are compared by subtraction, where adding up is what happens
 */
record Figure(
    String name,
    int digits,
    boolean difference,
    Applies applies,
    ToDoubleBiFunction<Result, CrowdReport> value
) {
    private enum Applies {
        /** To players who play, for a proxy whose CPU time is known. */
        PLAY_CPU,
        PLAY,
        JOIN_CPU,
        JOIN,
        PING_CPU,
        PING,
        IDLE,
        START,
    }

    static final List<Figure> ALL = List.of(
        new Figure(
            "CPU µs a packet",
            2,
            false,
            Applies.PLAY_CPU,
            (_, crowd) -> (crowd.proxyCpu() * 1e6) / (crowd.clientboundPackets() + crowd.positions())
        ),
        new Figure(
            "CPU ms a payload MB",
            2,
            false,
            Applies.PLAY_CPU,
            (_, crowd) -> (crowd.proxyCpu() * 1e3) / (crowd.payloadBytes() / 1e6)
        ),
        new Figure("latency p50 µs", 0, true, Applies.PLAY, (_, crowd) -> crowd.latency().p50()),
        new Figure("latency p99 µs", 0, true, Applies.PLAY, (_, crowd) -> crowd.latency().p99()),
        new Figure("latency p99.9 µs", 0, true, Applies.PLAY, (_, crowd) -> crowd.latency().p999()),
        new Figure("CPU ms a join", 3, false, Applies.JOIN_CPU, (_, crowd) -> (crowd.proxyCpu() * 1e3) / crowd.done()),
        new Figure("joins/s", 0, false, Applies.JOIN, (_, crowd) -> crowd.done() / crowd.seconds()),
        new Figure("login p50 ms", 2, true, Applies.JOIN, (_, crowd) -> crowd.login().p50() / 1e3),
        new Figure("CPU µs a ping", 1, false, Applies.PING_CPU, (_, crowd) -> (crowd.proxyCpu() * 1e6) / crowd.done()),
        new Figure("pings/s", 0, false, Applies.PING, (_, crowd) -> crowd.done() / crowd.seconds()),
        new Figure("ping p50 µs", 0, true, Applies.PING, (_, crowd) -> crowd.ping().p50()),
        new Figure("RSS MB, nobody there", 1, false, Applies.IDLE, (result, _) -> megabytes(result.idleRssKib())),
        new Figure("RSS MB, 1000 players", 1, false, Applies.IDLE, (_, crowd) -> megabytes(crowd.proxyRssKib())),
        new Figure(
            "RSS KB a player",
            1,
            false,
            Applies.IDLE,
            (result, crowd) -> ((crowd.proxyRssKib() - result.idleRssKib()) * 1.024) / crowd.joined()
        ),
        new Figure("s from exec to answer", 3, false, Applies.START, (result, _) -> result.startSeconds())
    );

    private static final CrowdReport NOBODY = nobody();

    /** Empty where it cannot be said of this result. */
    OptionalDouble of(Result result) {
        CrowdReport crowd = result.crowd() == null ? NOBODY : result.crowd();
        if (!fits(result, crowd)) {
            return OptionalDouble.empty();
        }
        double figure = value.applyAsDouble(result, crowd);
        return Double.isFinite(figure) ? OptionalDouble.of(figure) : OptionalDouble.empty();
    }

    private boolean fits(Result result, CrowdReport crowd) {
        Scenario scenario = result.scenario();
        boolean idle = scenario.name().equals(Scenario.IDLE);
        boolean play = result.isPlay() && !idle;
        boolean hasCpu = result.hasProcess() && crowd.proxyCpu() > 0;
        CrowdOrder.Kind kind = scenario.crowd().orElse(null);
        return switch (applies) {
            case PLAY_CPU -> play && hasCpu;
            case PLAY -> play;
            case JOIN_CPU -> kind == CrowdOrder.Kind.JOIN && hasCpu;
            case JOIN -> kind == CrowdOrder.Kind.JOIN;
            case PING_CPU -> kind == CrowdOrder.Kind.PING && hasCpu;
            case PING -> kind == CrowdOrder.Kind.PING;
            case IDLE -> idle && result.hasProcess();
            case START -> scenario.name().equals(Scenario.START);
        };
    }

    String text(double figure) {
        return String.format(Locale.ROOT, "%." + digits + "f", figure);
    }

    /** How one compares with the baseline. */
    String comparison(double figure, double baseline) {
        return difference
            ? String.format(Locale.ROOT, "%+." + digits + "f", figure - baseline)
            : String.format(Locale.ROOT, "× %.2f", figure / baseline);
    }

    private static double megabytes(long kib) {
        return (kib * 1_024) / 1e6;
    }

    private static CrowdReport nobody() {
        var none = new Quantiles(0, 0, 0, 0, 0);
        return new CrowdReport(
            1,
            false,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            none,
            none,
            none,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            List.of()
        );
    }
}
