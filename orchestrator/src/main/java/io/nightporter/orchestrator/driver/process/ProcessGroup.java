package io.nightporter.orchestrator.driver.process;

import io.nightporter.orchestrator.driver.process.ProcessTable.Stat;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * All processes of one start: the session that the first of them leads. It lives as long as any of them does, because a
 * script that was asked to stop may end before the server that it has started has saved its world.
 *
 * <p>While the first one lives its session is surely ours. Afterwards the kernel does not give its number to anybody as long
 * as the session lasts, but may when it is empty; so the others must have our token in their environment. Without a session
 * of its own (there is no {@code setsid}) it is the token alone by which the others are known.
 *
 * @param leader as it was when it began
 * @param token see {@link ProcessRecord.Run#token}
 */
record ProcessGroup(Stat leader, String token) {
    /** The variable in the environment of all of them. */
    static final String TOKEN = "NIGHTPORTER_RUN";

    private boolean ownSession() {
        return leader.session() == leader.pid();
    }

    private boolean leads(Stat stat) {
        return stat.pid() == leader.pid() && stat.startTicks() == leader.startTicks();
    }

    /** Those that have not ended. */
    List<Stat> members() throws IOException {
        if (!ownSession()) {
            return ProcessTable.all(stat -> leads(stat) || ProcessTable.hasVariable(stat, TOKEN, token));
        }
        List<Stat> session = ProcessTable.all(stat -> stat.session() == leader.pid());
        boolean led = session.stream().anyMatch(this::leads);
        return led
            ? session
            : session
                  .stream()
                  .filter(stat -> ProcessTable.hasVariable(stat, TOKEN, token))
                  .toList();
    }

    boolean alive() throws IOException {
        return ProcessTable.same(leader.pid(), leader.startTicks()).isPresent() || !members().isEmpty();
    }

    /** Whether it is frozen, if it is alive. */
    boolean frozen() throws IOException {
        Optional<Stat> first = ProcessTable.same(leader.pid(), leader.startTicks());
        return first.isPresent() ? first.get().frozen() : members().stream().allMatch(Stat::frozen);
    }

    /** Whether each of them is frozen, or none. */
    boolean all(boolean frozen) throws IOException {
        return members()
            .stream()
            .allMatch(stat -> stat.frozen() == frozen);
    }

    /**
     * Sends a signal to all of them.
     *
     * @throws IOException when it may not be sent
     */
    void signal(int signal) throws IOException {
        List<Stat> members = members();
        int error = 0;
        if (ownSession()) {
            for (int group : members.stream().mapToInt(Stat::group).distinct().toArray()) {
                error = Math.max(error, Signals.toGroup(group, signal));
            }
        } else {
            for (Stat member : members) {
                error = Math.max(error, Signals.toProcess(member.pid(), signal));
            }
        }
        if (error != 0) {
            throw new IOException(
                "process " + leader.pid() + " takes no signal " + signal + " from us, error " + error
            );
        }
    }
}
