package io.nightporter.proxy.config;

import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** Who may go to a server from another one. */
public sealed interface Access {
    Access EVERYONE = new Everyone();

    boolean admits(UUID id, String name);

    /** Nobody is kept out. */
    record Everyone() implements Access {
        @Override
        public boolean admits(UUID id, String name) {
            return true;
        }
    }

    /**
     * These players and nobody else.
     *
     * @param names in lower case
     */
    record Only(Set<UUID> ids, Set<String> names) implements Access {
        @Override
        public boolean admits(UUID id, String name) {
            return ids.contains(id) || names.contains(name.toLowerCase(Locale.ROOT));
        }
    }
}
