package io.nightporter.proxy.config;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.protocol.version.VersionTableException;
import io.nightporter.proxy.yaml.Node;
import io.nightporter.proxy.yaml.YamlSyntaxException;
import io.nightporter.proxy.yaml.YamlText;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
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
            Node document = YamlText.read(reading.file());
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

    private Configuration configuration(Section root) {
        Section proxySection = root.section(ProxyKeys.PROXY);
        ProxySettings proxy = proxy(proxySection);
        HostAndPort admin = admin(root.section(Keys.ADMIN), proxySection, proxy);
        Path dataDir = root.value(Keys.DATA_DIR);
        Section room = root.section(Keys.WAITING_ROOM);
        WaitingRoomSettings waitingRoom = new WaitingRoomReader(reading).read(room);
        Section fleet = root.section(FleetKeys.FLEET);
        KickRules kicks = KickRules.BUILT_IN.behind(kicks(room));
        StoreSettings store = StoreSettings.of(root.section(Keys.STORE));
        FleetReader.Result found = new FleetReader(proxy.forwarding(), kicks).read(fleet);
        return new Configuration(
            reading.file(),
            proxy,
            waitingRoom,
            kicks,
            admin,
            store,
            dataDir,
            found.definitions(),
            found.servers(),
            found.networks(),
            found.defaultRoute()
        );
    }

    private ProxySettings proxy(Section proxy) {
        List<Path> tables = orEmpty(proxy.optional(ProxyKeys.PROTOCOL_TABLES));
        try {
            reading.extendVersions(tables);
        } catch (VersionTableException e) {
            proxy.error(ProxyKeys.PROTOCOL_TABLES, String.valueOf(e.getMessage()));
        }
        List<HostAndPort> listen = proxy.value(ProxyKeys.LISTEN);
        if (listen.isEmpty()) {
            proxy.error(ProxyKeys.LISTEN, "must have at least one address; remove the key for 0.0.0.0:25565");
        }
        Set<String> distinct = new TreeSet<>();
        listen
            .stream()
            .map(HostAndPort::toString)
            .filter(address -> !distinct.add(address))
            .forEach(twice -> proxy.error(ProxyKeys.LISTEN, twice + " stands here twice"));
        return new ProxySettings(
            listen,
            proxy.value(ProxyKeys.ONLINE_MODE),
            sessionServer(proxy),
            proxy.value(ProxyKeys.PREVENT_PROXY_CONNECTIONS),
            presentation(proxy),
            ForwardingReader.ofProxy(proxy),
            orEmpty(proxy.section(ProxyKeys.PROXY_PROTOCOL).optional(ProxyKeys.TRUSTED)),
            proxy.value(ProxyKeys.ACCEPT_TRANSFERS),
            proxy.value(ProxyKeys.COMPRESSION_THRESHOLD),
            proxy.value(ProxyKeys.DUPLICATE_LOGIN),
            proxy.value(ProxyKeys.UNKNOWN_HOST),
            proxy.value(ProxyKeys.UNKNOWN_VERSIONS),
            timeouts(proxy.section(ProxyKeys.TIMEOUTS)),
            limits(proxy),
            wakeQuota(proxy.section(ProxyKeys.WAKE_QUOTA)),
            tables,
            proxy.value(ProxyKeys.TRANSPORT)
        );
    }

    private static URI sessionServer(Section proxy) {
        URI uri = proxy.value(ProxyKeys.SESSION_SERVER);
        if ("http".equalsIgnoreCase(uri.getScheme()) && !Addresses.isLoopback(uri.getHost())) {
            proxy.warning(
                ProxyKeys.SESSION_SERVER,
                "over http whoever sits between can let anybody in under any name; use https"
            );
        }
        return uri;
    }

    private static Timeouts timeouts(Section timeouts) {
        return new Timeouts(
            timeouts.value(ProxyKeys.TIMEOUT_HANDSHAKE),
            timeouts.value(ProxyKeys.TIMEOUT_LOGIN),
            timeouts.value(ProxyKeys.TIMEOUT_SESSION_SERVER),
            timeouts.value(ProxyKeys.TIMEOUT_DNS),
            timeouts.value(ProxyKeys.TIMEOUT_CONNECT),
            timeouts.value(ProxyKeys.TIMEOUT_READ),
            timeouts.value(ProxyKeys.TIMEOUT_SHUTDOWN)
        );
    }

    private static Limits limits(Section proxy) {
        Section limits = proxy.section(ProxyKeys.LIMITS);
        return new Limits(
            limits.value(ProxyKeys.CONNECTIONS_PER_SECOND),
            limits.value(ProxyKeys.LOGINS_PER_MINUTE),
            limits.value(ProxyKeys.PACKETS_PER_SECOND),
            limits.value(ProxyKeys.BYTES_PER_SECOND),
            limits.value(ProxyKeys.HALF_OPEN),
            limits.value(ProxyKeys.HALF_OPEN_PER_NETWORK),
            proxy.has(ProxyKeys.LIMITS) ? orEmpty(limits.optional(ProxyKeys.EXEMPT)) : Limits.LOOPBACK
        );
    }

    private static WakeQuota wakeQuota(Section quota) {
        return new WakeQuota(
            quota.value(ProxyKeys.WAKES_PER_ACCOUNT),
            quota.value(ProxyKeys.WAKES_PER_NETWORK),
            quota.value(ProxyKeys.WAKES_IN_TOTAL)
        );
    }

    static Presentation presentation(Section section) {
        return new Presentation(
            section.optional(ProxyKeys.MOTD),
            section.optional(ProxyKeys.FAVICON),
            orEmpty(section.optional(ProxyKeys.SAMPLE)),
            section.optional(ProxyKeys.MAX_PLAYERS)
        );
    }

    private static HostAndPort admin(Section section, Section proxySection, ProxySettings proxy) {
        HostAndPort admin = section.value(Keys.ADMIN_LISTEN);
        for (HostAndPort listen : proxy.listen()) {
            if (listen.port() == admin.port() && overlap(listen.host(), admin.host())) {
                String message = "players (" + listen + ") and operators (" + admin + ") need different ports";
                if (section.has(Keys.ADMIN_LISTEN)) {
                    section.error(Keys.ADMIN_LISTEN, message);
                } else {
                    proxySection.error(ProxyKeys.LISTEN, message);
                }
            }
        }
        return admin;
    }

    private static boolean overlap(String players, String operators) {
        return players.equals(operators) || players.equals("0.0.0.0") || players.equals("::");
    }

    /** The rules of one block, without those above it. */
    static KickRules.Level kicks(Section parent) {
        Section kicks = parent.section(FleetKeys.KICKS);
        return new KickRules.Level(
            orEmpty(kicks.optional(FleetKeys.KICKS_KICK)),
            orEmpty(kicks.optional(FleetKeys.KICKS_WAIT))
        );
    }

    static <T> List<T> orEmpty(@Nullable List<T> values) {
        return values == null ? List.of() : values;
    }
}
