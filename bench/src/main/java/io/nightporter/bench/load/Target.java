package io.nightporter.bench.load;

import java.util.List;

/** Something that players can connect to, and that leads them to the fake server. */
sealed interface Target {
    String name();

    /** The fake server itself. */
    record Direct(int port) implements Target {
        @Override
        public String name() {
            return "direct";
        }
    }

    /** A proxy that somebody else started. */
    record Running(String name, int port, List<Long> processes) implements Target {}

    /**
     * A proxy that is started here.
     *
     * @param online whether it has an online mode
     * @param warmedUp whether it is faster after a while
     */
    record Startable(String name, boolean online, boolean warmedUp, Starter starter) implements Target {}
}
