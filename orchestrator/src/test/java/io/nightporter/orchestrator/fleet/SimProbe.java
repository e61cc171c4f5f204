package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.driver.SeenInstance.State;
import java.util.Map;

/** Asks the simulated servers: where they listen is the node's name and a port. */
record SimProbe(Map<String, SimNode> nodes) implements Probe {
    @Override
    public Result ask(HostAndPort address, boolean proxyHeader) {
        SimNode node = nodes.get(address.host());
        if (node == null || node.cut) {
            return new Result.NotYet(false, "no route to the host");
        }
        for (SimNode.Container container : node.containers.values()) {
            if (container.port == address.port() && container.state == State.RUNNING) {
                SimNode.Behaviour behaviour = node.behaviour(container.spec.server());
                return container.ready() && !behaviour.hangs
                    ? new Result.Ready(behaviour.playersOfItsOwn)
                    : new Result.NotYet(true, "no answer");
            }
        }
        return new Result.NotYet(false, "connection refused");
    }
}
