package io.nightporter.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    description = "Run the proxy until it is told to end (SIGTERM or Ctrl-C). SIGHUP reloads the configuration."
)
final class RunCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
        names = "--config",
        paramLabel = "FILE",
        defaultValue = "nightporter.yml",
        description = "The configuration file (${DEFAULT-VALUE})."
    )
    private Path file = Path.of("nightporter.yml");

    @Option(names = "--debug", description = "Log what is only of interest when something is wrong.")
    private boolean debug;

    @Override
    public Integer call() {
        Log.toStandardOutput(debug);
        return RunningProxy.run(file, EndOfProgram.onSignals(), spec.commandLine().getErr(), _ -> {});
    }
}
