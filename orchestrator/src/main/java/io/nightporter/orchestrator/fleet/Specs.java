package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.InstanceSpec;
import io.nightporter.orchestrator.driver.Labels;
import io.nightporter.orchestrator.model.Instance;
import io.nightporter.orchestrator.model.Port;
import io.nightporter.orchestrator.model.Rcon;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a server's instance is made from, by its definition. */
final class Specs {

    private Specs() {}

    static InstanceSpec of(ServerActor actor) {
        ServerDefinition definition = actor.definition();
        Map<String, String> labels = new TreeMap<>();
        labels.put(Labels.FLEET, actor.around().settings().name());
        Instance instance = actor.dossier().instance();
        if (instance != null) {
            labels.put(Labels.INSTANCE, instance.id());
        }
        return new InstanceSpec(
            actor.sight().instanceName(),
            actor.name(),
            withConsole(definition),
            definition.resources(),
            labels
        );
    }

    /** The console's port has to be reached as well. */
    private static Workload withConsole(ServerDefinition definition) {
        Rcon rcon = definition.rcon();
        Workload workload = definition.workload();
        if (rcon == null) {
            return workload;
        }
        return switch (workload) {
            case Workload.Image it -> new Workload.Image(
                it.image(),
                it.command(),
                it.env(),
                it.gamePort(),
                with(it.ports(), rcon.port()),
                it.data(),
                it.dataPath(),
                it.stopSignal(),
                it.network()
            );
            case Workload.Command it -> new Workload.Command(
                it.command(),
                it.env(),
                it.gamePort(),
                with(it.ports(), rcon.port()),
                it.directory(),
                it.stopSignal()
            );
            case Workload.Container _, Workload.Remote _, Workload.Elsewhere _ -> workload;
        };
    }

    private static List<Port> with(List<Port> ports, int inside) {
        if (ports.stream().anyMatch(port -> port.inside() == inside && port.protocol() == Port.Protocol.TCP)) {
            return ports;
        }
        List<Port> more = new ArrayList<>(ports);
        more.add(Port.tcp(inside));
        return more;
    }
}
