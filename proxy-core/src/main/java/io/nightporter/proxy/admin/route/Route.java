package io.nightporter.proxy.admin.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be asked of the API.
 *
 * @param template the path; segments in braces stand for whatever is there
 * @param summary a sentence
 * @param body what has to be sent; {@link Body#NONE}: nothing
 * @param answers the kinds of records by status; errors of the common form are not among them
 */
public record Route(
    String method,
    String template,
    Rule rule,
    String summary,
    Body body,
    List<Parameter> query,
    Map<Integer, Class<?>> answers,
    boolean streams,
    Handler handler
) {
    /**
     * What may be sent.
     *
     * @param type the record that it is read into; null: none, the handler takes the text
     * @param types the media types
     * @param required whether there has to be one
     */
    public record Body(@Nullable Class<?> type, List<String> types, boolean required) {
        /** Other names for YAML, which are understood. */
        private static final List<String> ALSO = List.of("application/x-yaml", "text/yaml");

        public static final Body NONE = new Body(null, List.of(), false);
        /** A definition, as it stands in the configuration. */
        public static final Body DEFINITION = new Body(
            null,
            List.of("application/json", "application/yaml", "application/x-yaml", "text/yaml"),
            true
        );
        /** RFC 7396. */
        public static final Body MERGE_PATCH = new Body(
            null,
            List.of("application/merge-patch+json", "application/json"),
            true
        );

        public static Body of(Class<?> type) {
            return new Body(type, List.of("application/json"), true);
        }

        public static Body optional(Class<?> type) {
            return new Body(type, List.of("application/json"), false);
        }

        boolean isNone() {
            return types.isEmpty();
        }

        List<String> documented() {
            return types
                .stream()
                .filter(type -> !ALSO.contains(type))
                .toList();
        }
    }

    public Route {
        query = List.copyOf(query);
        answers = Map.copyOf(new TreeMap<>(answers));
    }

    public static Route get(String template, Rule rule, String summary, Class<?> answer, Handler handler) {
        return of("GET", template, rule, summary, handler).answers(200, answer);
    }

    public static Route of(String method, String template, Rule rule, String summary, Handler handler) {
        return new Route(method, template, rule, summary, Body.NONE, List.of(), Map.of(), false, handler);
    }

    public Route takes(Body other) {
        return new Route(method, template, rule, summary, other, query, answers, streams, handler);
    }

    public Route asks(Parameter... parameters) {
        List<Parameter> all = new ArrayList<>(query);
        all.addAll(List.of(parameters));
        return new Route(method, template, rule, summary, body, all, answers, streams, handler);
    }

    public Route answers(int status, Class<?> type) {
        Map<Integer, Class<?>> all = new HashMap<>(answers);
        all.put(status, type);
        return new Route(method, template, rule, summary, body, query, all, streams, handler);
    }

    /** It can answer with events as they happen. */
    public Route streaming() {
        return new Route(method, template, rule, summary, body, query, answers, true, handler);
    }

    /** For metrics and tests. */
    public String label() {
        return method + " " + template;
    }

    /** What stands for the segments in braces, if the path is one of this route. */
    Optional<Map<String, String>> match(List<String> path) {
        List<String> wanted = segments(template);
        if (wanted.size() != path.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            String segment = wanted.get(i);
            if (segment.startsWith("{")) {
                values.put(segment.substring(1, segment.length() - 1), path.get(i));
            } else if (!segment.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(Map.copyOf(values));
    }

    static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    /** The names in braces. */
    List<String> variables() {
        return segments(template)
            .stream()
            .filter(segment -> segment.startsWith("{"))
            .map(segment -> segment.substring(1, segment.length() - 1))
            .toList();
    }
}
