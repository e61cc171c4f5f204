package io.nightporter.orchestrator.driver;

/** The labels by which instances of ours are known. A driver whose node has no labels keeps them itself. */
public final class Labels {

    /** Which Nightporter it belongs to: two of them may use one node. */
    public static final String FLEET = "nightporter.fleet";

    /** The server's name. */
    public static final String SERVER = "nightporter.server";

    /** The id of the instance's record. */
    public static final String INSTANCE = "nightporter.instance";

    /** A digest of what it was made from, see {@link InstanceSpec#digest}. */
    public static final String SPEC = "nightporter.spec";

    /** On a container that somebody else made: the hostnames that lead there, with commas. It makes it a server. */
    public static final String HOST = "nightporter.host";

    private Labels() {}
}
