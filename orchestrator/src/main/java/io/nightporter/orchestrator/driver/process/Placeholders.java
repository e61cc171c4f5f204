package io.nightporter.orchestrator.driver.process;

import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.model.Port;
import io.nightporter.orchestrator.model.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code {port}} and {@code {port:25575}} in arguments and in the environment. */
final class Placeholders {

    private static final Pattern PORT = Pattern.compile("\\{port(?::([0-9]{1,5})(/udp)?)?}");

    private Placeholders() {}

    /** Whether the program is told this port. If not, it listens where it always does. */
    static boolean mentions(Workload.Command command, Port port) {
        String key = ProcessRecord.key(port.inside(), port.protocol());
        return texts(command)
            .flatMap(text -> PORT.matcher(text).results())
            .anyMatch(found -> key(found, command.gamePort()).equals(key));
    }

    /** @throws BadDefinitionException when there is a placeholder for a port that is not among these */
    static void check(ProcessRecord record) throws BadDefinitionException {
        List<String> known = record
            .ports()
            .stream()
            .map(port -> ProcessRecord.key(port.inside(), port.protocol()))
            .toList();
        List<String> unknown = texts(record.command())
            .flatMap(text -> PORT.matcher(text).results())
            .map(found -> key(found, record.command().gamePort()))
            .filter(key -> !known.contains(key))
            .toList();
        if (!unknown.isEmpty()) {
            throw new BadDefinitionException(
                "the command of " + record.server() + " names port " + unknown.getFirst() + ", which it does not have",
                "Add it to the server's ports, or write {port} for the game's.",
                null
            );
        }
    }

    static List<String> arguments(ProcessRecord record, Map<String, Integer> ports) {
        return record
            .command()
            .command()
            .stream()
            .map(text -> fill(text, record, ports))
            .toList();
    }

    static Map<String, String> environment(ProcessRecord record, Map<String, Integer> ports) {
        Map<String, String> filled = new LinkedHashMap<>();
        record
            .command()
            .env()
            .forEach((name, value) -> filled.put(name, fill(value, record, ports)));
        return filled;
    }

    private static String fill(String text, ProcessRecord record, Map<String, Integer> ports) {
        return PORT.matcher(text).replaceAll(found -> {
            Integer port = ports.get(key(found, record.command().gamePort()));
            return port == null ? Matcher.quoteReplacement(found.group()) : String.valueOf(port);
        });
    }

    private static Stream<String> texts(Workload.Command command) {
        return Stream.concat(command.command().stream(), command.env().values().stream());
    }

    private static String key(MatchResult found, int gamePort) {
        int inside = found.group(1) == null ? gamePort : Integer.parseInt(found.group(1));
        return ProcessRecord.key(inside, found.group(2) == null ? Port.Protocol.TCP : Port.Protocol.UDP);
    }
}
