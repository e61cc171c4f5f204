package io.nightporter.orchestrator.model;

import org.jspecify.annotations.Nullable;

/**
 * What an instance may use.
 *
 * @param memoryBytes null: as much as the node has
 * @param cores such as 1.5; null: as many as the node has
 */
public record Resources(@Nullable Long memoryBytes, @Nullable Double cores) {
    public static final Resources UNLIMITED = new Resources(null, null);

    public Resources {
        if (memoryBytes != null && memoryBytes <= 0) {
            throw new IllegalArgumentException("memory must be more than nothing: " + memoryBytes);
        }
        if (cores != null && !(cores > 0)) {
            throw new IllegalArgumentException("cores must be more than nothing: " + cores);
        }
    }
}
