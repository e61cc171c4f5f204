package io.nightporter.cli;

import java.nio.file.Path;
import java.util.List;

/** How the worlds of a demo run. They begin when players come; closing ends those that run, and leaves nothing of them. */
interface DemoWorlds extends AutoCloseable {
    /** What their containers and processes are called after, unlike those of a Nightporter that is there for longer. */
    String FLEET = "nightporter-demo";

    /** What they are called. */
    List<String> NAMES = List.of("lobby", "meadow");

    /** The node that they run on, as it stands under {@code fleet.nodes}, in one line. */
    String node();

    /**
     * What a world consists of, as it stands under {@code fleet.servers}: keys and values, in one line.
     *
     * @param secret the file that proves to the world that players come from this proxy
     */
    String world(String name, Path secret);

    @Override
    void close();
}
