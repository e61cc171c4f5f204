package io.nightporter.proxy.config;

import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Resources;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.Workload;
import io.nightporter.proxy.config.NodeKeys.NodeDriver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether servers fit to the nodes that they are to run on, and to each other. */
final class FleetChecks {

    private final Map<String, NodeDefinition> nodes;
    private final boolean complete;

    /** @param complete whether there are no other nodes and servers than these */
    FleetChecks(Map<String, NodeDefinition> nodes, boolean complete) {
        this.nodes = nodes;
        this.complete = complete;
    }

    /** The server, with its node where only one is possible; what does not fit is reported. */
    ServerDefinition placed(ServerDefinition server, Section section) {
        NodeDriver driver = driver(server.workload());
        if (driver == null) {
            return server;
        }
        if (server.node() == null) {
            return withoutNode(server, section, driver);
        }
        NodeDefinition node = nodes.get(server.node());
        if (node != null) {
            check(server, node, driver, section);
        } else if (complete) {
            section.error(
                WorkloadKeys.NODE,
                "there is no node named " +
                    Place.quote(server.node()) +
                    "; " +
                    (nodes.isEmpty()
                        ? "add it under fleet.nodes"
                        : Spelling.hint(server.node(), "nodes", nodes.keySet()))
            );
        }
        return server;
    }

    private static @Nullable NodeDriver driver(Workload workload) {
        return switch (workload) {
            case Workload.Image _, Workload.Container _ -> NodeDriver.DOCKER;
            case Workload.Command _ -> NodeDriver.PROCESS;
            case Workload.Remote _ -> NodeDriver.REMOTE;
            case Workload.Elsewhere _ -> null;
        };
    }

    private void check(ServerDefinition server, NodeDefinition node, NodeDriver driver, Section section) {
        if (!node.driver().equals(Values.word(driver))) {
            section.error(
                WorkloadKeys.NODE,
                node.name() +
                    " has the driver " +
                    node.driver() +
                    ", and a server with " +
                    word(server.workload()) +
                    " needs a node with the driver " +
                    Values.word(driver)
            );
        }
        Long has = node.resources().memoryBytes();
        Long wants = server.resources().memoryBytes();
        if (has != null && wants != null && wants > has) {
            section.error(
                WorkloadKeys.MEMORY,
                Sizes.format(wants) + " is more than the node " + node.name() + " has (" + Sizes.format(has) + ")"
            );
        }
        checkCores(server.resources(), node, section);
    }

    private static void checkCores(Resources wanted, NodeDefinition node, Section section) {
        Double has = node.resources().cores();
        Double wants = wanted.cores();
        if (has != null && wants != null && wants > has) {
            section.error(
                WorkloadKeys.CORES,
                "these are more than the node " + node.name() + " has (" + node.resources().cores() + ")"
            );
        }
    }

    private ServerDefinition withoutNode(ServerDefinition server, Section section, NodeDriver driver) {
        List<String> fitting = nodes
            .values()
            .stream()
            .filter(node -> node.driver().equals(Values.word(driver)))
            .map(NodeDefinition::name)
            .toList();
        boolean anyWillDo =
            server.workload() instanceof Workload.Image || server.workload() instanceof Workload.Command;
        if (fitting.isEmpty() && complete) {
            section.warning(
                WorkloadKeys.NODE,
                "there is no node with the driver " +
                    Values.word(driver) +
                    " for this server; add one, such as fleet: { nodes: { local: { driver: " +
                    Values.word(driver) +
                    " } } }"
            );
        } else if (!anyWillDo && fitting.size() == 1) {
            return server.but().node(fitting.getFirst()).build();
        } else if (!anyWillDo) {
            String hint = fitting.isEmpty() ? "" : "; it is one of " + String.join(", ", fitting);
            section.error(
                WorkloadKeys.NODE,
                "is missing; say which node has the server with this " + word(server.workload()) + hint
            );
        }
        return server;
    }

    private static String word(Workload workload) {
        return switch (workload) {
            case Workload.Image _ -> WorkloadKeys.IMAGE.name();
            case Workload.Container _ -> WorkloadKeys.CONTAINER.name();
            case Workload.Command _ -> WorkloadKeys.COMMAND.name();
            case Workload.Remote _ -> WorkloadKeys.REMOTE.name();
            case Workload.Elsewhere _ -> FleetKeys.ADDRESS.name();
        };
    }

    /** Reports needs that nobody can fulfil. */
    static void needs(Map<String, ServerDefinition> servers, Map<String, Section> sections) {
        servers.forEach((name, server) -> {
            Section section = sections.get(name);
            if (section != null) {
                unknownNeeds(server, section, sections.keySet());
            }
        });
        circles(servers, sections);
    }

    /** Reports servers that would wait for each other. */
    static void circles(Map<String, ServerDefinition> servers, Map<String, Section> sections) {
        Set<String> inCircles = new HashSet<>();
        servers.forEach((name, _) -> {
            Section section = sections.get(name);
            List<String> circle = circle(servers, name);
            if (section != null && circle != null && inCircles.add(name)) {
                inCircles.addAll(circle);
                SleepReader.errorOfNeeds(
                    section,
                    "servers would wait for each other forever: " +
                        name +
                        " needs " +
                        String.join(", which needs ", circle) +
                        "; take one of them out"
                );
            }
        });
    }

    private static void unknownNeeds(ServerDefinition server, Section section, Set<String> known) {
        Set<String> others = new TreeSet<>(known);
        others.remove(server.name());
        for (String needed : server.wake().needs()) {
            if (!known.contains(needed)) {
                SleepReader.errorOfNeeds(
                    section,
                    "there is no server named " + Place.quote(needed) + "; " + Spelling.hint(needed, "servers", others)
                );
            }
        }
    }

    /** The way from the server back to itself; null: there is none. */
    private static @Nullable List<String> circle(Map<String, ServerDefinition> servers, String start) {
        return way(servers, start, start, new HashSet<>());
    }

    private static @Nullable List<String> way(
        Map<String, ServerDefinition> servers,
        String from,
        String to,
        Set<String> visited
    ) {
        ServerDefinition server = servers.get(from);
        for (String next : server == null ? List.<String>of() : server.wake().needs()) {
            if (next.equals(to)) {
                return new ArrayList<>(List.of(next));
            }
            List<String> rest = visited.add(next) ? way(servers, next, to, visited) : null;
            if (rest != null) {
                rest.addFirst(next);
                return rest;
            }
        }
        return null;
    }
}
