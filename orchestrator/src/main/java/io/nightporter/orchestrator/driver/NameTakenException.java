package io.nightporter.orchestrator.driver;

/** Something on the node has the name already that a new instance was to have. */
public final class NameTakenException extends DriverException {

    public NameTakenException(String node, String name) {
        super(
            "The name " +
                name +
                " is taken on node " +
                node +
                ". If what has it is not wanted any more, remove it there; otherwise give the server another name.",
            null
        );
    }

    @Override
    public boolean passing() {
        return false;
    }
}
