package io.nightporter.orchestrator.model;

import java.time.Duration;
import java.time.Instant;

/**
 * One start of a server, for the next ones to be judged by.
 *
 * @param id a ULID
 * @param at when it was over
 * @param from {@link Phase#ASLEEP} or {@link Phase#PAUSED}, which makes a great difference
 * @param took from the order to the first answered status request, or to the failure
 * @param ready whether it worked
 */
public record WakeRecord(String id, String server, Instant at, Phase from, Cause cause, Duration took, boolean ready) {}
