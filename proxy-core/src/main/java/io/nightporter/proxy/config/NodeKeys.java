package io.nightporter.proxy.config;

import static io.nightporter.proxy.config.Values.BOOLEAN;
import static io.nightporter.proxy.config.Values.oneOf;
import static io.nightporter.proxy.config.Values.size;

import io.nightporter.orchestrator.model.Price;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The keys of a node. */
final class NodeKeys {

    /** What starts and stops servers there. */
    enum NodeDriver {
        PROCESS,
        DOCKER,
        REMOTE,
    }

    static final Key<NodeDriver> DRIVER = Key.optional(
        "driver",
        oneOf(NodeDriver.class),
        "What starts servers there: programs on this machine, containers of a Docker Engine, or another system over " +
            "HTTP. Required."
    );
    static final Key<String> ENDPOINT = Key.optional(
        "endpoint",
        Values.TEXT,
        "Where it is. docker: `unix:///var/run/docker.sock` (the default), `ssh://user@host` or `tcp://host:2376`; remote: " +
            "`https://host/path`; process: the folder for what servers are made of (`nodes/<name>` in `dataDir`)."
    );
    static final Key<String> ADDRESS = Key.optional(
        "address",
        FleetValues.HOST,
        "The host at which ports of the node are reached; the endpoint's host, or this machine, if left out."
    );
    static final Key<Long> MEMORY = Key.optional(
        "memory",
        size("64MiB", "16384GiB"),
        "The memory that servers may use there together; unlimited if left out."
    );
    static final Key<Double> CORES = Key.optional(
        "cores",
        FleetValues.decimal("0.01", "4096"),
        "The processor cores that servers may use there together; unlimited if left out."
    );
    static final Key<Price> PRICE = Key.optional(
        "price",
        FleetValues.price(Price.Per.HOUR, "0.012 EUR/h"),
        "What the node costs."
    );
    static final Key<Boolean> DRAINING = Key.of(
        "draining",
        BOOLEAN,
        "false",
        "Whether no more servers are started there."
    );
    static final Key<Path> CA = Key.optional(
        "ca",
        Values.FILE,
        "docker over `tcp`: the certificate of who signed the engine's, a PEM file."
    );
    static final Key<Path> CERT = Key.optional(
        "cert",
        Values.FILE,
        "docker over `tcp`: Nightporter's own certificate, a PEM file."
    );
    static final Key<Path> KEY = Key.optional("key", Values.FILE, "docker over `tcp`: the key of `cert`, a PEM file.");
    static final Key<String> PUBLISH = Key.optional(
        "publish",
        FleetValues.HOST,
        "docker: the node's address on which ports are published that nobody gave a number."
    );
    static final Key<String> PORTS = Key.of(
        "ports",
        FleetValues.PORT_RANGE,
        "26000-30999",
        "process: the ports from which servers get theirs."
    );
    static final Key<Path> TOKEN_FILE = Key.optional(
        "tokenFile",
        FleetValues.PASSWORD_FILE,
        "remote: the file with the token that the other system wants, one line."
    );

    /** What only one driver wants to know. */
    static final Map<NodeDriver, List<Key<?>>> SETTINGS = Map.of(
        NodeDriver.DOCKER,
        List.of(CA, CERT, KEY, PUBLISH),
        NodeDriver.PROCESS,
        List.of(PORTS),
        NodeDriver.REMOTE,
        List.of(TOKEN_FILE)
    );

    static final Block NODE = Block.of(
        DRIVER,
        ENDPOINT,
        ADDRESS,
        MEMORY,
        CORES,
        PRICE,
        DRAINING,
        CA,
        CERT,
        KEY,
        PUBLISH,
        PORTS,
        TOKEN_FILE
    );

    private NodeKeys() {}
}
