package io.nightporter.orchestrator.driver.process;

import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.NodeRefusedException;
import io.nightporter.orchestrator.model.Port;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Chooses ports that nobody uses, from a range that the kernel does not give to outgoing connections. What was chosen is
 * kept in mind until the program has had the time to listen there, so that no other one gets it meanwhile.
 */
final class FreePorts {

    private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})\\s*-\\s*([0-9]{1,5})");

    private final String node;
    private final int first;
    private final int last;

    private FreePorts(String node, int first, int last) {
        this.node = node;
        this.first = first;
        this.last = last;
    }

    /** @param range such as {@code 26000-30999}, which it is if null */
    static FreePorts of(String node, @Nullable String range) throws BadDefinitionException {
        if (range == null) {
            return new FreePorts(node, 26_000, 30_999);
        }
        Matcher matcher = RANGE.matcher(range.strip());
        if (matcher.matches()) {
            int first = Integer.parseInt(matcher.group(1));
            int last = Integer.parseInt(matcher.group(2));
            if (first >= 1 && first <= last && last <= 65_535) {
                return new FreePorts(node, first, last);
            }
        }
        throw new BadDefinitionException(
            "the ports of node " + node + " are no range: " + range,
            "Write two ports with a hyphen between them, such as 26000-30999.",
            null
        );
    }

    /**
     * The ports for a start. One that the program is not told is where it always is.
     *
     * @param taken by those that run, by what is said of {@link ProcessRecord.Run#ports}
     */
    Map<String, Integer> choose(ProcessRecord record, Set<Integer> taken) throws NodeRefusedException {
        Map<String, Integer> chosen = new HashMap<>();
        Set<Integer> used = new HashSet<>(taken);
        for (Port port : record.ports()) {
            String key = ProcessRecord.key(port.inside(), port.protocol());
            Integer fixed = port.outside();
            if (fixed == null && !Placeholders.mentions(record.command(), port)) {
                fixed = port.inside();
            }
            int outside = fixed == null ? any(record.lastPorts().get(key), port.protocol(), used) : fixed;
            if (fixed != null && (used.contains(fixed) || !free(fixed, port.protocol()))) {
                throw new NodeRefusedException(
                    node,
                    "port " + fixed + ", which " + record.server() + " needs, is in use",
                    "Stop what uses it, or let Nightporter choose: name no outside port, and write {port} where the " +
                        "program is told its port.",
                    null
                );
            }
            used.add(outside);
            chosen.put(key, outside);
        }
        return chosen;
    }

    /** The one that it had last, if it can be. */
    private int any(@Nullable Integer before, Port.Protocol protocol, Set<Integer> used) throws NodeRefusedException {
        Predicate<Integer> good = port -> !used.contains(port) && free(port, protocol);
        if (before != null && good.test(before)) {
            return before;
        }
        int size = last - first + 1;
        int begin = ThreadLocalRandom.current().nextInt(size);
        for (int i = 0; i < size; i++) {
            int port = first + ((begin + i) % size);
            if (good.test(port)) {
                return port;
            }
        }
        throw new NodeRefusedException(
            node,
            "no port of " + first + "-" + last + " is free",
            "Give the node a larger range: settings: { ports: 26000-30999 }.",
            null
        );
    }

    /** Whether one could listen there, on all addresses: the program may want to. */
    static boolean free(int port, Port.Protocol protocol) {
        try {
            switch (protocol) {
                case TCP -> {
                    try (ServerSocket socket = new ServerSocket()) {
                        socket.bind(new InetSocketAddress(port), 1);
                    }
                }
                case UDP -> new DatagramSocket(port).close();
            }
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
