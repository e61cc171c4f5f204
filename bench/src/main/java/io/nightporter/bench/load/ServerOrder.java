package io.nightporter.bench.load;

/**
 * From now on newcomers get this; answered with a {@link ServerReport} of what happened since the last order.
 */
record ServerOrder(Shape shape) {}
