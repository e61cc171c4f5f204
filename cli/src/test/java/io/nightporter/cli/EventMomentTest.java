package io.nightporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.model.Ulid;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventMomentTest {

    private static final Instant NOW = Instant.parse("2026-11-23T16:40:00Z");

    @Test
    void aTimeSpanIsAnIdBetweenThoseBeforeAndThoseSince() {
        String since = EventMoment.id("10m", NOW);

        assertThat(since)
            .isGreaterThan(Ulid.MAKER.next(NOW.minusSeconds(600).minusMillis(1)))
            .isLessThan(Ulid.MAKER.next(NOW.minusSeconds(600)));
    }

    @Test
    void anIdStaysItself() {
        String id = Ulid.MAKER.next(NOW);

        assertThat(EventMoment.id(id, NOW)).isEqualTo(id);
    }
}
