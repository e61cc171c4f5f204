package io.nightporter.orchestrator.driver.docker;

import com.github.dockerjava.api.command.HealthState;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.NetworkSettings;
import com.github.dockerjava.api.model.Ports;
import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.driver.SeenInstance;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what an engine tells of a container. */
final class Look {

    static final String HOST_NETWORK = "host";

    private final Endpoint endpoint;

    Look(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    SeenInstance at(InspectContainerResponse container) {
        SeenInstance.State state = state(container.getState());
        Instant started = instant(container.getState().getStartedAt());
        Long exitCode = container.getState().getExitCodeLong();
        return new SeenInstance(
            container.getId(),
            name(container.getName()),
            labels(container.getConfig()),
            state,
            health(container.getState().getHealth()),
            state.alive() ? ports(container) : Map.of(),
            started,
            state == SeenInstance.State.ENDED && exitCode != null ? exitCode.intValue() : null
        );
    }

    /** Engines put a slash before names. */
    static String name(@Nullable String name) {
        String text = name == null ? "" : name;
        return text.startsWith("/") ? text.substring(1) : text;
    }

    private static Map<String, String> labels(@Nullable ContainerConfig config) {
        Map<String, String> labels = config == null ? null : config.getLabels();
        return labels == null ? Map.of() : labels;
    }

    static SeenInstance.State state(InspectContainerResponse.ContainerState state) {
        String status = state.getStatus();
        return switch (status == null ? "" : status) {
            case "created", "configured", "initialized" -> SeenInstance.State.CREATED;
            case "running" -> SeenInstance.State.RUNNING;
            // Its engine is about to start it again, until it is asked to stop.
            case "restarting" -> SeenInstance.State.RUNNING;
            case "paused" -> SeenInstance.State.PAUSED;
            default -> SeenInstance.State.ENDED;
        };
    }

    private static SeenInstance.Health health(@Nullable HealthState health) {
        String status = health == null ? null : health.getStatus();
        return switch (status == null ? "" : status) {
            case "starting" -> SeenInstance.Health.STARTING;
            case "healthy" -> SeenInstance.Health.HEALTHY;
            case "unhealthy" -> SeenInstance.Health.UNHEALTHY;
            default -> SeenInstance.Health.NONE;
        };
    }

    /** Engines write the year 1 for never. */
    private static @Nullable Instant instant(@Nullable String time) {
        if (time == null || time.isEmpty() || time.startsWith("0001-")) {
            return null;
        }
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException _) {
            return null;
        }
    }

    private Map<Integer, HostAndPort> ports(InspectContainerResponse container) {
        Map<Integer, HostAndPort> found = new HashMap<>();
        HostConfig host = container.getHostConfig();
        if (host != null && HOST_NETWORK.equals(host.getNetworkMode())) {
            for (ExposedPort port : exposed(container)) {
                if (tcp(port)) {
                    found.put(port.getPort(), new HostAndPort(endpoint.host(), port.getPort()));
                }
            }
            return found;
        }
        NetworkSettings network = container.getNetworkSettings();
        Ports ports = network == null ? null : network.getPorts();
        if (network == null || ports == null) {
            return found;
        }
        ports.getBindings().forEach((port, bindings) -> {
            HostAndPort reached = tcp(port) ? published(bindings) : null;
            if (reached == null && tcp(port) && endpoint.here()) {
                reached = own(network, port.getPort());
            }
            if (reached != null) {
                found.put(port.getPort(), reached);
            }
        });
        return found;
    }

    private static ExposedPort[] exposed(InspectContainerResponse container) {
        ContainerConfig config = container.getConfig();
        ExposedPort[] ports = config == null ? null : config.getExposedPorts();
        return ports == null ? new ExposedPort[0] : ports;
    }

    private static boolean tcp(ExposedPort port) {
        return port.getProtocol() == InternetProtocol.TCP;
    }

    private @Nullable HostAndPort published(Ports.Binding @Nullable [] bindings) {
        HostAndPort best = null;
        for (Ports.Binding binding : bindings == null ? new Ports.Binding[0] : bindings) {
            String spec = binding.getHostPortSpec();
            if (spec == null || !spec.matches("\\d{1,5}") || Integer.parseInt(spec) == 0) {
                continue;
            }
            String ip = binding.getHostIp() == null ? "" : binding.getHostIp();
            boolean everywhere = ip.isEmpty() || ip.equals("0.0.0.0") || ip.equals("::");
            if (everywhere) {
                // One entry for each of IPv4 and IPv6, of which the first is what most nodes' addresses are.
                best =
                    best == null || ip.equals("0.0.0.0")
                        ? new HostAndPort(endpoint.host(), Integer.parseInt(spec))
                        : best;
            } else if (best == null && (!Endpoint.loopback(ip) || Endpoint.loopback(endpoint.host()))) {
                best = new HostAndPort(ip, Integer.parseInt(spec));
            }
        }
        return best;
    }

    /** On its own machine a container is reached without a published port, too. */
    private static @Nullable HostAndPort own(NetworkSettings settings, int port) {
        Map<String, ContainerNetwork> networks = settings.getNetworks();
        for (ContainerNetwork network : networks == null
            ? Map.<String, ContainerNetwork>of().values()
            : networks.values()) {
            String ip = network.getIpAddress();
            if (ip != null && !ip.isEmpty()) {
                return new HostAndPort(ip, port);
            }
        }
        return null;
    }
}
