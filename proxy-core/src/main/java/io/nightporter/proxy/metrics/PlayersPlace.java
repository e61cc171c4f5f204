package io.nightporter.proxy.metrics;

/**
 * Where players are.
 *
 * @param attachment {@code backend} or {@code waiting}
 * @param server that they are on, or wait for
 */
public record PlayersPlace(String attachment, String server) {}
