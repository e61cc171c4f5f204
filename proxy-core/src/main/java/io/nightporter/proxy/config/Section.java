package io.nightporter.proxy.config;

import io.nightporter.proxy.yaml.Node;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A block as it stands in a file.
 *
 * @param abbreviated whether it stands there as one plain value instead of a block
 */
record Section(Place place, Map<String, Node.Entry> entries, boolean abbreviated) {
    /** The value of a key that has a default; the default too after what is wrong with it has been reported. */
    <T> T value(Key<T> key) {
        T value = optional(key);
        return value == null ? initial(key) : value;
    }

    /** The value of a key, or null when it is not there, or after what is wrong with it has been reported. */
    <T> @Nullable T optional(Key<T> key) {
        Node.Entry entry = entries.get(key.name());
        return entry == null ? null : key.type().read(entry.value(), placeOf(key));
    }

    /** The block behind the key; one without content when there is none. */
    Section section(Key<Section> key) {
        Section section = optional(key);
        return section == null ? new Section(placeOf(key), Map.of(), false) : section;
    }

    boolean has(Key<?> key) {
        return entries.containsKey(key.name());
    }

    void error(Key<?> key, String message) {
        Place where = placeOf(key);
        where.error(where.line(), message);
    }

    void warning(Key<?> key, String message) {
        Place where = placeOf(key);
        where.warning(where.line(), message);
    }

    /** Where the key stands; on the line of the block when it is not there. */
    private Place placeOf(Key<?> key) {
        Node.Entry entry = entries.get(key.name());
        int line = entry == null ? place.line() : entry.line();
        return abbreviated ? new Place(place.reading(), line, place.path()) : place.at(key.name(), line);
    }

    private <T> T initial(Key<T> key) {
        String initial = key.initial();
        T value = initial == null ? null : key.type().read(new Node.Scalar(place.line(), initial, true), place);
        if (value == null) {
            throw new IllegalStateException("the key " + placeOf(key).path() + " has no default that can be used");
        }
        return value;
    }
}
