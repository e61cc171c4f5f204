package io.nightporter.orchestrator.rcon;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A command was not typed, or nobody knows. The message says why and what to do; it never holds the password. */
public final class RconException extends IOException {

    RconException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem + ". " + remedy, cause);
    }
}
