package io.nightporter.protocol.version;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that a table gives to versions: one release, a run of patch releases, or any other single word. */
final class ReleaseNames {

    /** Two releases with a hyphen between them; the second says how far the last number counts. */
    private static final Pattern RUN = Pattern.compile("(\\d+\\.\\d+)(?:\\.(\\d+))?-(\\d+\\.\\d+)\\.(\\d+)");

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private ReleaseNames() {}

    /** All releases of a name, oldest first: {@code 1.20-1.20.2} covers 1.20, 1.20.1 and 1.20.2. */
    static List<String> covered(String name) {
        Matcher run = RUN.matcher(name);
        if (!run.matches()) {
            if (!WORD.matcher(name).matches() || name.contains("..") || name.matches("\\d+")) {
                throw new IllegalArgumentException(
                    name + " is not a version name; write a release such as 26.4, or a run of them such as 26.4-26.4.2"
                );
            }
            return List.of(name);
        }
        int first = run.group(2) == null ? 0 : patch(run.group(2));
        int last = patch(run.group(4));
        if (!run.group(1).equals(run.group(3)) || first >= last) {
            throw new IllegalArgumentException(
                name + " is not a run of patch releases; write the older one first, such as 1.20.5-1.20.6"
            );
        }
        List<String> releases = new ArrayList<>();
        for (int patch = first; patch <= last; patch++) {
            releases.add(patch == 0 ? run.group(1) : run.group(1) + "." + patch);
        }
        return List.copyOf(releases);
    }

    private static int patch(String digits) {
        // Minecraft's own numbers have two digits at most; the bound keeps a slip from becoming a huge list.
        if (digits.length() > 3) {
            throw new IllegalArgumentException(digits + " is not the number of a patch release");
        }
        return Integer.parseInt(digits);
    }
}
