package io.nightporter.proxy.config;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.protocol.version.VersionTableException;
import io.nightporter.proxy.yaml.Node;
import io.nightporter.proxy.yaml.YamlSyntaxException;
import io.nightporter.proxy.yaml.YamlText;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** From the text of a configuration file to a {@link Configuration}. */
final class ConfigurationReader {

    private final Reading reading;

    private ConfigurationReader(Reading reading) {
        this.reading = reading;
    }

    /**
     * Reads the file of the reading. Errors, warnings and the names of further files are in the reading afterwards,
     * also if this fails.
     */
    static Configuration read(Reading reading) throws ConfigurationException {
        Configuration configuration = null;
        try {
            Node document = YamlText.read(text(reading.file()));
            Section root = Keys.ROOT.read(document, new Place(reading, document.line(), ""));
            if (root != null) {
                configuration = new ConfigurationReader(reading).configuration(root);
            }
        } catch (YamlSyntaxException e) {
            reading.error(e.line(), "", String.valueOf(e.getMessage()));
        }
        if (configuration == null || !reading.errors().isEmpty()) {
            throw new ConfigurationException(reading.errors());
        }
        return configuration;
    }

    private static String text(Path file) throws YamlSyntaxException {
        try {
            byte[] bytes = Files.readAllBytes(file);
            var decoded = CharBuffer.allocate(bytes.length);
            ByteBuffer in = ByteBuffer.wrap(bytes);
            CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, decoded, true);
            decoded.flip();
            if (result.isError()) {
                int line =
                    1 +
                    (int) decoded
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
                throw new YamlSyntaxException(line, "a character is not in UTF-8; save the file in that encoding");
            }
            String text = decoded.toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException _) {
            throw new YamlSyntaxException(
                0,
                "there is no such file (looked for " + file.toAbsolutePath().normalize() + ")"
            );
        } catch (IOException e) {
            String reason = Files.isDirectory(file) ? "is a folder, not a file" : "cannot be read: " + e;
            throw new YamlSyntaxException(0, reason);
        }
    }

    private Configuration configuration(Section root) {
        Section proxySection = root.section(Keys.PROXY);
        ProxySettings proxy = proxy(proxySection);
        HostAndPort admin = admin(root.section(Keys.ADMIN), proxySection, proxy);
        Path dataDir = root.value(Keys.DATA_DIR);
        Section fleet = root.section(Keys.FLEET);
        ServerReader servers = new ServerReader(reading, proxy.forwarding());
        Map<String, ServerSettings> byName = servers.read(fleet);
        String defaultRoute = defaultRoute(fleet, byName.keySet());
        servers.warnOfUnreachable(byName, defaultRoute);
        return new Configuration(reading.file(), proxy, admin, dataDir, byName, defaultRoute);
    }

    private ProxySettings proxy(Section proxy) {
        List<Path> tables = orEmpty(proxy.optional(Keys.PROTOCOL_TABLES));
        try {
            reading.extendVersions(tables);
        } catch (VersionTableException e) {
            proxy.error(Keys.PROTOCOL_TABLES, String.valueOf(e.getMessage()));
        }
        List<HostAndPort> listen = proxy.value(Keys.LISTEN);
        if (listen.isEmpty()) {
            proxy.error(Keys.LISTEN, "must have at least one address; remove the key for 0.0.0.0:25565");
        }
        Set<String> distinct = new TreeSet<>();
        listen
            .stream()
            .map(HostAndPort::toString)
            .filter(address -> !distinct.add(address))
            .forEach(twice -> proxy.error(Keys.LISTEN, twice + " stands here twice"));
        return new ProxySettings(
            listen,
            proxy.value(Keys.ONLINE_MODE),
            sessionServer(proxy),
            proxy.value(Keys.PREVENT_PROXY_CONNECTIONS),
            presentation(proxy),
            ForwardingReader.ofProxy(proxy),
            orEmpty(proxy.section(Keys.PROXY_PROTOCOL).optional(Keys.TRUSTED)),
            proxy.value(Keys.ACCEPT_TRANSFERS),
            proxy.value(Keys.COMPRESSION_THRESHOLD),
            proxy.value(Keys.DUPLICATE_LOGIN),
            proxy.value(Keys.UNKNOWN_HOST),
            proxy.value(Keys.UNKNOWN_VERSIONS),
            timeouts(proxy.section(Keys.TIMEOUTS)),
            limits(proxy),
            tables,
            proxy.value(Keys.TRANSPORT)
        );
    }

    private static URI sessionServer(Section proxy) {
        URI uri = proxy.value(Keys.SESSION_SERVER);
        if ("http".equalsIgnoreCase(uri.getScheme()) && !Addresses.isLoopback(uri.getHost())) {
            proxy.warning(
                Keys.SESSION_SERVER,
                "over http whoever sits between can let anybody in under any name; use https"
            );
        }
        return uri;
    }

    private static Timeouts timeouts(Section timeouts) {
        return new Timeouts(
            timeouts.value(Keys.TIMEOUT_HANDSHAKE),
            timeouts.value(Keys.TIMEOUT_LOGIN),
            timeouts.value(Keys.TIMEOUT_SESSION_SERVER),
            timeouts.value(Keys.TIMEOUT_DNS),
            timeouts.value(Keys.TIMEOUT_CONNECT),
            timeouts.value(Keys.TIMEOUT_READ),
            timeouts.value(Keys.TIMEOUT_SHUTDOWN)
        );
    }

    private static Limits limits(Section proxy) {
        Section limits = proxy.section(Keys.LIMITS);
        return new Limits(
            limits.value(Keys.CONNECTIONS_PER_SECOND),
            limits.value(Keys.LOGINS_PER_MINUTE),
            limits.value(Keys.PACKETS_PER_SECOND),
            limits.value(Keys.BYTES_PER_SECOND),
            limits.value(Keys.HALF_OPEN),
            limits.value(Keys.HALF_OPEN_PER_NETWORK),
            proxy.has(Keys.LIMITS) ? orEmpty(limits.optional(Keys.EXEMPT)) : Limits.LOOPBACK
        );
    }

    static Presentation presentation(Section section) {
        return new Presentation(
            section.optional(Keys.MOTD),
            section.optional(Keys.FAVICON),
            orEmpty(section.optional(Keys.SAMPLE)),
            section.optional(Keys.MAX_PLAYERS)
        );
    }

    private static HostAndPort admin(Section section, Section proxySection, ProxySettings proxy) {
        HostAndPort admin = section.value(Keys.ADMIN_LISTEN);
        if (!Addresses.isLoopback(admin.host())) {
            section.error(
                Keys.ADMIN_LISTEN,
                admin.host() +
                    " can be reached from other machines, and what is served there names servers and is not protected; " +
                    "listen on 127.0.0.1 and put a web server with access control in front"
            );
        }
        for (HostAndPort listen : proxy.listen()) {
            if (listen.port() == admin.port() && overlap(listen.host(), admin.host())) {
                String message = "players (" + listen + ") and operators (" + admin + ") need different ports";
                if (section.has(Keys.ADMIN_LISTEN)) {
                    section.error(Keys.ADMIN_LISTEN, message);
                } else {
                    proxySection.error(Keys.LISTEN, message);
                }
            }
        }
        return admin;
    }

    private static boolean overlap(String players, String operators) {
        return players.equals(operators) || players.equals("0.0.0.0") || players.equals("::");
    }

    private static @Nullable String defaultRoute(Section fleet, Set<String> servers) {
        String route = fleet.optional(Keys.DEFAULT_ROUTE);
        if (route == null || servers.contains(route)) {
            return route;
        }
        String near = Spelling.closest(route, servers);
        String hint = near == null ? "the servers are " + String.join(", ", servers) : "did you mean " + near + "?";
        fleet.error(Keys.DEFAULT_ROUTE, "there is no server named " + Place.quote(route) + "; " + hint);
        return null;
    }

    static <T> List<T> orEmpty(@Nullable List<T> values) {
        return values == null ? List.of() : values;
    }
}
