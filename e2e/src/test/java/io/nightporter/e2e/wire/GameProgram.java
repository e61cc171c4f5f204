package io.nightporter.e2e.wire;

import io.nightporter.e2e.NightporterProcess;
import io.nightporter.e2e.Workplace;
import java.time.Duration;
import java.util.List;

/**
 * A {@link WireServer} as a program: a game server that is there within a second, for tests that start many. SIGTERM ends it. Its
 * arguments are the port and how many milliseconds it takes to start and to end.
 */
public final class GameProgram {

    private static final String MARK = "-Dgame=";

    private GameProgram() {}

    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        Duration toStart = Duration.ofMillis(Long.parseLong(arguments[1]));
        Duration toEnd = Duration.ofMillis(Long.parseLong(arguments[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> NightporterProcess.pause(toEnd)));
        System.out.println("starting");
        NightporterProcess.pause(toStart);
        WireServer.start(port, 256, null, false);
        System.out.println("ready");
        NightporterProcess.pause(Duration.ofDays(1));
    }

    /**
     * The command that begins it, with {port} for the port.
     *
     * @param mark by which its process is known, see {@link #isMarked}
     */
    public static List<String> command(String mark, Duration toStart, Duration toEnd) {
        return List.of(
            Workplace.java().toString(),
            MARK + mark,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            GameProgram.class.getName(),
            "{port}",
            Long.toString(toStart.toMillis()),
            Long.toString(toEnd.toMillis())
        );
    }

    /** Whether the arguments of a process are those of a game server with a mark. */
    public static boolean isMarked(List<String> arguments, String mark) {
        return arguments.size() > 1 && arguments.getFirst().endsWith("java") && arguments.get(1).equals(MARK + mark);
    }
}
