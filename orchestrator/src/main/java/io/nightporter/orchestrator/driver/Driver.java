package io.nightporter.orchestrator.driver;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One node: starts, stops and looks at instances there.
 *
 * <p>All calls block, are meant for virtual threads, and may be made from several at once. Each is bounded in time by the
 * driver itself, a few seconds, except {@link #prepare}; none waits for a server to become ready or to stop. A thread that
 * is interrupted in a call comes back soon, with an {@link NodeUnreachableException}.
 *
 * <p>Calls that bring something about are idempotent: what is already so is not an error, and a call may be repeated when
 * nobody knows whether it arrived. A driver remembers nothing that it cannot find out from the node again: after a
 * restart of Nightporter, or of the node's engine, a new driver sees the same instances under the same handles.
 *
 * <p>Instances outlive the driver: neither {@link #close} nor the end of the process that Nightporter is stops any.
 *
 * <p>A driver never retries by itself, and logs nothing that it throws.
 */
public interface Driver extends AutoCloseable {
    /**
     * Asks the node for a sign of life, over the same way as all other calls. Is asked every few seconds, so it is cheap;
     * answers or throws within three seconds, also if the network swallows everything.
     */
    void ping() throws NodeUnreachableException;

    /** What the node is. */
    NodeFacts facts() throws DriverException;

    /**
     * All instances that were created with a label {@link Labels#FLEET} of this value, running or not.
     *
     * @param fleet the value of the label
     */
    List<SeenInstance> list(String fleet) throws DriverException;

    /** All instances that have a label, whatever it says, ours and those that somebody else made, running or not. */
    default List<SeenInstance> labelled(String label) throws DriverException {
        return List.of();
    }

    /**
     * One instance, ours or somebody else's.
     *
     * @param nameOrHandle what it is called on the node, or its handle
     * @return empty if there is none
     */
    Optional<SeenInstance> find(String nameOrHandle) throws DriverException;

    /**
     * Fetches what an instance needs before it can be created, such as an image, and checks what can be checked. This may
     * take many minutes; it can be interrupted. Does nothing if everything is there.
     *
     * @throws PreparationException when it cannot be had
     * @throws BadDefinitionException when the node could never run this
     */
    void prepare(InstanceSpec spec, PullProgress progress) throws DriverException;

    /**
     * Makes an instance, without starting it. Its name is unique on the node: of two calls at the same time, one fails.
     *
     * @return as it is now
     * @throws NameTakenException when there is one of that name, ours or somebody else's; it is left alone
     * @throws BadDefinitionException when the node could never run this
     */
    SeenInstance create(InstanceSpec spec) throws DriverException;

    /** Starts it. Does nothing if it runs; continues it if it is paused. */
    void start(String handle) throws DriverException;

    /** Freezes it where it is. Does nothing if it is frozen. */
    void pause(String handle) throws DriverException;

    /** Lets it go on. Does nothing if it is not frozen. */
    void unpause(String handle) throws DriverException;

    /**
     * Asks it to stop, with its stop signal, and returns at once. A frozen one is continued, so that it can. It stays
     * stopped: whatever restarts it by itself must not, for this once. Does nothing if it does not run.
     */
    void stop(String handle) throws DriverException;

    /** Ends it at once, without giving it the chance to save, and all that it has started. Does nothing if it does not run. */
    void kill(String handle) throws DriverException;

    /**
     * Removes it; its data stay. Does nothing if there is none.
     *
     * @throws NodeRefusedException when it runs
     */
    void remove(String handle) throws DriverException;

    /**
     * What it has printed lately, output and errors together, oldest first, without colours.
     *
     * @param lines at most so many; a line is cut after 1,000 characters
     */
    List<String> logs(String handle, int lines) throws DriverException;

    /**
     * Types a line into its console, where there is one that this driver can type into.
     *
     * @return whether there is
     */
    default boolean type(String handle, String line) throws DriverException {
        return false;
    }

    /**
     * A file of a server's data, such as {@code whitelist.json}, whether it runs or not.
     *
     * @param spec whose
     * @param path relative to the folder of its data
     * @param limit bytes
     * @return null: there is no such file, or no way to it, as before the instance was made
     * @throws NodeRefusedException when it is longer than the limit
     */
    default byte @Nullable [] read(InstanceSpec spec, String path, int limit) throws DriverException {
        return null;
    }

    /**
     * Tells of changes from now on, until it is closed. Does not throw when the node cannot be reached: the listener is told,
     * and the driver goes on trying, every few seconds.
     *
     * @param listener is called by one thread at a time and must not block
     */
    Subscription subscribe(DriverListener listener);

    /** Ends all subscriptions and connections. */
    @Override
    void close();
}
