package io.nightporter.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the documentation says about the configuration file. */
final class Handbook {

    static final Path DOCS = Path.of("../docs");

    /** Run the tests with {@code -Dnightporter.docs.write=true} to bring the documentation up to date. */
    private static final boolean WRITE = Boolean.getBoolean("nightporter.docs.write");

    private static final Path CONFIGURATION = DOCS.resolve("configuration.md");
    private static final Pattern REFERENCE = Pattern.compile("(?s)(<!-- reference -->\n).*(<!-- end of reference -->)");
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

    static void checkReference(String tables) throws IOException {
        String text = Files.readString(CONFIGURATION);
        String upToDate = REFERENCE.matcher(text).replaceFirst("$1" + Matcher.quoteReplacement(tables) + "$2");
        check(CONFIGURATION, upToDate);
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
