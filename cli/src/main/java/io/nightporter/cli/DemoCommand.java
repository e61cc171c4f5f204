package io.nightporter.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description = "Run a proxy and two small worlds behind it, on this machine only, to look around."
)
final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
        names = "--port",
        paramLabel = "PORT",
        defaultValue = "25565",
        description = "Where the proxy listens on 127.0.0.1 (${DEFAULT-VALUE})."
    )
    private int port = 25_565;

    @Option(names = "--docker", description = "Run the worlds in containers of this machine's Docker Engine.")
    private boolean docker;

    @Option(names = "--debug", description = "Log what is only of interest when something is wrong.")
    private boolean debug;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        if (port < 1 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port must be from 1 to 65535, not " + port);
        }
        if (isTaken(port)) {
            err.println("nightporter: another program listens on port " + port + "; choose another one with --port");
            return ExitCode.FAILED;
        }
        Log.toStandardOutput(debug);
        EndOfProgram end = EndOfProgram.onSignals();
        try (DemoFolder folder = DemoFolder.create()) {
            DemoJars jars = DemoJars.find();
            // Closed before the folder in which their records are.
            try (DemoWorlds worlds = worlds(jars, folder)) {
                Path file = folder.writeConfiguration(port, worlds, jars.version());
                return RunningProxy.run(file, end, err, _ -> welcome(jars.version(), file));
            }
        } catch (DemoException e) {
            err.println("nightporter: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private DemoWorlds worlds(DemoJars jars, DemoFolder folder)
        throws DemoException, IOException, InterruptedException {
        if (!docker) {
            return new DemoProcesses(jars, folder.path());
        }
        spec.commandLine().getErr().println("nightporter: making an image for the demo, a moment ...");
        return DemoContainers.prepare(jars, System.getenv(), folder.path());
    }

    /** Asked before anything is made, because nobody wants to wait for that message. */
    private static boolean isTaken(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() != port;
        } catch (IOException _) {
            return true;
        }
    }

    private void welcome(String version, Path file) {
        String address = port == 25_565 ? "localhost" : "localhost:" + port;
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println("  Join " + address + " with Minecraft " + version + " (Multiplayer, Direct Connection).");
        out.println();
        out.println(
            "  Nothing runs yet: you wait a moment while your world wakes. /server meadow takes you on to another"
        );
        out.println(
            "  one. Worlds without players sleep after a minute; `nightporter top --config FILE` shows it, with"
        );
        out.println("  the FILE " + file + ".");
        out.println();
        out.println("  This is a demo: it runs in offline mode, so anybody can take any name, and therefore");
        out.println("  only listens on 127.0.0.1. Nothing is kept. Ctrl-C ends the proxy and its worlds.");
        out.println();
        out.flush();
    }
}
