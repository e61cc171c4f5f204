package io.nightporter.bench.load;

import java.io.IOException;

/** Knows how a proxy is configured and started. */
@FunctionalInterface
interface Starter {
    /**
     * Returns when it answers.
     *
     * @param online whether players have to prove who they are
     * @throws IOException when it cannot be started; the message says why
     */
    Program start(boolean online) throws IOException, InterruptedException;
}
