package io.nightporter.proxy.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a server learns who the player is.
 *
 * @param secret content of the secret file without surrounding white space; empty unless the mode needs one
 */
public record ForwardingSettings(Mode mode, @Nullable Path secretFile, String secret) {
    public static final ForwardingSettings NONE = new ForwardingSettings(Mode.NONE, null, "");

    public enum Mode {
        NONE,
        LEGACY,
        BUNGEEGUARD,
        MODERN,
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "ForwardingSettings[" + mode + "]";
    }
}
