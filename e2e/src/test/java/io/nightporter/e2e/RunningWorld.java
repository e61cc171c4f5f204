package io.nightporter.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A running demo world: Minestom in a child process. */
public final class RunningWorld implements AutoCloseable {

    private final Child child;
    private final int port;
    private final GameVersion.World world;

    private RunningWorld(GameVersion.World world, Child child, int port) {
        this.world = world;
        this.child = child;
        this.port = port;
    }

    public static RunningWorld start(GameVersion.World world, String... options) {
        Path jar = Workplace.jar(world.module, world.artifact);
        List<String> command = new ArrayList<>();
        command.addAll(List.of(Workplace.java().toString(), "-Xmx384m", "-XX:+UseSerialGC"));
        command.add("--sun-misc-unsafe-memory-access=allow");
        // A view of 25 chunks instead of 289: clients parse them all.
        command.add("-Dminestom.chunk-view-distance=2");
        command.addAll(List.of("-jar", jar.toString(), "--watch-stdin"));
        command.addAll(List.of(options));
        var child = Child.start("world-" + world.version, Workplace.folder("worlds"), command);
        String ready = child.awaitLine("READY", line -> line.startsWith("READY "), Duration.ofSeconds(60));
        return new RunningWorld(world, child, Integer.parseInt(ready.replaceFirst(".*port=(\\d+).*", "$1")));
    }

    /** Another one at the same place; this one must have ended. It has the standard options. */
    public RunningWorld again() {
        return start(world, "--port", Integer.toString(port));
    }

    public int port() {
        return port;
    }

    public Child child() {
        return child;
    }

    @Override
    public void close() {
        child.close();
    }
}
