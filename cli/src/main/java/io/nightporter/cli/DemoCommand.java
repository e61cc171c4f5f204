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

@Command(name = "demo", description = "Run a proxy and a small world behind it, on this machine only, to look around.")
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

    @Option(names = "--debug", description = "Log what is only of interest when something is wrong.")
    private boolean debug;

    @Override
    public Integer call() throws IOException {
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
        try (DemoFolder folder = DemoFolder.create(); DemoWorld world = DemoWorld.start(folder.secret(), end)) {
            DemoWorld.Ready ready = world.awaitReady();
            if (ready == null) {
                return end.await();
            }
            Path file = folder.writeConfiguration(port, ready);
            return RunningProxy.run(file, end, err, _ -> welcome(ready.version()));
        } catch (DemoWorld.FailedException e) {
            err.println("nightporter: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    /** Asked before the world is started, because nobody wants to wait for that message. */
    private static boolean isTaken(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() != port;
        } catch (IOException _) {
            return true;
        }
    }

    private void welcome(String version) {
        String address = port == 25_565 ? "localhost" : "localhost:" + port;
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println("  Join " + address + " with Minecraft " + version + " (Multiplayer, Direct Connection).");
        out.println();
        out.println("  This is a demo: it runs in offline mode, so anybody can take any name, and therefore");
        out.println("  only listens on 127.0.0.1. Nothing is stored. Ctrl-C ends the proxy and its world.");
        out.println();
        out.flush();
    }
}
