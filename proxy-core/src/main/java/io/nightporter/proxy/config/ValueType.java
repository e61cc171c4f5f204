package io.nightporter.proxy.config;

import io.nightporter.proxy.yaml.Node;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the value of a key is written: how it is read, and how that is explained to people and to editors. */
interface ValueType<T> {
    /** The value, or null after what is wrong with it has been reported to the place. */
    @Nullable
    T read(Node node, Place place);

    /** As JSON Schema. */
    Map<String, Object> schema();

    /** As Markdown, for a cell of a table. */
    String explanation();
}
