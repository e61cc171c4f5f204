package io.nightporter.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.proxy.config.KickRules.Verdict;
import io.nightporter.proxy.text.Phrase;
import io.nightporter.proxy.text.Phrasebook;
import io.nightporter.proxy.text.Placeholder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the documentation says about the configuration file. */
final class Handbook {

    static final Path DOCS = Path.of("../docs");

    /** Run the tests with {@code -Dnightporter.docs.write=true} to bring the documentation up to date. */
    private static final boolean WRITE = Boolean.getBoolean("nightporter.docs.write");

    private static final Path CONFIGURATION = DOCS.resolve("configuration.md");
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

    private Handbook() {}

    /** Fails unless the file has that content; writes it there instead when asked to. */
    static void check(Path file, String content) throws IOException {
        if (WRITE) {
            Files.writeString(file, content);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
            .as("%s is out of date; run the tests once with -Dnightporter.docs.write=true", file)
            .isEqualTo(content);
    }

    /** Fails unless that is what stands in docs/configuration.md between the marks of this name. */
    static void checkPart(String name, String content) throws IOException {
        Pattern part = Pattern.compile("(?s)(<!-- " + name + " -->\n).*(<!-- end of " + name + " -->)");
        String text = Files.readString(CONFIGURATION);
        assertThat(part.matcher(text).find()).as("the marks of %s", name).isTrue();
        check(CONFIGURATION, part.matcher(text).replaceFirst("$1" + Matcher.quoteReplacement(content) + "$2"));
    }

    /** The configurations that are shown, each a whole file. */
    static List<String> examples() throws IOException {
        return YAML.matcher(Files.readString(CONFIGURATION))
            .results()
            .map(block -> block.group(1))
            .toList();
    }

    /** A table for each block of keys. */
    static String reference() {
        var text = new StringBuilder();
        tables(Keys.ROOT, "", text, new HashSet<>());
        return text.toString();
    }

    /** Every phrase with its placeholders and its words in English. */
    static String phrases() {
        var text = new StringBuilder("| placeholder | stands for |\n|---|---|\n");
        for (Placeholder placeholder : Placeholder.values()) {
            text.append("| `<%s>` | %s |%n".formatted(placeholder.tag(), placeholder.meaning()));
        }
        text.append("\n| phrase | placeholders | in English |\n|---|---|---|\n");
        for (Phrase phrase : Phrase.values()) {
            String placeholders = phrase
                .placeholders()
                .stream()
                .map(placeholder -> "`<" + placeholder.tag() + ">`")
                .collect(Collectors.joining(" "));
            String english = Phrasebook.english(phrase).miniMessage();
            text.append("| `%s` | %s | `%s` |%n".formatted(phrase.key(), placeholders, english));
        }
        return text.toString();
    }

    /** The rules for goodbyes that are built in. */
    static String goodbyes() {
        var text = new StringBuilder("| built in | what becomes of the player |\n|---|---|\n");
        text.append("| ").append(listed(KickRules.KICKS)).append(" | hears it and goes |\n");
        KickRules.WAITS.forEach((verdict, rules) ->
            text.append("| ").append(listed(rules)).append(" | ").append(fate(verdict)).append(" |\n")
        );
        return text.toString();
    }

    private static String listed(List<String> rules) {
        return rules
            .stream()
            .map(rule -> "`" + rule + "`")
            .collect(Collectors.joining(", "));
    }

    private static String fate(Verdict verdict) {
        return switch (verdict) {
            case KICK -> "goes";
            case STARTING -> "waits, the server is starting";
            case RESTARTING -> "waits, the server is restarting";
            case FULL -> "waits for a place";
            case LOST -> "waits, the connection was lost";
        };
    }

    private static void tables(Block block, String path, StringBuilder text, Set<Key<?>> seen) {
        text.append(path.isEmpty() ? "### Top level\n\n" : "### `" + path + "`\n\n");
        text.append("| key | value | if left out | meaning |\n|---|---|---|---|\n");
        List<Runnable> inner = new ArrayList<>();
        for (Key<?> key : block.keys()) {
            String initial = key.initial() == null ? "" : "`" + key.initial() + "`";
            text.append(
                "| `%s` | %s | %s | %s |%n".formatted(key.name(), key.type().explanation(), initial, key.meaning())
            );
            String full = path.isEmpty() ? key.name() : path + "." + key.name();
            if (key.type() instanceof Block found && seen.add(key)) {
                inner.add(() -> tables(found, full, text, seen));
            } else if (key.type() instanceof Named named) {
                inner.add(() -> tables(named.block(), full + ".<name>", text, seen));
            }
        }
        text.append('\n');
        inner.forEach(Runnable::run);
    }
}
