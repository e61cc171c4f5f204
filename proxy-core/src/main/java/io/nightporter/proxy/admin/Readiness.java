package io.nightporter.proxy.admin;

import java.util.Optional;

/** Whether players can join: not before the proxy listens, and no more once it stops. May be set from any thread. */
public final class Readiness {

    private enum Phase {
        STARTING,
        LISTENING,
        STOPPING,
    }

    private volatile Phase phase = Phase.STARTING;

    /** The proxy accepts players from now on, unless it is stopping already. */
    public synchronized void listening() {
        if (phase == Phase.STARTING) {
            phase = Phase.LISTENING;
        }
    }

    /** The proxy takes no more players. */
    public synchronized void stopping() {
        phase = Phase.STOPPING;
    }

    /** What stands in the way, as a sentence; nothing when players can join. */
    Optional<String> obstacle() {
        return switch (phase) {
            case STARTING -> Optional.of("Nightporter is starting and does not accept players yet.");
            case LISTENING -> Optional.empty();
            case STOPPING -> Optional.of("Nightporter is stopping and accepts no more players.");
        };
    }
}
