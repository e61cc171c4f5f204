package io.nightporter.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
        Log.toStandardOutput(debug);
        EndOfProgram end = EndOfProgram.onSignals();
        PrintWriter err = spec.commandLine().getErr();
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
