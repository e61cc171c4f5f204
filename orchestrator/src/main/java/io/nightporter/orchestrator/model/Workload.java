package io.nightporter.orchestrator.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.ServerAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a server consists of where it runs. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Workload.Image.class, name = "image"),
    @JsonSubTypes.Type(value = Workload.Container.class, name = "container"),
    @JsonSubTypes.Type(value = Workload.Command.class, name = "command"),
    @JsonSubTypes.Type(value = Workload.Remote.class, name = "remote"),
    @JsonSubTypes.Type(value = Workload.Elsewhere.class, name = "elsewhere"),
})
public sealed interface Workload {
    int MINECRAFT_PORT = 25_565;

    /** The port of the game as the server itself knows it. */
    int gamePort();

    /** Whether it is started and stopped by us. */
    default boolean managed() {
        return !(this instanceof Elsewhere);
    }

    /** Whether it can be paused and killed; otherwise it can only be started and stopped, by somebody else. */
    default boolean inOurHands() {
        return true;
    }

    /**
     * A container that is made from an image, and made anew when its definition changed. Its data outlives it.
     *
     * @param command replaces the image's own; empty: the image's own
     * @param data a volume's name, or a folder of the node if it begins with a slash; null: a volume that is named after
     *     the server
     * @param dataPath where the data are seen in the container
     * @param ports in addition to the game's
     * @param stopSignal such as {@code SIGTERM}; null: the image's own
     * @param network the engine's network; null: the engine's default
     */
    record Image(
        String image,
        List<String> command,
        Map<String, String> env,
        int gamePort,
        List<Port> ports,
        @Nullable String data,
        String dataPath,
        @Nullable String stopSignal,
        @Nullable String network
    ) implements Workload {
        public static final String DEFAULT_DATA_PATH = "/data";

        public Image {
            command = List.copyOf(command);
            // Sorted, so that the same definition is always written the same way.
            env = Collections.unmodifiableMap(new TreeMap<>(env));
            ports = List.copyOf(ports);
        }

        /** With defaults for the rest, which fit the image itzg/minecraft-server. */
        public Image(String image, Map<String, String> env) {
            this(image, List.of(), env, MINECRAFT_PORT, List.of(), null, DEFAULT_DATA_PATH, null, null);
        }

        /** The values of the environment may be secret. */
        @Override
        public String toString() {
            return "Image[image=" + image + ", command=" + command + ", env=" + env.keySet() + ", data=" + data + "]";
        }
    }

    /**
     * A container that somebody else made: it is started, paused and stopped, never made or removed.
     *
     * @param name its name, or its id
     */
    record Container(String name, int gamePort) implements Workload {}

    /**
     * A program on the node. In the arguments and the environment {@code {port}} stands for the port on which the game is to
     * listen, {@code {port:25575}} for any other one of {@link #ports} by its inside number.
     *
     * @param command the program and its arguments
     * @param env in addition to Nightporter's own environment
     * @param directory where it runs, relative to the node's data folder; null: a folder that is named after the server
     * @param ports in addition to the game's
     * @param stopSignal such as {@code SIGTERM}, which it is if null; or {@code console:} and a line that is typed into the
     *     program's console instead, such as {@code console:stop}
     */
    record Command(
        List<String> command,
        Map<String, String> env,
        int gamePort,
        List<Port> ports,
        @Nullable String directory,
        @Nullable String stopSignal
    ) implements Workload {
        public Command {
            command = List.copyOf(command);
            env = Collections.unmodifiableMap(new TreeMap<>(env));
            ports = List.copyOf(ports);
        }

        public Command(List<String> command) {
            this(command, Map.of(), MINECRAFT_PORT, List.of(), null, null);
        }

        /** Arguments and values of the environment may be secret. */
        @Override
        public String toString() {
            return "Command[command=" + command.stream().limit(1).toList() + " …, env=" + env.keySet() + "]";
        }
    }

    /**
     * A server that another system starts: {@code POST /api/servers/{id}/start}.
     *
     * @param id what the other system calls it
     * @param address where the game listens if the other system does not say; null: it says
     */
    record Remote(String id, @Nullable HostAndPort address) implements Workload {
        public Remote(String id) {
            this(id, null);
        }

        @Override
        public boolean inOurHands() {
            return false;
        }

        @Override
        public int gamePort() {
            return MINECRAFT_PORT;
        }
    }

    /** Somebody else's server: players are sent there, nobody starts or stops it. */
    record Elsewhere(List<ServerAddress> addresses) implements Workload {
        public Elsewhere {
            addresses = List.copyOf(addresses);
        }

        @Override
        public int gamePort() {
            return MINECRAFT_PORT;
        }
    }
}
