package io.nightporter.orchestrator.model;

/** Where a definition came from. Only from there it may be changed or removed; the others may look at it. */
public enum ManagedBy {
    /** The configuration file or one that it includes. */
    YAML("the configuration files"),
    /** The admin API. */
    API("the admin API"),
    /** Labels of a container that somebody else made. */
    DOCKER("labels of a container"),
    /** {@code nightporter apply}. */
    COMMAND("`nightporter apply`");

    private final String place;

    ManagedBy(String place) {
        this.place = place;
    }

    /** For a sentence that says where to change it. */
    public String place() {
        return place;
    }
}
