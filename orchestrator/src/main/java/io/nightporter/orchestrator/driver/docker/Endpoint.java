package io.nightporter.orchestrator.driver.docker;

import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.model.NodeDefinition;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where an engine is, and where what it publishes is reached: a node's definition, understood.
 *
 * @param uri {@code unix:///var/run/docker.sock}, {@code tcp://host:port} or {@code ssh://user@host:port}
 * @param tls null: plain
 * @param host the host under which published ports are reached
 * @param publish the node's address on which ports are published that nobody gave a number; empty: all of them
 * @param tunnel through which the socket is reached; null: it is one of this machine
 */
record Endpoint(String node, URI uri, @Nullable TlsFiles tls, String host, String publish, @Nullable SshTunnel tunnel) {
    private static final String DEFAULT = "unix:///var/run/docker.sock";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int PLAIN_PORT = 2375;
    private static final int TLS_PORT = 2376;

    private static final String CA = "ca";
    private static final String CERT = "cert";
    private static final String KEY = "key";
    private static final String PUBLISH = "publish";
    private static final Set<String> SETTINGS = Set.of(CA, CERT, KEY, PUBLISH);

    /**
     * @throws BadDefinitionException when the endpoint is none that this driver can reach, or a setting is unknown or
     *     missing
     */
    static Endpoint of(NodeDefinition node) throws BadDefinitionException {
        Set<String> unknown = new TreeSet<>(node.settings().keySet());
        unknown.removeAll(SETTINGS);
        if (!unknown.isEmpty()) {
            throw bad(
                node,
                "has settings that the driver docker does not know: " + String.join(", ", unknown),
                "It knows ca, cert, key and publish."
            );
        }
        String text = node.endpoint() == null ? DEFAULT : node.endpoint();
        URI uri;
        try {
            uri = URI.create(text.startsWith("/") ? "unix://" + text : text);
        } catch (IllegalArgumentException e) {
            throw bad(node, "has an endpoint that is no address: " + text, FORMS);
        }
        TlsFiles tls = tls(node);
        return switch (uri.getScheme()) {
            case "unix" -> unix(node, uri, tls);
            case "tcp" -> tcp(node, uri, tls);
            case "ssh" -> ssh(node, uri, tls);
            case null, default -> throw bad(
                node,
                "has an endpoint that the driver docker does not understand: " + text,
                FORMS
            );
        };
    }

    private static final String FORMS =
        "Write `unix:///var/run/docker.sock`, `ssh://user@host`, or `tcp://host:2376` with the settings ca, cert and key.";

    private static Endpoint unix(NodeDefinition node, URI uri, @Nullable TlsFiles tls) throws BadDefinitionException {
        if (uri.getPath() == null || uri.getPath().isEmpty()) {
            throw bad(node, "has an endpoint without the path of a socket", FORMS);
        }
        if (tls != null) {
            throw bad(
                node,
                "has certificates for a Unix socket, which has no TLS",
                "Leave out ca, cert and key, or write `endpoint: tcp://host:2376`."
            );
        }
        String host = node.address() == null ? LOOPBACK : node.address();
        return new Endpoint(node.name(), uri, null, host, publish(node, node.address() == null ? LOOPBACK : ""), null);
    }

    private static Endpoint ssh(NodeDefinition node, URI uri, @Nullable TlsFiles tls) throws BadDefinitionException {
        if (uri.getHost() == null || uri.getQuery() != null || !plain(uri.getUserInfo()) || !plain(uri.getHost())) {
            throw bad(node, "has an endpoint without a user and host that ssh understands", FORMS);
        }
        if (uri.getUserInfo() != null && uri.getUserInfo().contains(":")) {
            throw bad(
                node,
                "has an endpoint with a password",
                "Let the user that Nightporter runs as have a key that the other machine knows, and write `ssh://user@host`."
            );
        }
        if (tls != null) {
            throw bad(
                node,
                "has certificates for a connection through ssh, which does without",
                "Leave out ca, cert and key, or write `endpoint: tcp://host:2376`."
            );
        }
        String host = node.address() == null ? uri.getHost().replace("[", "").replace("]", "") : node.address();
        return new Endpoint(node.name(), uri, null, host, publish(node, loopback(host) ? host : ""), null);
    }

    /** Nothing that a program could take for one of its options. */
    private static boolean plain(@Nullable String word) {
        return word == null || !word.startsWith("-");
    }

    /** The same, reached through a tunnel. */
    Endpoint through(SshTunnel dug) {
        return new Endpoint(node, URI.create("unix://" + dug.socket()), null, host, publish, dug);
    }

    boolean isThroughSsh() {
        return "ssh".equals(uri.getScheme());
    }

    private static Endpoint tcp(NodeDefinition node, URI uri, @Nullable TlsFiles tls) throws BadDefinitionException {
        if (uri.getHost() == null) {
            throw bad(node, "has an endpoint without a host", FORMS);
        }
        int port = uri.getPort() > 0 ? uri.getPort() : tls == null ? PLAIN_PORT : TLS_PORT;
        URI whole = URI.create("tcp://" + uri.getHost() + ":" + port);
        String bare = uri.getHost().replace("[", "").replace("]", "");
        String host = node.address() == null ? bare : node.address();
        return new Endpoint(node.name(), whole, tls, host, publish(node, loopback(host) ? host : ""), null);
    }

    private static String publish(NodeDefinition node, String otherwise) {
        return node.settings().getOrDefault(PUBLISH, otherwise);
    }

    private static @Nullable TlsFiles tls(NodeDefinition node) throws BadDefinitionException {
        Map<String, String> settings = node.settings();
        String ca = settings.get(CA);
        String cert = settings.get(CERT);
        String key = settings.get(KEY);
        if (ca == null && cert == null && key == null) {
            return null;
        }
        if (ca == null || cert == null || key == null) {
            throw bad(
                node,
                "has only some of the settings ca, cert and key",
                "TLS needs the files of all three: who signed the engine's certificate, and ours with its key."
            );
        }
        return new TlsFiles(Path.of(ca), Path.of(cert), Path.of(key));
    }

    /** Whether the connection can be read and changed on its way by others: whoever can, owns the machine. */
    boolean exposed() {
        return "tcp".equals(uri.getScheme()) && tls == null && !loopback(uri.getHost());
    }

    /** Whether containers can be reached at their own addresses, which only the machine itself can. */
    boolean here() {
        return tunnel == null && "unix".equals(uri.getScheme()) && LOOPBACK.equals(host);
    }

    /** Whether this is the literal address of a loopback, or a name for it. */
    static boolean loopback(String host) {
        String bare = host.replace("[", "").replace("]", "");
        if (bare.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(bare).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static BadDefinitionException bad(NodeDefinition node, String problem, String remedy) {
        return new BadDefinitionException("node " + node.name() + " " + problem, remedy, null);
    }
}
