package io.nightporter.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The entry of the program; each command is a class of its own. */
@Command(
    name = "nightporter",
    description = "A proxy for Minecraft: Java Edition servers.",
    subcommands = { RunCommand.class, DemoCommand.class, ConfigCommand.class, VersionCommand.class }
)
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
        names = { "-h", "--help" },
        usageHelp = true,
        scope = ScopeType.INHERIT,
        description = "Say what the program or a command does."
    )
    @SuppressWarnings("UnusedVariable") // picocli itself acts on it
    private boolean help;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs a command to its end and says with which code the program should end. */
    static int execute(String... arguments) {
        return new CommandLine(new Main())
            .setExecutionExceptionHandler((e, command, _) -> {
                command.getErr().println("nightporter: " + LineFormatter.oneLine(String.valueOf(e)));
                return ExitCode.FAILED;
            })
            .execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do");
    }
}
