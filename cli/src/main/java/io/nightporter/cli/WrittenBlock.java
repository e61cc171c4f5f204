package io.nightporter.cli;

import io.nightporter.cli.client.ApiBody;
import io.nightporter.cli.client.YamlTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The entry of a server or a node, or a change to one, put together from a file and from options. Keys with dots lie in
 * each other ({@code sleep.pauseAfter}); below {@code env} and {@code labels} the rest is one key, and values are texts.
 */
final class WrittenBlock {

    private static final Set<String> MAPS_OF_TEXTS = Set.of("env", "labels");

    private @Nullable String text;
    private final ObjectNode tree;

    private WrittenBlock(@Nullable String text, ObjectNode tree) {
        this.text = text;
        this.tree = tree;
    }

    static WrittenBlock empty() {
        return new WrittenBlock(null, JsonMapper.shared().createObjectNode());
    }

    /**
     * @param file {@code -}: standard input
     * @throws IllegalArgumentException when it is no YAML, or not there
     */
    static WrittenBlock of(Path file) throws IOException {
        String text = read(file);
        return new WrittenBlock(text, YamlTree.readObject(text, file.toString()));
    }

    /** The text of a file, or of standard input if it is called {@code -}. */
    static String read(Path file) throws IOException {
        if (file.toString().equals("-")) {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        }
        try {
            return Files.readString(file);
        } catch (NoSuchFileException _) {
            throw new IllegalArgumentException("there is no file " + file);
        } catch (IOException _) {
            throw new IllegalArgumentException("the file " + file + " cannot be read as text");
        }
    }

    /** Nothing if the value is null. */
    WrittenBlock put(String key, @Nullable JsonNode value) {
        if (value != null) {
            int dot = key.indexOf('.');
            String first = dot < 0 ? key : key.substring(0, dot);
            ObjectNode at = tree;
            String rest = key;
            while (dot >= 0) {
                at = child(at, rest.substring(0, dot));
                rest = rest.substring(dot + 1);
                dot = MAPS_OF_TEXTS.contains(first) ? -1 : rest.indexOf('.');
            }
            at.set(rest, value);
            text = null;
        }
        return this;
    }

    private static ObjectNode child(ObjectNode parent, String key) {
        return parent.get(key) instanceof ObjectNode there ? there : parent.putObject(key);
    }

    /** A value as it stands in YAML. */
    WrittenBlock put(String key, @Nullable String value) {
        if (value == null) {
            return this;
        }
        boolean isText = MAPS_OF_TEXTS.stream().anyMatch(map -> key.startsWith(map + "."));
        return put(key, isText ? text(value) : YamlTree.read(value, "--set " + key));
    }

    WrittenBlock putAll(Map<String, String> values) {
        values.forEach(this::put);
        return this;
    }

    /** Texts below a key. */
    WrittenBlock putTexts(String key, Map<String, String> values) {
        values.forEach((name, value) -> put(key + "." + name, text(value)));
        return this;
    }

    /** In a change: takes a key away. */
    WrittenBlock unset(String key) {
        return put(key, JsonMapper.shared().nullNode());
    }

    static JsonNode text(String value) {
        return JsonMapper.shared().stringNode(value);
    }

    boolean isEmpty() {
        return tree.isEmpty();
    }

    ObjectNode tree() {
        return tree;
    }

    /** As it was written if it is nothing but a file, so that messages name its lines. */
    ApiBody body() {
        return text == null ? ApiBody.json(tree) : ApiBody.yaml(text);
    }
}
