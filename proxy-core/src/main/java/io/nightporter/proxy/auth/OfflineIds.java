package io.nightporter.proxy.auth;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The ids of players whom nobody authenticated. */
public final class OfflineIds {

    private OfflineIds() {}

    /** The id that every vanilla server gives this name in offline mode: a UUID of version 3. */
    public static UUID of(String name) {
        return UUID.nameUUIDFromBytes(("OfflinePlayer:" + name).getBytes(StandardCharsets.UTF_8));
    }
}
