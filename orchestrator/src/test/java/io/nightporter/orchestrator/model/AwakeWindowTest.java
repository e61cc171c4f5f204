package io.nightporter.orchestrator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AwakeWindowTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static boolean in(AwakeWindow window, String at) {
        return window.contains(Instant.parse(at), BERLIN);
    }

    @Test
    void anEveningBeginsAndEndsByTheClockOfItsPlace() {
        var evening = new AwakeWindow(LocalTime.of(18, 0), LocalTime.of(23, 0));
        assertThat(in(evening, "2026-11-23T16:59:59Z")).isFalse();
        assertThat(in(evening, "2026-11-23T17:00:00Z")).isTrue();
        assertThat(in(evening, "2026-11-23T21:59:59Z")).isTrue();
        assertThat(in(evening, "2026-11-23T22:00:00Z")).isFalse();
        assertThat(in(evening, "2026-07-23T16:00:00Z")).isTrue();
    }

    @Test
    void aNightGoesOnAfterMidnightOfTheDayOnWhichItBegan() {
        var saturday = new AwakeWindow(LocalTime.of(22, 0), LocalTime.of(2, 0), Set.of(DayOfWeek.SATURDAY));
        assertThat(in(saturday, "2026-11-21T22:00:00Z")).isTrue();
        assertThat(in(saturday, "2026-11-22T00:59:00Z")).isTrue();
        assertThat(in(saturday, "2026-11-22T01:00:00Z")).isFalse();
        assertThat(in(saturday, "2026-11-22T22:00:00Z")).isFalse();
    }

    @Test
    void theSameTimeTwiceIsAWholeDay() {
        var day = new AwakeWindow(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
        assertThat(in(day, "2026-11-23T22:59:59Z")).isTrue();
        assertThat(in(day, "2026-11-23T23:00:00Z")).isTrue();
        assertThat(day.length()).hasHours(24);
    }

    @Test
    void theNextEdgeIsTheNextBeginningOrEnd() {
        var evening = new AwakeWindow(LocalTime.of(18, 0), LocalTime.of(23, 0));
        assertThat(evening.nextEdge(Instant.parse("2026-11-23T12:00:00Z"), BERLIN)).isEqualTo("2026-11-23T17:00:00Z");
        assertThat(evening.nextEdge(Instant.parse("2026-11-23T17:00:00Z"), BERLIN)).isEqualTo("2026-11-23T22:00:00Z");
        assertThat(evening.nextEdge(Instant.parse("2026-11-23T22:00:00Z"), BERLIN)).isEqualTo("2026-11-24T17:00:00Z");
        var sunday = new AwakeWindow(LocalTime.of(9, 0), LocalTime.of(10, 0), Set.of(DayOfWeek.SUNDAY));
        assertThat(sunday.nextEdge(Instant.parse("2026-11-23T12:00:00Z"), BERLIN)).isEqualTo("2026-11-29T08:00:00Z");
    }
}
