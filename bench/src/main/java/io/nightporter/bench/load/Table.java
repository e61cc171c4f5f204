package io.nightporter.bench.load;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** Results as Markdown: what each target did, and how it compares with HAProxy. */
final class Table {

    static final String BASELINE = "HAProxy";
    private static final String NOTHING = "–";

    private final List<Result> results;
    private final List<String> targets;
    private final List<String> compared;

    Table(List<Result> results) {
        this.results = List.copyOf(results);
        Set<String> names = new LinkedHashSet<>();
        results.forEach(result -> names.add(result.target()));
        targets = List.copyOf(names);
        boolean baseline = names.contains(BASELINE);
        names.remove(BASELINE);
        names.remove("direct");
        compared = baseline ? List.copyOf(names) : List.of();
    }

    String markdown() {
        List<String> head = new ArrayList<>(List.of("scenario", ""));
        head.addAll(targets);
        compared.forEach(name -> head.add(name + " : " + BASELINE));
        StringBuilder text = new StringBuilder();
        row(text, head);
        row(
            text,
            head
                .stream()
                .map(_ -> "---")
                .toList()
        );
        Set<Scenario> scenarios = new LinkedHashSet<>();
        results.forEach(result -> scenarios.add(result.scenario()));
        scenarios.forEach(scenario -> rows(text, scenario));
        notes(text);
        return text.toString();
    }

    private void rows(StringBuilder text, Scenario scenario) {
        boolean first = true;
        for (Figure figure : Figure.ALL) {
            List<OptionalDouble> values = targets
                .stream()
                .map(target -> median(scenario, target, figure))
                .toList();
            if (values.stream().noneMatch(OptionalDouble::isPresent)) {
                continue;
            }
            List<String> cells = new ArrayList<>(List.of(first ? scenario.name() : "", figure.name()));
            first = false;
            values.forEach(value -> cells.add(value.isPresent() ? figure.text(value.getAsDouble()) : NOTHING));
            for (String target : compared) {
                OptionalDouble own = values.get(targets.indexOf(target));
                OptionalDouble baseline = values.get(targets.indexOf(BASELINE));
                boolean both = own.isPresent() && baseline.isPresent();
                cells.add(both ? figure.comparison(own.getAsDouble(), baseline.getAsDouble()) : NOTHING);
            }
            row(text, cells);
        }
    }

    private OptionalDouble median(Scenario scenario, String target, Figure figure) {
        double[] values = results
            .stream()
            .filter(result -> result.scenario().equals(scenario) && result.target().equals(target))
            .map(figure::of)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .sorted()
            .toArray();
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = values.length / 2;
        return OptionalDouble.of(values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2);
    }

    private void notes(StringBuilder text) {
        text.append('\n');
        for (Result result : results) {
            List<String> notes = result.notes();
            if (!notes.isEmpty()) {
                text.append(
                    "- %s, %s, run %d: %s\n".formatted(
                        result.scenario().name(),
                        result.target(),
                        result.run(),
                        String.join("; ", notes)
                    )
                );
            }
        }
    }

    private static void row(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
