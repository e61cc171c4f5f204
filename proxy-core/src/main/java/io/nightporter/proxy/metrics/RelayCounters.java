package io.nightporter.proxy.metrics;

public final class RelayCounters {

    public Lane clientbound() {
        return new Lane();
    }

    public Lane serverbound() {
        return new Lane();
    }

    public static final class Lane {

        public void forwarded() {}

        public void inspected() {}

        public void rewritten() {}

        public void bytes(long n) {}
    }
}
