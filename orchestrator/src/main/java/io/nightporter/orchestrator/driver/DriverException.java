package io.nightporter.orchestrator.driver;

import org.jspecify.annotations.Nullable;

/** A node did not do what it was asked. The message is a sentence or two: what happened, and what to do about it. */
public abstract sealed class DriverException
    extends Exception
    permits
        NodeUnreachableException,
        NodeRefusedException,
        InstanceNotFoundException,
        NameTakenException,
        BadDefinitionException,
        PreparationException
{

    DriverException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Whether the same call may work a little later, without anybody doing anything. */
    public abstract boolean passing();
}
