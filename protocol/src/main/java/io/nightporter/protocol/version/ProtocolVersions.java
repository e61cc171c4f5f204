package io.nightporter.protocol.version;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All protocols that Nightporter knows: the built-in ones and those of further tables. Immutable. */
public final class ProtocolVersions {

    private static final String RESOURCE = "packet-ids.txt";

    /** A table of all packets is 16 KiB; whatever is much larger is not a table. */
    private static final long MAX_TABLE_BYTES = 1 << 20;

    private static final class BuiltIn {

        static final ProtocolVersions VERSIONS = readBuiltIn();
    }

    private final NavigableMap<Integer, ProtocolVersion> byNumber;
    private final Map<Integer, ProtocolVersion> lookup;
    private final Map<String, ProtocolVersion> byRelease = new HashMap<>();
    private final List<ProtocolVersion> all;

    private ProtocolVersions(NavigableMap<Integer, ProtocolVersion> byNumber) {
        this.byNumber = byNumber;
        this.lookup = Map.copyOf(byNumber);
        this.all = List.copyOf(byNumber.values());
        for (ProtocolVersion version : all) {
            byRelease.put(version.name(), version);
            version.releases().forEach(release -> byRelease.put(release, version));
        }
    }

    /** The versions that this build was made with. */
    public static ProtocolVersions builtIn() {
        return BuiltIn.VERSIONS;
    }

    /**
     * These versions and the ones that the given files add; a later file may build on an earlier one.
     *
     * @throws VersionTableException {@code file:line: what is wrong}
     */
    public ProtocolVersions with(List<Path> extraTables) {
        NavigableMap<Integer, ProtocolVersion> extended = byNumber;
        for (Path path : extraTables) {
            extended = Table.parse(path.toString(), readLines(path)).addTo(extended);
        }
        return extraTables.isEmpty() ? this : new ProtocolVersions(extended);
    }

    public @Nullable ProtocolVersion find(int number) {
        return lookup.get(number);
    }

    /** Every known protocol, oldest first. */
    public List<ProtocolVersion> all() {
        return all;
    }

    public ProtocolVersion newest() {
        return all.getLast();
    }

    /**
     * A range as people write it: {@code 1.20.2..26.3}, {@code 1.8..}, {@code ..1.12.2}, {@code 1.21.1}. Releases may
     * be any that a known protocol covers, or protocol numbers. An open end also covers versions that are not known.
     *
     * @throws IllegalArgumentException with a sentence that names what is wrong
     */
    public VersionRange parseRange(String text) {
        String range = text.strip();
        int dots = range.indexOf("..");
        if (dots < 0) {
            int protocol = protocolOf(range);
            return new VersionRange(protocol, protocol);
        }
        String from = range.substring(0, dots).strip();
        String to = range.substring(dots + 2).strip();
        int first = from.isEmpty() ? VersionRange.ALL.first() : protocolOf(from);
        int last = to.isEmpty() ? VersionRange.ALL.last() : protocolOf(to);
        if (first > last) {
            throw new IllegalArgumentException(
                range + " ends before it begins; write the older version first: " + to + ".." + from
            );
        }
        return new VersionRange(first, last);
    }

    /** The range as a phrase with release names: {@code 1.20.2 to 26.3}, {@code 1.8 and newer}. */
    public String describe(VersionRange range) {
        boolean openStart = range.first() <= VersionRange.ALL.first();
        boolean openEnd = range.last() == VersionRange.ALL.last();
        if (openStart && openEnd) {
            return "every version";
        }
        if (openEnd) {
            return oldestName(range.first()) + " and newer";
        }
        if (openStart) {
            return newestName(range.last()) + " and older";
        }
        String first = oldestName(range.first());
        String last = newestName(range.last());
        return first.equals(last) ? first : first + " to " + last;
    }

    private String oldestName(int number) {
        ProtocolVersion version = find(number);
        return version == null ? "protocol " + number : version.releases().getFirst();
    }

    private String newestName(int number) {
        ProtocolVersion version = find(number);
        return version == null ? "protocol " + number : version.newestRelease();
    }

    private int protocolOf(String word) {
        ProtocolVersion version = byRelease.get(word);
        if (version != null) {
            return version.number();
        }
        if (word.matches("\\d{1,10}") && Long.parseLong(word) <= Integer.MAX_VALUE) {
            int number = Integer.parseInt(word);
            if (find(number) != null || number > newest().number()) {
                return number;
            }
        }
        throw new IllegalArgumentException(unknown(word));
    }

    private String unknown(String word) {
        if (word.isEmpty()) {
            return "a version is missing; write a release such as " + newest().newestRelease() + ", or a range of them";
        }
        String family = word.split("\\.")[0] + ".";
        String similar = all
            .stream()
            .filter(version -> sharesBeginning(version, word, family))
            .map(ProtocolVersion::name)
            .collect(Collectors.joining(", "));
        return (
            word +
            " is not a known version; " +
            (similar.isEmpty()
                ? "known are " + all.getFirst().releases().getFirst() + " to " + newest().newestRelease()
                : "did you mean one of " + similar + "?")
        );
    }

    /** Whether a release begins like the word up to its second dot: 1.20.9 is like 1.20.5. */
    private static boolean sharesBeginning(ProtocolVersion version, String word, String family) {
        String[] parts = word.split("\\.");
        String beginning = parts.length < 2 ? family : parts[0] + "." + parts[1];
        return version
            .releases()
            .stream()
            .anyMatch(
                release ->
                    release.equals(beginning) ||
                    release.startsWith(beginning.endsWith(".") ? beginning : beginning + ".")
            );
    }

    private static List<String> readLines(Path path) {
        try {
            if (Files.size(path) > MAX_TABLE_BYTES) {
                throw new VersionTableException(path + ":1: larger than a version table can be (1 MiB)");
            }
            return Files.readAllLines(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new VersionTableException(path + ":1: cannot be read: " + e);
        }
    }

    private static ProtocolVersions readBuiltIn() {
        try (InputStream in = ProtocolVersions.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + RESOURCE + " is missing from the program");
            }
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            return new ProtocolVersions(Table.parse(RESOURCE, lines).addTo(new TreeMap<>()));
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + RESOURCE + " cannot be read", e);
        }
    }
}
