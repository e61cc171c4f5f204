package io.nightporter.orchestrator.model;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;

/**
 * A part of the day in which a server is kept awake, whether anybody plays or not.
 *
 * @param from included
 * @param to excluded; not after {@code from} means on the next day, so {@code 00:00-00:00} is a whole day
 * @param days on which it begins
 */
public record AwakeWindow(LocalTime from, LocalTime to, Set<DayOfWeek> days) {
    public AwakeWindow {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("an awake window needs a day on which it begins");
        }
        days = Set.copyOf(days);
    }

    /** On every day. */
    public AwakeWindow(LocalTime from, LocalTime to) {
        this(from, to, EnumSet.allOf(DayOfWeek.class));
    }

    /** Whether the server is to be awake then. */
    public boolean contains(Instant at, ZoneId zone) {
        LocalDate day = at.atZone(zone).toLocalDate();
        return beganOn(day, at, zone) || beganOn(day.minusDays(1), at, zone);
    }

    /** The next moment after {@code at} at which the window begins or ends. */
    public Instant nextEdge(Instant at, ZoneId zone) {
        LocalDate day = at.atZone(zone).toLocalDate();
        Instant next = Instant.MAX;
        for (LocalDate begin = day.minusDays(1); !begin.isAfter(day.plusDays(8)); begin = begin.plusDays(1)) {
            if (days.contains(begin.getDayOfWeek())) {
                for (Instant edge : new Instant[] { begin(begin, zone), end(begin, zone) }) {
                    next = edge.isAfter(at) && edge.isBefore(next) ? edge : next;
                }
            }
        }
        return next;
    }

    private boolean beganOn(LocalDate day, Instant at, ZoneId zone) {
        return days.contains(day.getDayOfWeek()) && !at.isBefore(begin(day, zone)) && at.isBefore(end(day, zone));
    }

    private Instant begin(LocalDate day, ZoneId zone) {
        return ZonedDateTime.of(day, from, zone).toInstant();
    }

    private Instant end(LocalDate day, ZoneId zone) {
        return ZonedDateTime.of(to.isAfter(from) ? day : day.plusDays(1), to, zone).toInstant();
    }

    /** How long it is on a day without a change of the clocks. */
    public Duration length() {
        Duration length = Duration.between(from, to);
        return to.isAfter(from) ? length : length.plusDays(1);
    }
}
