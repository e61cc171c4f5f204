package io.nightporter.proxy.config;

import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Resources;
import io.nightporter.proxy.config.NodeKeys.NodeDriver;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an entry of {@code fleet.nodes}. */
final class NodeReader {

    private NodeReader() {}

    /** Null after what is wrong with it has been reported. */
    static @Nullable NodeDefinition read(String name, Section node, ManagedBy by) {
        NodeDriver driver = node.optional(NodeKeys.DRIVER);
        if (driver == null && !node.has(NodeKeys.DRIVER)) {
            node.error(NodeKeys.DRIVER, "is missing; write driver: process (this machine), docker or remote");
        }
        String endpoint = node.optional(NodeKeys.ENDPOINT);
        String address = node.optional(NodeKeys.ADDRESS);
        Resources resources = new Resources(node.optional(NodeKeys.MEMORY), node.optional(NodeKeys.CORES));
        var price = node.optional(NodeKeys.PRICE);
        boolean draining = node.value(NodeKeys.DRAINING);
        if (driver == null) {
            return null;
        }
        refuseOthersSettings(driver, node);
        checkEndpoint(driver, node, endpoint);
        Map<String, String> settings = settings(driver, node, endpoint);
        return new NodeDefinition(
            name,
            by,
            Values.word(driver),
            endpoint,
            settings,
            address,
            resources,
            price,
            draining
        );
    }

    private static void refuseOthersSettings(NodeDriver driver, Section node) {
        NodeKeys.SETTINGS.forEach((other, keys) -> {
            if (other != driver) {
                keys.stream()
                    .filter(node::has)
                    .forEach(key ->
                        node.error(
                            key,
                            "is for nodes with the driver " +
                                Values.word(other) +
                                "; this one has " +
                                Values.word(driver)
                        )
                    );
            }
        });
    }

    private static Map<String, String> settings(NodeDriver driver, Section node, @Nullable String endpoint) {
        Map<String, String> settings = new HashMap<>();
        switch (driver) {
            case DOCKER -> {
                put(settings, node, NodeKeys.CA);
                put(settings, node, NodeKeys.CERT);
                put(settings, node, NodeKeys.KEY);
                put(settings, node, NodeKeys.PUBLISH);
                checkCertificates(node, endpoint);
            }
            case PROCESS -> {
                if (node.has(NodeKeys.PORTS)) {
                    settings.put(NodeKeys.PORTS.name(), node.value(NodeKeys.PORTS));
                }
            }
            case REMOTE -> put(settings, node, NodeKeys.TOKEN_FILE);
        }
        return settings;
    }

    /** Files by their whole path: the driver does not know where the configuration is. */
    private static void put(Map<String, String> settings, Section node, Key<?> key) {
        Object value = node.optional(key);
        if (value != null) {
            settings.put(key.name(), value instanceof Path file ? file.toAbsolutePath().toString() : value.toString());
        }
    }

    private static void checkCertificates(Section node, @Nullable String endpoint) {
        List<Key<Path>> keys = List.of(NodeKeys.CA, NodeKeys.CERT, NodeKeys.KEY);
        List<Key<Path>> there = keys.stream().filter(node::has).toList();
        if (there.isEmpty()) {
            return;
        }
        keys.stream()
            .filter(key -> !node.has(key))
            .forEach(key -> node.error(key, "is missing; TLS needs all three of ca, cert and key"));
        if (endpoint == null || !endpoint.startsWith("tcp://")) {
            node.error(there.getFirst(), "is for an endpoint such as tcp://host:2376; others have no TLS");
        }
    }

    private static void checkEndpoint(NodeDriver driver, Section node, @Nullable String endpoint) {
        if (endpoint == null) {
            if (driver == NodeDriver.REMOTE && !node.has(NodeKeys.ENDPOINT)) {
                node.error(NodeKeys.ENDPOINT, "is missing; write where the other system is, such as https://host:8443");
            }
            return;
        }
        boolean good = switch (driver) {
            case PROCESS -> !endpoint.contains("://");
            case DOCKER -> endpoint.startsWith("/") || dockerEndpoint(uri(endpoint));
            case REMOTE -> remoteEndpoint(uri(endpoint));
        };
        if (!good) {
            // Not quoted: a user and a password may stand in it.
            node.error(
                NodeKeys.ENDPOINT,
                switch (driver) {
                    case PROCESS -> "a process node is this machine, and its endpoint a folder; leave it out, or " +
                        "write driver: docker or driver: remote";
                    case DOCKER -> "must be unix:///path/of/docker.sock, tcp://host:2376 or ssh://user@host";
                    case REMOTE -> "must be a web address such as https://host:8443, without user and password";
                }
            );
        } else if (driver == NodeDriver.REMOTE) {
            warnOfOpenRemote(node, endpoint);
        }
    }

    private static void warnOfOpenRemote(Section node, String endpoint) {
        URI uri = uri(endpoint);
        boolean open = uri != null && "http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null;
        if (
            open && uri != null && !Addresses.isLoopback(String.valueOf(uri.getHost())) && node.has(NodeKeys.TOKEN_FILE)
        ) {
            node.warning(NodeKeys.ENDPOINT, "over http everybody in between can read the token; use https");
        }
    }

    private static boolean dockerEndpoint(@Nullable URI uri) {
        if (uri == null || uri.getScheme() == null) {
            return false;
        }
        return switch (uri.getScheme()) {
            case "unix" -> uri.getPath() != null && uri.getPath().length() > 1;
            case "tcp", "ssh" -> uri.getHost() != null;
            default -> false;
        };
    }

    private static boolean remoteEndpoint(@Nullable URI uri) {
        return (
            uri != null &&
            ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme())) &&
            uri.getHost() != null &&
            uri.getUserInfo() == null &&
            uri.getQuery() == null
        );
    }

    private static @Nullable URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException _) {
            return null;
        }
    }
}
