package io.nightporter.proxy.config;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.protocol.text.MiniMessageText;
import io.nightporter.protocol.version.VersionRange;
import io.nightporter.proxy.yaml.Node;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of values that keys can have. */
final class Values {

    static final ValueType<Boolean> BOOLEAN = new Plain<>(
        Map.of("type", "boolean"),
        "`true` or `false`",
        (text, _) ->
            switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("must be true or false, not " + Place.quote(text));
            }
    );

    /** Any text; a number is a text too. */
    static final ValueType<String> TEXT = new Plain<>(textSchema(), "text", (text, _) -> text);

    static final ValueType<String> MINI_MESSAGE = new Plain<>(
        textSchema(),
        "[MiniMessage](https://docs.advntr.dev/minimessage/format.html)",
        (text, _) -> {
            MiniMessageText.parse(text);
            return text;
        }
    );

    /** What a goodbye is recognized by. */
    static final ValueType<String> KICK_RULE = new Plain<>(textSchema(), "translation key or words", (text, _) -> {
        if (text.isBlank()) {
            throw new IllegalArgumentException("is empty; write a translation key, or words that the goodbye contains");
        }
        return text;
    });

    static final ValueType<String> PLAYER = new Plain<>(
        textSchema(),
        "`everyone`, or a player's name or UUID",
        (text, _) -> AccessReader.player(text)
    );

    static final ValueType<Cidr> NETWORK = new Plain<>(wordSchema(), "network such as `10.0.0.0/8`", (text, _) ->
        Cidr.parse(text)
    );

    static final ValueType<URI> WEB_ADDRESS = new Plain<>(patternSchema("^https?://"), "`https://…`", (text, _) ->
        webAddress(text)
    );

    static final ValueType<String> HOSTNAME = new Plain<>(
        wordSchema(),
        "hostname, `\"*.suffix\"` or `\"*\"`",
        (text, _) -> Hostnames.normalize(text)
    );

    static final ValueType<VersionRange> VERSIONS = new Plain<>(
        textSchema(),
        "versions such as `1.20.2..26.3`, `1.8..` or `1.21.1`",
        (text, place) -> place.reading().versions().parseRange(text)
    );

    /** A file beside the configuration file, or anywhere by an absolute path; it must exist. */
    static final ValueType<Path> FILE = new Plain<>(wordSchema(), "file", (text, place) ->
        ReferencedFiles.existing(place.reading().refer(text), text)
    );

    static final ValueType<Path> FOLDER = new Plain<>(wordSchema(), "folder", (text, place) ->
        ReferencedFiles.folder(place.reading().file().resolveSibling(text).normalize(), text)
    );

    static final ValueType<String> FAVICON = new Plain<>(wordSchema(), "PNG file of 64 × 64 pixels", (text, place) ->
        ReferencedFiles.favicon(place.reading().refer(text), text)
    );

    /** A file with one line, which is never shown. */
    static final ValueType<Secret> SECRET = new Plain<>(wordSchema(), "file", (text, place) -> {
        Secret secret = ReferencedFiles.secret(place.reading().refer(text), text);
        if (ReferencedFiles.isReadableByOthers(secret.file())) {
            place.warning(
                place.line(),
                "everybody on this machine may read " +
                    Place.quote(text) +
                    ", and whoever knows the secret can join servers as anybody; run chmod o-r on it"
            );
        }
        return secret;
    });

    private Values() {}

    static ValueType<Integer> number(int min, int max) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "integer");
        schema.put("minimum", min);
        schema.put("maximum", max);
        return new Plain<>(schema, "number from " + min + " to " + max, (text, _) -> {
            if (!text.matches("[+-]?\\d+")) {
                throw new IllegalArgumentException("must be a whole number, not " + Place.quote(text));
            }
            long number = text.length() > 15 ? Long.MAX_VALUE : Long.parseLong(text);
            if (number < min || number > max) {
                throw new IllegalArgumentException(text + " is out of range; it must be from " + min + " to " + max);
            }
            return (int) number;
        });
    }

    static ValueType<Duration> duration(String min, String max) {
        Duration shortest = Durations.parse(min);
        Duration longest = Durations.parse(max);
        Map<String, Object> schema = patternSchema(Durations.PATTERN);
        return new Plain<>(schema, "duration from " + min + " to " + max, (text, _) -> {
            Duration duration = Durations.parse(text);
            if (duration.compareTo(shortest) < 0 || duration.compareTo(longest) > 0) {
                throw new IllegalArgumentException(text + " is out of range; it must be from " + min + " to " + max);
            }
            return duration;
        });
    }

    /** An amount of bytes; a number without a unit is in bytes. */
    static ValueType<Long> size(String min, String max) {
        long smallest = Sizes.parse(min);
        long largest = Sizes.parse(max);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", List.of("string", "integer"));
        schema.put("pattern", Sizes.PATTERN);
        schema.put("minimum", smallest);
        schema.put("maximum", largest);
        return new Plain<>(schema, "size from " + min + " to " + max, (text, _) -> {
            long size = Sizes.parse(text);
            if (size < smallest || size > largest) {
                throw new IllegalArgumentException(text + " is out of range; it must be from " + min + " to " + max);
            }
            return size;
        });
    }

    static ValueType<HostAndPort> address(int defaultPort) {
        return new Plain<>(wordSchema(), "`host:port` (port " + defaultPort + " if left out)", (text, _) ->
            Addresses.parse(text, defaultPort)
        );
    }

    /** One of the constants, written in lower case. */
    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        List<E> constants = Arrays.asList(type.getEnumConstants());
        List<String> words = constants.stream().map(Values::word).toList();
        String explanation = words
            .stream()
            .map(word -> "`" + word + "`")
            .collect(Collectors.joining(", "));
        return new Plain<>(Map.of("enum", words), explanation, (text, _) -> {
            int index = words.indexOf(text);
            if (index < 0) {
                String near = Spelling.closest(text, words);
                String hint = near == null ? "" : "; did you mean " + near + "?";
                throw new IllegalArgumentException(
                    Place.quote(text) + " is not one of " + String.join(", ", words) + hint
                );
            }
            return constants.get(index);
        });
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** A list; one value alone may stand without brackets. */
    static <T> ValueType<List<T>> oneOrMore(ValueType<T> element) {
        return new Many<>(element);
    }

    /** The value together with the line that it stands on. */
    static <T> ValueType<Located<T>> located(ValueType<T> type) {
        return new WithLine<>(type);
    }

    record Located<T>(T value, int line) {}

    /** In YAML a text may look like a number: {@code versions: 1.20}. */
    private static Map<String, Object> textSchema() {
        return Map.of("type", List.of("string", "number", "boolean"));
    }

    private static Map<String, Object> wordSchema() {
        return Map.of("type", "string");
    }

    private static Map<String, Object> patternSchema(String pattern) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        schema.put("pattern", pattern);
        return schema;
    }

    private static URI webAddress(String text) {
        String example = "; write one such as https://sessionserver.mojang.com";
        try {
            URI uri = new URI(text.replaceAll("/+$", ""));
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (!web || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
                throw new IllegalArgumentException(Place.quote(text) + " is not a web address" + example);
            }
            return uri;
        } catch (URISyntaxException _) {
            throw new IllegalArgumentException(Place.quote(text) + " is not a web address" + example);
        }
    }

    /** A value that is written as one word or text. */
    static <T> ValueType<T> plain(Map<String, Object> schema, String explanation, Parser<T> parser) {
        return new Plain<>(schema, explanation, parser);
    }

    /** A value that fits an ECMAScript expression, as far as editors are concerned. */
    static <T> ValueType<T> pattern(String pattern, String explanation, Parser<T> parser) {
        return new Plain<>(patternSchema(pattern), explanation, parser);
    }

    /** A value that may look like a number in YAML. */
    static <T> ValueType<T> text(String explanation, Parser<T> parser) {
        return new Plain<>(textSchema(), explanation, parser);
    }

    /** A value that does not look like a number. */
    static <T> ValueType<T> word(String explanation, Parser<T> parser) {
        return new Plain<>(wordSchema(), explanation, parser);
    }

    /** Whether a list may stand there. */
    static boolean takesLists(ValueType<?> type) {
        return type instanceof Many;
    }

    interface Parser<T> {
        /** @throws IllegalArgumentException with a sentence that says what is wrong */
        T parse(String text, Place place);
    }

    /** A value that is written as one word or text. */
    private record Plain<T>(Map<String, Object> schema, String explanation, Parser<T> parser) implements ValueType<T> {
        @Override
        public @Nullable T read(Node node, Place place) {
            if (!(node instanceof Node.Scalar scalar)) {
                String found = node instanceof Node.Sequence ? "a list" : "a block of keys";
                place.error(node.line(), "must be one value, not " + found);
                return null;
            }
            if (scalar.isNothing()) {
                place.error(node.line(), "has no value; write one or remove the key");
                return null;
            }
            if (!scalar.plain() && !wantsText()) {
                place.error(node.line(), "must stand without quotes: " + scalar.text());
                return null;
            }
            try {
                return parser.parse(scalar.text(), place);
            } catch (IllegalArgumentException e) {
                place.error(node.line(), String.valueOf(e.getMessage()));
                return null;
            }
        }

        private boolean wantsText() {
            return !"boolean".equals(schema.get("type")) && !"integer".equals(schema.get("type"));
        }
    }

    /** The values that are right are there although others are wrong, so that they are compared with further ones. */
    private record Many<T>(ValueType<T> element) implements ValueType<List<T>> {
        @Override
        public @Nullable List<T> read(Node node, Place place) {
            List<Node> items = node instanceof Node.Sequence sequence ? sequence.items() : List.of(node);
            List<T> values = new ArrayList<>();
            for (Node item : items) {
                T value = element.read(item, new Place(place.reading(), item.line(), place.path()));
                if (value != null) {
                    values.add(value);
                }
            }
            return values.isEmpty() && !items.isEmpty() ? null : List.copyOf(values);
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> list = new LinkedHashMap<>();
            list.put("type", "array");
            list.put("items", element.schema());
            return Map.of("anyOf", List.of(element.schema(), list));
        }

        @Override
        public String explanation() {
            return element.explanation() + "; one or a list";
        }
    }

    private record WithLine<T>(ValueType<T> type) implements ValueType<Located<T>> {
        @Override
        public @Nullable Located<T> read(Node node, Place place) {
            T value = type.read(node, place);
            return value == null ? null : new Located<>(value, node.line());
        }

        @Override
        public Map<String, Object> schema() {
            return type.schema();
        }

        @Override
        public String explanation() {
            return type.explanation();
        }
    }
}
