package io.nightporter.orchestrator.store;

import org.jspecify.annotations.Nullable;

/** The database does not do what it should. The message says what happened and what to do; it has no passwords. */
public final class StoreException extends RuntimeException {

    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
