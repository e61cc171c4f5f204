package io.nightporter.proxy.config;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.orchestrator.model.Port;
import io.nightporter.orchestrator.model.Rcon;
import io.nightporter.orchestrator.model.Resources;
import io.nightporter.orchestrator.model.Workload;
import io.nightporter.proxy.config.Values.Located;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a server consists of. */
final class WorkloadReader {

    private static final String CONSOLE = "console:";
    private static final String ITZG = "itzg/minecraft-server";

    private WorkloadReader() {}

    /** Null after what is wrong with it has been reported. */
    static @Nullable Workload read(ServerKind kind, Section server, List<ServerAddress> addresses) {
        return switch (kind) {
            case ADDRESS -> new Workload.Elsewhere(addresses);
            case IMAGE -> image(server);
            case CONTAINER -> container(server);
            case COMMAND -> command(server);
            case REMOTE -> remote(server);
        };
    }

    private static @Nullable Workload image(Section server) {
        String image = server.optional(WorkloadKeys.IMAGE);
        Map<String, String> env = environment(server);
        int gamePort = server.value(WorkloadKeys.GAME_PORT);
        List<Port> ports = ports(server, gamePort);
        String dataPath = server.value(WorkloadKeys.DATA_PATH);
        if (!dataPath.startsWith("/")) {
            server.error(WorkloadKeys.DATA_PATH, "must begin with a slash: it is a folder in the container");
        }
        if (image == null) {
            return null;
        }
        // Without the registry before it and the version behind it.
        boolean itzg = ("/" + image.replaceFirst("[:@][^/]*$", "")).endsWith("/" + ITZG);
        if (itzg && !env.getOrDefault("EULA", "").equalsIgnoreCase("true")) {
            server.warning(
                server.has(WorkloadKeys.ENV) ? WorkloadKeys.ENV : WorkloadKeys.IMAGE,
                ITZG + " does not start without env: { EULA: \"TRUE\" }, by which you accept Minecraft's EULA"
            );
        }
        return new Workload.Image(
            image,
            ConfigurationReader.orEmpty(server.optional(WorkloadKeys.COMMAND)),
            env,
            gamePort,
            ports,
            data(server),
            dataPath,
            stopSignal(server, false),
            server.optional(WorkloadKeys.NETWORK)
        );
    }

    private static @Nullable String data(Section server) {
        String data = server.optional(WorkloadKeys.DATA);
        if (data != null && !data.startsWith("/") && !data.matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
            server.error(
                WorkloadKeys.DATA,
                Place.quote(data) +
                    " is neither the name of a volume nor a folder of the node, which begins with a slash"
            );
        }
        return data;
    }

    private static @Nullable Workload container(Section server) {
        String name = server.optional(WorkloadKeys.CONTAINER);
        int gamePort = server.value(WorkloadKeys.GAME_PORT);
        return name == null ? null : new Workload.Container(name, gamePort);
    }

    private static @Nullable Workload command(Section server) {
        List<String> command = server.optional(WorkloadKeys.COMMAND);
        Map<String, String> env = environment(server);
        int gamePort = server.value(WorkloadKeys.GAME_PORT);
        List<Port> ports = ports(server, gamePort);
        String stopSignal = stopSignal(server, true);
        String directory = server.optional(WorkloadKeys.DIRECTORY);
        if (command == null) {
            return null;
        }
        if (command.isEmpty() || command.getFirst().isBlank()) {
            server.error(
                WorkloadKeys.COMMAND,
                "is empty; write a program and its arguments, such as [java, -jar, server.jar, --port, \"{port}\"]"
            );
            return null;
        }
        if (command.size() == 1 && command.getFirst().indexOf(' ') >= 0) {
            server.error(
                WorkloadKeys.COMMAND,
                "must be a list, because there is no shell to take it apart; write [" +
                    String.join(", ", Place.oneLine(command.getFirst()).split(" +")) +
                    "]"
            );
            return null;
        }
        return new Workload.Command(command, env, gamePort, ports, directory, stopSignal);
    }

    private static @Nullable Workload remote(Section server) {
        String id = server.optional(WorkloadKeys.REMOTE);
        if (id == null) {
            return null;
        }
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}")) {
            server.error(
                WorkloadKeys.REMOTE,
                Place.quote(id) + " cannot be an id: it is made of letters, digits and - _ . : (128 at most)"
            );
            return null;
        }
        return new Workload.Remote(id, remoteAddress(server));
    }

    /** Where the other system runs it, if it does not say so itself. */
    private static @Nullable HostAndPort remoteAddress(Section server) {
        List<Located<Section>> written = server.optional(FleetKeys.ADDRESS);
        if (written == null || written.isEmpty()) {
            return null;
        }
        Section only = written.getFirst().value();
        if (written.size() > 1 || only.has(FleetKeys.ADDRESS_VERSIONS)) {
            server.error(
                FleetKeys.ADDRESS,
                "of a server with remote is one host:port, for all versions; write the versions at the server"
            );
        }
        return only.optional(FleetKeys.ADDRESS_ADDRESS);
    }

    static Resources resources(Section server) {
        return new Resources(server.optional(WorkloadKeys.MEMORY), server.optional(WorkloadKeys.CORES));
    }

    static @Nullable Rcon rcon(Section server) {
        if (!server.has(WorkloadKeys.RCON)) {
            return null;
        }
        Section rcon = server.section(WorkloadKeys.RCON);
        int port = rcon.value(WorkloadKeys.RCON_PORT);
        Path password = rcon.optional(WorkloadKeys.RCON_PASSWORD_FILE);
        if (password == null) {
            if (!rcon.has(WorkloadKeys.RCON_PASSWORD_FILE)) {
                rcon.error(WorkloadKeys.RCON_PASSWORD_FILE, "is missing; write the file with the console's password");
            }
            return null;
        }
        return new Rcon(port, password.toString());
    }

    private static Map<String, String> environment(Section server) {
        Map<String, String> env = server.optional(WorkloadKeys.ENV);
        return env == null ? Map.of() : env;
    }

    private static List<Port> ports(Section server, int gamePort) {
        List<Port> ports = ConfigurationReader.orEmpty(server.optional(WorkloadKeys.PORTS));
        Set<String> seen = new HashSet<>(Set.of(gamePort + "/tcp"));
        for (Port port : ports) {
            String inside = port.inside() + "/" + port.protocol().name().toLowerCase(Locale.ROOT);
            if (!seen.add(inside)) {
                server.error(
                    WorkloadKeys.PORTS,
                    inside.equals(gamePort + "/tcp")
                        ? inside + " is the game's port already"
                        : inside + " stands here twice"
                );
            }
        }
        return ports;
    }

    private static @Nullable String stopSignal(Section server, boolean hasConsole) {
        String signal = server.optional(WorkloadKeys.STOP_SIGNAL);
        if (signal == null) {
            return null;
        }
        if (signal.startsWith(CONSOLE)) {
            if (!hasConsole) {
                server.error(WorkloadKeys.STOP_SIGNAL, "only a command has a console; write a signal such as SIGTERM");
            } else if (signal.substring(CONSOLE.length()).isBlank()) {
                server.error(WorkloadKeys.STOP_SIGNAL, "has no line for the console; write one, such as console:stop");
            }
        } else {
            String objection = FleetValues.objectionToSignal(signal);
            if (objection != null) {
                server.error(WorkloadKeys.STOP_SIGNAL, objection);
            }
        }
        return signal;
    }
}
