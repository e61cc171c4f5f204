package io.nightporter.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = "Print a script that completes commands in bash or zsh: source <(nightporter completion)"
)
final class CompletionCommand implements Callable<Integer> {

    enum Shell {
        bash,
        zsh,
    }

    private final Supplier<CommandLine> everything;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
        paramLabel = "SHELL",
        arity = "0..1",
        defaultValue = "bash",
        description = "bash or zsh; one script serves both."
    )
    @SuppressWarnings("UnusedVariable") // picocli refuses other shells by it
    private Shell shell = Shell.bash;

    /** @param everything makes the program with all of its commands */
    CompletionCommand(Supplier<CommandLine> everything) {
        this.everything = everything;
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        // Picocli's script looks itself for the shell that it is in.
        out.print(AutoComplete.bash("nightporter", everything.get()));
        out.flush();
        return ExitCode.DONE;
    }
}
