package io.nightporter.protocol.version;

/**
 * Protocol numbers from {@code first} to {@code last}, both included.
 */
public record VersionRange(int first, int last) {
    public static final VersionRange ALL = new VersionRange(0, Integer.MAX_VALUE);

    public VersionRange {
        if (first > last) {
            throw new IllegalArgumentException("the range " + first + ".." + last + " is empty");
        }
    }

    public boolean contains(int protocol) {
        return first <= protocol && protocol <= last;
    }
}
