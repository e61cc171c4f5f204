package io.nightporter.orchestrator.driver.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Volume;
import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.InstanceSpec;
import io.nightporter.orchestrator.driver.Labels;
import io.nightporter.orchestrator.model.Port;
import io.nightporter.orchestrator.model.Resources;
import io.nightporter.orchestrator.model.RunRules;
import io.nightporter.orchestrator.model.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A container as the engine is asked for it.
 *
 * <p>Its data are in a volume {@code nightporter-<server>}, or where the definition says. The engine does not start it by
 * itself, that is the fleet's; it keeps three logs of 10 MB; it has no swap beyond its memory, because a server that swaps
 * does not play; and when its machine shuts down it has as long to save as when it falls asleep. Ports that nobody gave a
 * number to are published where {@link Endpoint#publish} says, because who reaches a server past the proxy is not
 * authenticated.
 */
final class Blueprint {

    private static final String LOG_SIZE = "10m";
    private static final String LOG_FILES = "3";
    private static final double NANO = 1e9;

    private final Endpoint endpoint;

    Blueprint(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Looks for what can be known to be wrong without asking the engine.
     *
     * @throws BadDefinitionException when something is
     */
    static void check(InstanceSpec spec, Workload.Image image) throws BadDefinitionException {
        String data = image.data();
        if (data != null && (data.isEmpty() || data.contains(":"))) {
            throw bad(
                spec,
                "data folder cannot be " + data,
                "Name a volume, or a folder of the node that begins with a slash."
            );
        }
        if (!image.dataPath().startsWith("/") || image.dataPath().contains(":")) {
            throw bad(
                spec,
                "data path cannot be " + image.dataPath(),
                "Name a folder in the container, such as /data."
            );
        }
        if (Look.HOST_NETWORK.equals(image.network())) {
            for (Port port : image.ports()) {
                if (port.outside() != null && port.outside() != port.inside()) {
                    throw bad(
                        spec,
                        "port " + port.inside() + " cannot be " + port.outside() + " outside of the network host",
                        "Write the same port for both, or leave out `network: host`."
                    );
                }
            }
        }
        GameImages.check(spec, image);
    }

    private static BadDefinitionException bad(InstanceSpec spec, String problem, String remedy) {
        return new BadDefinitionException("the server " + spec.server() + "'s " + problem, remedy, null);
    }

    CreateContainerCmd command(DockerClient client, InstanceSpec spec, Workload.Image image) {
        boolean hostNetwork = Look.HOST_NETWORK.equals(image.network());
        List<Port> ports = ports(image);
        CreateContainerCmd command = client
            .createContainerCmd(image.image())
            .withName(spec.name())
            .withLabels(spec.allLabels())
            .withEnv(env(spec, image))
            .withExposedPorts(ports.stream().map(Blueprint::exposed).toList())
            // A console into which warnings are typed, and that does not end: some servers stop at the end of their input.
            .withStdinOpen(true)
            .withStopTimeout((int) RunRules.DEFAULT.stopGrace().toSeconds())
            .withHostConfig(host(spec, image, hostNetwork ? List.of() : ports));
        if (!image.command().isEmpty()) {
            command = command.withCmd(image.command());
        }
        return image.stopSignal() == null ? command : command.withStopSignal(image.stopSignal());
    }

    private static List<String> env(InstanceSpec spec, Workload.Image image) {
        return GameImages.env(spec, image)
            .entrySet()
            .stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .toList();
    }

    /** Where its data are if nobody says otherwise: a volume of the fleet's own. */
    private static String volume(InstanceSpec spec) {
        return spec.labels().getOrDefault(Labels.FLEET, "nightporter") + "-" + spec.server();
    }

    private HostConfig host(InstanceSpec spec, Workload.Image image, List<Port> published) {
        Resources resources = spec.resources();
        String data = image.data() == null ? volume(spec) : image.data();
        HostConfig host = new HostConfig()
            .withBinds(new Bind(data, new Volume(image.dataPath()), AccessMode.rw))
            .withPortBindings(published.stream().map(this::binding).toList())
            .withRestartPolicy(RestartPolicy.noRestart())
            .withLogConfig(
                new LogConfig(LogConfig.LoggingType.JSON_FILE, Map.of("max-size", LOG_SIZE, "max-file", LOG_FILES))
            );
        if (image.network() != null) {
            host = host.withNetworkMode(image.network());
        }
        if (resources.memoryBytes() != null) {
            host = host.withMemory(resources.memoryBytes()).withMemorySwap(resources.memoryBytes());
        }
        if (resources.cores() != null) {
            host = host.withNanoCPUs(Math.round(resources.cores() * NANO));
        }
        return host;
    }

    /** The game's port, unless it is among the others, and those. */
    private static List<Port> ports(Workload.Image image) {
        List<Port> all = new ArrayList<>(image.ports());
        boolean known = all
            .stream()
            .anyMatch(port -> port.inside() == image.gamePort() && port.protocol() == Port.Protocol.TCP);
        if (!known) {
            all.addFirst(Port.tcp(image.gamePort()));
        }
        return all;
    }

    private static ExposedPort exposed(Port port) {
        return new ExposedPort(
            port.inside(),
            port.protocol() == Port.Protocol.UDP ? InternetProtocol.UDP : InternetProtocol.TCP
        );
    }

    private PortBinding binding(Port port) {
        Integer outside = port.outside();
        Ports.Binding binding =
            outside == null
                ? new Ports.Binding(endpoint.publish().isEmpty() ? null : endpoint.publish(), "0")
                : Ports.Binding.bindPort(outside);
        return new PortBinding(binding, exposed(port));
    }
}
