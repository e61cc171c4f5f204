package io.nightporter.orchestrator.driver;

/** There is no such instance on the node. */
public final class InstanceNotFoundException extends DriverException {

    /** @param instance its name or handle */
    public InstanceNotFoundException(String node, String instance) {
        super(
            "There is no instance " +
                instance +
                " on node " +
                node +
                ". If it was removed on purpose, start the server again to have it made anew; an existing container that a " +
                "server names must be made by whoever owns it.",
            null
        );
    }

    @Override
    public boolean passing() {
        return false;
    }
}
