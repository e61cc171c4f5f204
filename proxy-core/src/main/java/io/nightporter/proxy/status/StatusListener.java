package io.nightporter.proxy.status;

import java.util.Locale;

/** Is told of each answer to a server list, from any thread. */
@FunctionalInterface
public interface StatusListener {
    /** Where an answer came from. */
    enum Source {
        /** The proxy made it: the host is unknown, or the server gives no status. */
        SELF,
        /** The server was asked for it. */
        BACKEND,
        /** The server had been asked before. */
        CACHE;

        /** The label of the metric. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    void answered(Source source);
}
