package io.nightporter.orchestrator.driver.process;

import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.InstanceSpec;
import io.nightporter.orchestrator.model.Workload;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a definition means here, and whether it can be. */
final class Definitions {

    /** What a {@code stopSignal} begins with that is a line for the console instead. */
    private static final String CONSOLE = "console:";

    /** How a program is asked to stop. */
    sealed interface Stop {
        record Signal(int number) implements Stop {}

        /** Is typed into its console. */
        record Line(String text) implements Stop {}
    }

    private Definitions() {}

    /**
     * The record of a new instance.
     *
     * @throws BadDefinitionException when it could never run
     */
    static ProcessRecord check(InstanceSpec spec) throws BadDefinitionException {
        if (!(spec.workload() instanceof Workload.Command command)) {
            throw new BadDefinitionException(
                "the driver process runs commands, which " + spec.server() + " has none of",
                "Give the server a command, or a node with another driver.",
                null
            );
        }
        if (command.command().isEmpty() || command.command().getFirst().isBlank()) {
            throw new BadDefinitionException(
                "the command of " + spec.server() + " is empty",
                "Write a program and its arguments, such as [java, -jar, server.jar, --port, \"{port}\"].",
                null
            );
        }
        if (!passable(command)) {
            throw new BadDefinitionException(
                "the command of " + spec.server() + " cannot be handed to any program",
                "Give each variable a name without '=', and no zero characters anywhere.",
                null
            );
        }
        if (!Records.isName(spec.name())) {
            throw new BadDefinitionException(
                "no instance can be called " + spec.name(),
                "Let the fleet's and the server's names have letters, digits, '-', '_' and '.' only.",
                null
            );
        }
        stop(command);
        var record = new ProcessRecord(
            Records.newHandle(spec.name()),
            spec.name(),
            spec.server(),
            command,
            spec.resources(),
            spec.allLabels(),
            null,
            null,
            null,
            Map.of()
        );
        Placeholders.check(record);
        return record;
    }

    /** Whether the kernel can pass it on: texts end with a zero there, and names at the equals sign. */
    private static boolean passable(Workload.Command command) {
        Stream<String> texts = Stream.of(
            command.command().stream(),
            command.env().keySet().stream(),
            command.env().values().stream(),
            Stream.ofNullable(command.directory())
        ).flatMap(Function.identity());
        return (
            texts.noneMatch(text -> text.indexOf('\0') >= 0) &&
            command
                .env()
                .keySet()
                .stream()
                .noneMatch(name -> name.isEmpty() || name.indexOf('=') >= 0)
        );
    }

    static Stop stop(Workload.Command command) throws BadDefinitionException {
        @Nullable
        String wanted = command.stopSignal();
        if (wanted == null) {
            return new Stop.Signal(Signals.TERM);
        }
        if (wanted.startsWith(CONSOLE)) {
            String line = wanted.substring(CONSOLE.length()).strip();
            if (!line.isEmpty() && line.length() <= 1_000 && line.chars().noneMatch(Character::isISOControl)) {
                return new Stop.Line(line);
            }
        } else {
            Optional<Integer> number = Signals.number(wanted);
            if (number.isPresent()) {
                return new Stop.Signal(number.get());
            }
        }
        throw new BadDefinitionException(
            "there is no stop signal " + wanted,
            "Write a signal such as SIGTERM or SIGINT, or a line for the console such as console:stop.",
            null
        );
    }
}
