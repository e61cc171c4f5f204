package io.nightporter.orchestrator.driver.process;

import io.nightporter.orchestrator.model.Port;
import io.nightporter.orchestrator.model.Resources;
import io.nightporter.orchestrator.model.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is written down of an instance.
 *
 * @param run the start that was begun last and is not known to have ended; null: nothing runs
 * @param lastStart when it last began to run; null if it never did
 * @param lastExit how it last ended; null: not at all, or nobody knows
 * @param lastPorts where it listened last, by what is said of {@link Run#ports}
 */
record ProcessRecord(
    String handle,
    String name,
    String server,
    Workload.Command command,
    Resources resources,
    Map<String, String> labels,
    @Nullable Run run,
    @Nullable Instant lastStart,
    @Nullable Integer lastExit,
    Map<String, Integer> lastPorts
) {
    /**
     * A start. It is written down before anything is started, and has a process as soon as its {@linkplain Claim claim}
     * says so.
     *
     * @param token names it; all that it starts has it in the environment
     * @param bootId of the machine, see {@link ProcessTable#bootId}
     * @param ports the ports outside, by those inside, such as {@code 25565/tcp}
     */
    record Run(String token, String bootId, Instant startedAt, Map<String, Integer> ports) {
        Run {
            ports = Collections.unmodifiableMap(new TreeMap<>(ports));
        }
    }

    ProcessRecord {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        lastPorts = Collections.unmodifiableMap(new TreeMap<>(lastPorts));
    }

    /** How a port is written here. */
    static String key(int inside, Port.Protocol protocol) {
        return inside + (protocol == Port.Protocol.TCP ? "/tcp" : "/udp");
    }

    /** All ports, the game's first. */
    List<Port> ports() {
        List<Port> all = new ArrayList<>(command.ports());
        boolean named = all
            .stream()
            .anyMatch(port -> port.inside() == command.gamePort() && port.protocol() == Port.Protocol.TCP);
        if (!named) {
            all.addFirst(Port.tcp(command.gamePort()));
        }
        return all;
    }

    ProcessRecord begun(Run begun) {
        return new ProcessRecord(
            handle,
            name,
            server,
            command,
            resources,
            labels,
            begun,
            lastStart,
            lastExit,
            begun.ports()
        );
    }

    /** What was begun never ran. */
    ProcessRecord neverRan() {
        return new ProcessRecord(
            handle,
            name,
            server,
            command,
            resources,
            labels,
            null,
            lastStart,
            lastExit,
            lastPorts
        );
    }

    ProcessRecord ended(Run ended, @Nullable Integer exitCode) {
        return new ProcessRecord(
            handle,
            name,
            server,
            command,
            resources,
            labels,
            null,
            ended.startedAt(),
            exitCode,
            lastPorts
        );
    }

    /** Arguments, environment and labels may be secret. */
    @Override
    public String toString() {
        return "ProcessRecord[handle=" + handle + ", run=" + (run == null ? "none" : run.token()) + "]";
    }
}
