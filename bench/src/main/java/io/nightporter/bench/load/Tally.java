package io.nightporter.bench.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What a crowd counts; only its event loop touches it. */
final class Tally {

    private static final int MAX_REASONS = 6;

    final Histogram latency = Quantiles.histogram();
    final Histogram login = Quantiles.histogram();
    final Histogram ping = Quantiles.histogram();
    /** Whether times and finished joins and pings are of interest now. */
    boolean measuring;
    boolean encrypted;
    long joined;
    long failed;
    long lost;
    long done;
    long clientboundPackets;
    long payloadBytes;
    long wireBytes;
    long positions;
    long inflated;
    private final Map<String, Integer> reasons = new LinkedHashMap<>();

    void reason(@Nullable String why) {
        String reason = why == null ? "closed by the other side" : why;
        if (reasons.containsKey(reason) || reasons.size() < MAX_REASONS) {
            reasons.merge(reason, 1, Integer::sum);
        }
    }

    List<String> reasons() {
        List<String> texts = new ArrayList<>();
        reasons.forEach((why, times) -> texts.add(times + " × " + why));
        return texts;
    }
}
