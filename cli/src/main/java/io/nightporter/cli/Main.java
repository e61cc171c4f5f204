package io.nightporter.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
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
    description = "A proxy for Minecraft: Java Edition servers, which sleep while nobody plays."
)
public final class Main implements Runnable {

    /**
     * By name, in the order of the help. Only the one that is wanted is looked into, because picocli's reflection is a
     * good part of the time that the proxy takes to start.
     */
    private static final Map<String, Supplier<Object>> COMMANDS = Collections.unmodifiableMap(commands());

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

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("run", RunCommand::new);
        commands.put("demo", DemoCommand::new);
        commands.put("config", ConfigCommand::new);
        commands.put("status", StatusCommand::new);
        commands.put("top", TopCommand::new);
        commands.put("servers", ServersCommand::new);
        commands.put("apply", ApplyCommand::new);
        commands.put("nodes", NodesCommand::new);
        commands.put("players", PlayersCommand::new);
        commands.put("operations", OperationsCommand::new);
        commands.put("events", EventsCommand::new);
        commands.put("tokens", TokensCommand::new);
        commands.put("completion", () -> new CompletionCommand(() -> commandLine("")));
        commands.put("version", VersionCommand::new);
        return commands;
    }

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs a command to its end and says with which code the program should end. */
    static int execute(String... arguments) {
        return commandLine(arguments.length == 0 ? "" : arguments[0]).execute(arguments);
    }

    /**
     * The program as picocli sees it.
     *
     * @param wanted the one command that is needed; if there is no such command, all are
     */
    static CommandLine commandLine(String wanted) {
        var commandLine = new CommandLine(new Main());
        COMMANDS.forEach((name, command) -> {
            if (name.equals(wanted) || !COMMANDS.containsKey(wanted)) {
                commandLine.addSubcommand(name, command.get());
            }
        });
        return commandLine.setExecutionExceptionHandler(new Failures());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do");
    }
}
