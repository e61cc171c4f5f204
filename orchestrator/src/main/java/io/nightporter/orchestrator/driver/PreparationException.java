package io.nightporter.orchestrator.driver;

import org.jspecify.annotations.Nullable;

/** What an instance is made from, such as its image, could not be had. */
public final class PreparationException extends DriverException {

    private final boolean passing;

    /**
     * @param what such as {@code image itzg/minecraft-server}
     * @param remedy a sentence that says what to do
     * @param passing whether it may work later: a registry that does not answer, yes; an image that does not exist, no
     */
    public PreparationException(
        String node,
        String what,
        String reason,
        String remedy,
        boolean passing,
        @Nullable Throwable cause
    ) {
        super("The " + what + " could not be had on node " + node + ": " + reason + ". " + remedy, cause);
        this.passing = passing;
    }

    @Override
    public boolean passing() {
        return passing;
    }
}
