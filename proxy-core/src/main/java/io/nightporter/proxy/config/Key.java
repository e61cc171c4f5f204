package io.nightporter.proxy.config;

import org.jspecify.annotations.Nullable;

/**
 * A key of the configuration file. Loader, suggestions, JSON Schema and the reference in the documentation all come
 * from these declarations.
 *
 * @param initial the value as it would be written when the key is left out; null: there is none
 * @param meaning one sentence for the documentation, in Markdown
 */
record Key<T>(String name, ValueType<T> type, @Nullable String initial, String meaning) {
    static <T> Key<T> of(String name, ValueType<T> type, String initial, String meaning) {
        return new Key<>(name, type, initial, meaning);
    }

    static <T> Key<T> optional(String name, ValueType<T> type, String meaning) {
        return new Key<>(name, type, null, meaning);
    }
}
