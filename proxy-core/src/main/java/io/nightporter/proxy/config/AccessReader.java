package io.nightporter.proxy.config;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads the key {@code access} of a server. */
final class AccessReader {

    private static final String EVERYONE = "everyone";
    private static final Pattern UUID_WITHOUT_DASHES = Pattern.compile(
        "(?i)([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})"
    );
    private static final int LONGEST_NAME = 16;

    private AccessReader() {}

    static Access read(Section server) {
        List<String> written = server.value(FleetKeys.ACCESS);
        if (written.equals(List.of(EVERYONE))) {
            return Access.EVERYONE;
        }
        Set<UUID> ids = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (String one : written) {
            if (one.equals(EVERYONE)) {
                server.error(FleetKeys.ACCESS, "everyone stands alone: write access: everyone, or names only");
            } else if (one.length() > LONGEST_NAME) {
                ids.add(UUID.fromString(one));
            } else {
                names.add(one.toLowerCase(Locale.ROOT));
            }
        }
        return new Access.Only(Set.copyOf(ids), Set.copyOf(names));
    }

    /**
     * A player's name as it stands there, or an id with its dashes.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static String player(String written) {
        String id = UUID_WITHOUT_DASHES.matcher(written.replace("-", "")).replaceFirst("$1-$2-$3-$4-$5");
        if (id.length() == 36) {
            return UUID.fromString(id).toString();
        }
        if (
            written.isEmpty() || written.length() > LONGEST_NAME || !written.chars().allMatch(c -> c > ' ' && c < 127)
        ) {
            throw new IllegalArgumentException(
                Place.quote(written) + " is neither everyone nor a player's name or UUID"
            );
        }
        return written;
    }
}
