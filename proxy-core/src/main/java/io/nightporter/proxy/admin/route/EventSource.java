package io.nightporter.proxy.admin.route;

import java.io.IOException;

/** Where the lines of an event stream come from. */
@FunctionalInterface
public interface EventSource {
    /**
     * Writes until there is nothing more to be written. Runs on a thread of its own and may block.
     *
     * @throws IOException when nobody reads any more
     * @throws InterruptedException when it has to end
     */
    void writeTo(Lines lines) throws IOException, InterruptedException;

    /** The reader's end. */
    @FunctionalInterface
    interface Lines {
        /** Sends text at once; whoever takes too long to read is cut off. */
        void send(String text) throws IOException;
    }
}
