package io.nightporter.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one target did in one scenario; a line of the results file.
 *
 * @param time in seconds since 1970
 * @param run counted from one
 * @param startSeconds from the start to the first answer; 0 where that was not measured
 * @param idleRssKib before the players came; 0 where that was not measured
 */
record Result(
    long time,
    int run,
    Scenario scenario,
    String target,
    boolean hasProcess,
    double startSeconds,
    long idleRssKib,
    @Nullable CrowdReport crowd,
    @Nullable ServerReport server
) {
    /** Below, the load did not come through. */
    private static final double DELIVERED = 0.98;
    private static final double NEARLY_A_CORE = 0.8;
    private static final double STRANGERS = 0.25;
    private static final double LATE_MICROS = 5_000;

    /** The share of the packets that should have come; 1 where there are none to count. */
    double delivered() {
        double asked = scenario.shape(0).packetsPerSecond() * scenario.count();
        if (crowd == null || asked == 0 || crowd.joined() == 0 || !isPlay()) {
            return 1;
        }
        return crowd.clientboundPackets() / crowd.seconds() / asked;
    }

    boolean isPlay() {
        return scenario
            .crowd()
            .filter(kind -> kind == CrowdOrder.Kind.PLAY)
            .isPresent();
    }

    /** Why this is to be read with care; in words. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (crowd == null || server == null) {
            return notes;
        }
        note(notes, crowd.failed() > 0, "%d did not get in or got no answer".formatted(crowd.failed()));
        note(notes, crowd.lost() > 0, "%d players lost their connection".formatted(crowd.lost()));
        notes.addAll(crowd.reasons());
        note(notes, crowd.missing() > 0, "%d packets are MISSING".formatted(crowd.missing()));
        note(notes, crowd.changedBytes() > 0, "%d bytes of payload CHANGED".formatted(crowd.changedBytes()));
        note(notes, delivered() < DELIVERED, "only %.1f %% of the load came through".formatted(100 * delivered()));
        boolean positionsLost = isPlay() && server.positions() < DELIVERED * crowd.allPositions();
        note(
            notes,
            positionsLost,
            "only %d of %d positions reached the server".formatted(server.positions(), crowd.allPositions())
        );
        note(
            notes,
            server.skippedBursts() > 0,
            "%d bursts skipped: too much was waiting".formatted(server.skippedBursts())
        );
        note(notes, server.broken() > 0, "%d connections to the server broke the protocol".formatted(server.broken()));
        boolean clear = !scenario.encrypted() || crowd.encrypted() || !hasProcess || "HAProxy".equals(target);
        note(notes, !clear, "not encrypted");
        note(
            notes,
            crowd.crowdCores() > NEARLY_A_CORE,
            "the crowd was the limit (%.2f cores)".formatted(crowd.crowdCores())
        );
        note(
            notes,
            crowd.serverCores() > NEARLY_A_CORE,
            "the server was the limit (%.2f cores)".formatted(crowd.serverCores())
        );
        note(notes, crowd.strangerCores() > STRANGERS, "others used %.2f cores".formatted(crowd.strangerCores()));
        note(notes, crowd.stolenCores() > STRANGERS / 2, "the host took %.2f cores".formatted(crowd.stolenCores()));
        boolean late = isPlay() && server.lateMicros().p99() > LATE_MICROS;
        note(notes, late, "the server's ticks came %.1f ms late (p99)".formatted(server.lateMicros().p99() / 1e3));
        return notes;
    }

    private static void note(List<String> notes, boolean applies, String text) {
        if (applies) {
            notes.add(text);
        }
    }

    /** For people who watch. */
    String inShort() {
        StringBuilder line = new StringBuilder("%-20s %-14s".formatted(scenario.name(), target));
        for (Figure figure : Figure.ALL) {
            figure
                .of(this)
                .ifPresent(value ->
                    line.append(
                        String.format(Locale.ROOT, " %s=%s", figure.name().replace(' ', '_'), figure.text(value))
                    )
                );
        }
        List<String> notes = notes();
        return notes.isEmpty() ? line.toString() : line + "  [" + String.join("; ", notes) + "]";
    }
}
