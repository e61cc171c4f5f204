package io.nightporter.protocol.text;

import com.google.gson.JsonElement;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.gson.GsonComponentSerializer;
import net.kyori.adventure.text.serializer.json.JSONOptions;
import org.jspecify.annotations.Nullable;

/** Components as JSON: the shapes that each version understands. */
public final class JsonText {

    /** Deeper nesting is not a text that a person is meant to read. */
    static final int MAX_DEPTH = 128;

    /**
     * The first protocol of a shape, and the world data version by which Adventure knows that shape: 1.16 brought RGB
     * colours and hover "contents", 1.20.3 NBT with ids as numbers, 1.20.5 items with components, 1.21.4 shadow
     * colours, 1.21.5 snake-case events, 1.21.6 numbers for pages.
     */
    private static final TreeMap<Integer, GsonComponentSerializer> WRITERS = new TreeMap<>(
        Map.of(
            0,
            writer(0),
            735,
            writer(2526),
            765,
            writer(3679),
            766,
            writer(3819),
            769,
            writer(4174),
            770,
            writer(4298),
            771,
            writer(4422)
        )
    );

    private static final GsonComponentSerializer READER = GsonComponentSerializer.builder()
        .editOptions(options -> options.value(JSONOptions.VALIDATE_STRICT_EVENTS, false))
        .build();

    private JsonText() {}

    /** The component in the shape of this protocol; colours that it does not have become the nearest named one. */
    public static String write(Component component, int protocol) {
        return serializer(protocol).serialize(component);
    }

    /**
     * @throws IllegalArgumentException when this is not JSON, or not a text
     */
    public static Component read(String json) {
        checkDepth(json);
        try {
            // Gson reads nothing at all as null.
            @Nullable
            Component component = READER.deserialize(json);
            if (component == null) {
                throw new IllegalArgumentException("not a text in JSON: it is empty");
            }
            return component;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not a text in JSON: " + e.getMessage(), e);
        }
    }

    static JsonElement writeTree(Component component, int protocol) {
        return serializer(protocol).serializeToTree(component);
    }

    static Component readTree(JsonElement json) {
        try {
            return READER.deserializeFromTree(json);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not a text: " + e.getMessage(), e);
        }
    }

    static Component readLeniently(String json) {
        try {
            return read(json);
        } catch (IllegalArgumentException e) {
            return Component.text(json);
        }
    }

    private static GsonComponentSerializer serializer(int protocol) {
        return Objects.requireNonNull(WRITERS.floorEntry(Math.max(0, protocol))).getValue();
    }

    private static GsonComponentSerializer writer(int dataVersion) {
        return GsonComponentSerializer.builder()
            .options(JSONOptions.byDataVersion().at(dataVersion))
            // Old clients would read a lone string as well, but other programs that read their JSON may not.
            .editOptions(options -> options.value(JSONOptions.EMIT_COMPACT_TEXT_COMPONENT, dataVersion >= 3679))
            .build();
    }

    /** The parser calls itself for every level, so the depth is bounded before it starts. */
    private static void checkDepth(String json) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '[' || c == '{') {
                if (++depth > MAX_DEPTH) {
                    throw new IllegalArgumentException("a text of more than " + MAX_DEPTH + " levels");
                }
            } else if (c == ']' || c == '}') {
                depth--;
            }
        }
    }
}
