package io.nightporter.proxy.config;

import static io.nightporter.proxy.config.Values.number;
import static io.nightporter.proxy.config.Values.oneOrMore;
import static io.nightporter.proxy.config.Values.size;

import io.nightporter.orchestrator.model.Port;
import io.nightporter.orchestrator.model.Rcon;
import io.nightporter.orchestrator.model.Workload;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The keys that say what a server that Nightporter starts consists of, and where. */
final class WorkloadKeys {

    private static final int LAST_PORT = 65_535;

    static final Key<String> NODE = Key.optional(
        "node",
        Values.TEXT,
        "The node where it runs; if left out, it is placed on one that has the memory for it."
    );
    static final Key<String> IMAGE = Key.optional(
        "image",
        FleetValues.IMAGE,
        "The server is a container that is made from this image."
    );
    static final Key<String> CONTAINER = Key.optional(
        "container",
        FleetValues.CONTAINER,
        "The server is this container, which somebody else made: it is started and stopped, never made or removed."
    );
    static final Key<List<String>> COMMAND = Key.optional(
        "command",
        oneOrMore(Values.TEXT),
        "The server is this program with its arguments, on a node with the driver process; `{port}` stands for the " +
            "port where it has to listen. Beside `image`: instead of the image's own command."
    );
    static final Key<String> REMOTE = Key.optional(
        "remote",
        Values.TEXT,
        "The server is started by another system, a node with the driver remote, which knows it by this id."
    );
    static final Key<Long> MEMORY = Key.optional(
        "memory",
        size("16MiB", "16384GiB"),
        "The memory that it may use; as much as the node has if left out."
    );
    static final Key<Double> CORES = Key.optional(
        "cores",
        FleetValues.decimal("0.01", "4096"),
        "The processor cores that it may use; as many as the node has if left out."
    );
    static final Key<Map<String, String>> ENV = Key.optional(
        "env",
        new EnvironmentType(),
        "Variables of its environment, such as `{ EULA: \"TRUE\" }`."
    );
    static final Key<Integer> GAME_PORT = Key.of(
        "gamePort",
        number(1, LAST_PORT),
        String.valueOf(Workload.MINECRAFT_PORT),
        "The port of the game as the server itself knows it."
    );
    static final Key<List<Port>> PORTS = Key.optional(
        "ports",
        oneOrMore(FleetValues.PORT),
        "Further ports, such as a map's or a voice chat's."
    );
    static final Key<String> DATA = Key.optional(
        "data",
        Values.TEXT,
        "image: the volume with its data, or a folder of the node, such as `/srv/survival`; " +
            "a volume named after the server if left out."
    );
    static final Key<String> DATA_PATH = Key.of(
        "dataPath",
        Values.TEXT,
        Workload.Image.DEFAULT_DATA_PATH,
        "image: where the data are in the container."
    );
    static final Key<String> DIRECTORY = Key.optional(
        "directory",
        Values.TEXT,
        "command: the folder where it runs, relative to the node's; one named after the server if left out."
    );
    static final Key<String> STOP_SIGNAL = Key.optional(
        "stopSignal",
        Values.TEXT,
        "How it is asked to stop: a signal (`SIGTERM`, or the image's own, if left out); for a command also a line " +
            "for its console, such as `console:stop`."
    );
    static final Key<String> NETWORK = Key.optional(
        "network",
        Values.TEXT,
        "image: the Docker network that it is in; the engine's default if left out."
    );
    static final Key<Integer> RCON_PORT = Key.of(
        "port",
        number(1, LAST_PORT),
        String.valueOf(Rcon.DEFAULT_PORT),
        "Where its console listens, as the server itself knows it."
    );
    static final Key<Path> RCON_PASSWORD_FILE = Key.optional(
        "passwordFile",
        FleetValues.PASSWORD_FILE,
        "The file with the password, one line. Required."
    );
    static final Key<Section> RCON = Key.optional(
        "rcon",
        Block.of(RCON_PORT, RCON_PASSWORD_FILE),
        "Its console over the network, by which its world is saved before it stops."
    );

    private WorkloadKeys() {}
}
