package io.nightporter.proxy.text;

import io.nightporter.proxy.yaml.Node;
import io.nightporter.proxy.yaml.YamlSyntaxException;
import io.nightporter.proxy.yaml.YamlText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The languages that come with the program: {@code messages.en.yml} and so on, beside this class. */
final class BuiltInLanguages {

    private static final Map<String, Map<Phrase, Template>> ALL = Map.of("en", read("en"), "de", read("de"));

    private BuiltInLanguages() {}

    /** By language; each has every phrase. */
    static Map<String, Map<Phrase, Template>> all() {
        return ALL;
    }

    private static Map<Phrase, Template> read(String language) {
        String resource = "messages." + language + ".yml";
        try (InputStream in = Objects.requireNonNull(BuiltInLanguages.class.getResourceAsStream(resource), resource)) {
            Node root = YamlText.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            Map<Phrase, Template> templates = new EnumMap<>(Phrase.class);
            for (Node.Entry entry : ((Node.Mapping) root).entries()) {
                Phrase phrase = Objects.requireNonNull(Phrase.ofKey(entry.key()), entry.key());
                // The tests check them, so that no start has to.
                templates.put(phrase, new Template(((Node.Scalar) entry.value()).text()));
            }
            return templates;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (YamlSyntaxException e) {
            throw new IllegalStateException(resource + ":" + e.line() + " " + e.getMessage(), e);
        }
    }
}
