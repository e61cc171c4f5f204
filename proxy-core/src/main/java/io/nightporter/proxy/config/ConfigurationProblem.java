package io.nightporter.proxy.config;

/**
 * One thing that is wrong with a configuration file, or doubtful about it.
 *
 * @param file the file as it was named by whoever asked for it
 * @param line counted from 1; 0: the file as a whole
 * @param key with all the keys above it, joined by dots; empty: none in particular
 * @param message what is wrong and what to do about it
 */
public record ConfigurationProblem(
    String file,
    int line,
    String key,
    String message
) implements Comparable<ConfigurationProblem> {
    @Override
    public int compareTo(ConfigurationProblem other) {
        return Integer.compare(line, other.line);
    }

    /** As people read it: {@code nightporter.yml:14 fleet.servers.survival.addres: unknown key; did you mean address?} */
    @Override
    public String toString() {
        var text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
        }
        if (!key.isEmpty()) {
            text.append(' ').append(key);
        }
        return text.append(": ").append(message).toString();
    }
}
