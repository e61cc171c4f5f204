package io.nightporter.proxy.config;

import static io.nightporter.proxy.config.Values.BOOLEAN;
import static io.nightporter.proxy.config.Values.address;
import static io.nightporter.proxy.config.Values.duration;
import static io.nightporter.proxy.config.Values.number;
import static io.nightporter.proxy.config.Values.oneOf;
import static io.nightporter.proxy.config.Values.oneOrMore;
import static io.nightporter.proxy.config.Values.size;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.proxy.config.ProxySettings.DuplicateLogin;
import io.nightporter.proxy.config.ProxySettings.TransportChoice;
import io.nightporter.proxy.config.ProxySettings.UnknownHost;
import io.nightporter.proxy.config.ProxySettings.UnknownVersions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The keys under {@code proxy}, some of which servers have, too. */
final class ProxyKeys {

    static final int MINECRAFT_PORT = 25_565;
    private static final int MANY_PLAYERS = 1_000_000;
    private static final int MANY_TIMES = 1_000_000;

    // What the server list shows: under proxy and under a server.
    static final Key<String> MOTD = Key.optional(
        "motd",
        Values.MINI_MESSAGE,
        "The text in the server list, two lines at most."
    );
    static final Key<String> FAVICON = Key.optional("favicon", Values.FAVICON, "The picture in the server list.");
    static final Key<List<String>> SAMPLE = Key.optional(
        "sample",
        oneOrMore(Values.MINI_MESSAGE),
        "Lines shown when the pointer rests on the player count."
    );
    static final Key<Integer> MAX_PLAYERS = Key.optional(
        "maxPlayers",
        number(0, MANY_PLAYERS),
        "The number of places shown in the server list; it limits nothing."
    );

    // How a server learns who the player is: under proxy and under a server.
    static final Key<ForwardingSettings.Mode> FORWARDING_MODE = Key.of(
        "mode",
        oneOf(ForwardingSettings.Mode.class),
        "none",
        "How the server learns the player's address, id and skin; the server must be set up for the same."
    );
    static final Key<Secret> FORWARDING_SECRET = Key.optional(
        "secretFile",
        Values.SECRET,
        "The file with the secret that `bungeeguard` and `modern` need, one line; " +
            "for a server the one of `proxy.forwarding` if left out."
    );
    static final Key<Section> FORWARDING = Key.optional(
        "forwarding",
        Block.of(FORWARDING_MODE, FORWARDING_SECRET).orPlain(FORWARDING_MODE),
        "How servers learn who the player is; a server may have its own."
    );

    static final Key<Duration> TIMEOUT_HANDSHAKE = Key.of(
        "handshake",
        duration("10ms", "10m"),
        "10s",
        "From the connection to a complete handshake, and for a ping."
    );
    static final Key<Duration> TIMEOUT_LOGIN = Key.of(
        "login",
        duration("10ms", "10m"),
        "30s",
        "From the handshake until the player is in the game."
    );
    static final Key<Duration> TIMEOUT_SESSION_SERVER = Key.of(
        "sessionServer",
        duration("10ms", "10m"),
        "8s",
        "For the answer of the session server."
    );
    static final Key<Duration> TIMEOUT_DNS = Key.of(
        "dns",
        duration("10ms", "10m"),
        "5s",
        "For looking up the name of a server."
    );
    static final Key<Duration> TIMEOUT_CONNECT = Key.of(
        "connect",
        duration("10ms", "10m"),
        "5s",
        "For connecting to a server."
    );
    static final Key<Duration> TIMEOUT_READ = Key.of(
        "read",
        duration("10ms", "10m"),
        "30s",
        "Silence after which the connection of a player or to a server is given up."
    );
    static final Key<Duration> TIMEOUT_SHUTDOWN = Key.of(
        "shutdown",
        duration("0s", "10m"),
        "5s",
        "How long a stopping proxy waits for its goodbyes to be written."
    );
    static final Key<Section> TIMEOUTS = Key.optional(
        "timeouts",
        Block.of(
            TIMEOUT_HANDSHAKE,
            TIMEOUT_LOGIN,
            TIMEOUT_SESSION_SERVER,
            TIMEOUT_DNS,
            TIMEOUT_CONNECT,
            TIMEOUT_READ,
            TIMEOUT_SHUTDOWN
        ),
        "How long things may take."
    );

    static final Key<Integer> CONNECTIONS_PER_SECOND = Key.of(
        "connectionsPerSecond",
        number(0, MANY_TIMES),
        "20",
        "New connections from one network, pings included; twice as many may come at once."
    );
    static final Key<Integer> LOGINS_PER_MINUTE = Key.of(
        "loginsPerMinute",
        number(0, MANY_TIMES),
        "30",
        "Logins from one network, pass-through included; a minute's worth may come at once."
    );
    static final Key<Integer> PACKETS_PER_SECOND = Key.of(
        "packetsPerSecond",
        number(0, MANY_TIMES),
        "500",
        "Packets from one player; what five seconds allow may come at once. More end the game with a message."
    );
    static final Key<Long> BYTES_PER_SECOND = Key.of(
        "bytesPerSecond",
        size("0", "1GiB"),
        "256KiB",
        "Bytes from one player; what five seconds allow may come at once. More have to wait, and nothing is lost."
    );
    static final Key<Integer> HALF_OPEN = Key.of(
        "halfOpen",
        number(0, MANY_TIMES),
        "4096",
        "Connections at a time that are not players yet. When there are more, the oldest one that is not logging in " +
            "makes room."
    );
    static final Key<Integer> HALF_OPEN_PER_NETWORK = Key.of(
        "halfOpenPerNetwork",
        number(0, MANY_TIMES),
        "64",
        "Connections at a time from one network that are not players yet; more are refused."
    );
    static final Key<List<Cidr>> EXEMPT = Key.optional(
        "exempt",
        oneOrMore(Values.NETWORK),
        "Networks that `connectionsPerSecond`, `loginsPerMinute` and `halfOpenPerNetwork` leave alone; " +
            "without the whole block `limits` these are `127.0.0.0/8` and `::1`."
    );
    static final Key<Section> LIMITS = Key.optional(
        "limits",
        Block.of(
            CONNECTIONS_PER_SECOND,
            LOGINS_PER_MINUTE,
            PACKETS_PER_SECOND,
            BYTES_PER_SECOND,
            HALF_OPEN,
            HALF_OPEN_PER_NETWORK,
            EXEMPT
        ),
        "How much may come from one network and from one player; 0 anywhere: as much as they like."
    );

    static final Key<Integer> WAKES_PER_ACCOUNT = Key.of(
        "perAccount",
        number(0, MANY_TIMES),
        "10",
        "Servers that one player may wake in an hour."
    );
    static final Key<Integer> WAKES_PER_NETWORK = Key.of(
        "perNetwork",
        number(0, MANY_TIMES),
        "30",
        "Servers that players of one network may wake in an hour."
    );
    static final Key<Integer> WAKES_IN_TOTAL = Key.of(
        "total",
        number(0, MANY_TIMES),
        "0",
        "Servers that all players together may wake in an hour."
    );
    static final Key<Section> WAKE_QUOTA = Key.optional(
        "wakeQuota",
        Block.of(WAKES_PER_ACCOUNT, WAKES_PER_NETWORK, WAKES_IN_TOTAL),
        "How many servers players may wake by joining; 0 anywhere: as many as they like."
    );

    static final Key<List<Cidr>> TRUSTED = Key.optional(
        "trusted",
        oneOrMore(Values.NETWORK),
        "The load balancers in front of the proxy. Their connections must begin with a PROXY protocol header, " +
            "and nobody else's may."
    );
    static final Key<Section> PROXY_PROTOCOL = Key.optional(
        "proxyProtocol",
        Block.of(TRUSTED),
        "Learning the player's address from a load balancer."
    );

    static final Key<List<HostAndPort>> LISTEN = Key.of(
        "listen",
        oneOrMore(address(MINECRAFT_PORT)),
        "0.0.0.0:25565",
        "Where players connect."
    );
    static final Key<Boolean> ONLINE_MODE = Key.of(
        "onlineMode",
        BOOLEAN,
        "true",
        "Whether players must prove to the session server who they are. With `false` anybody can be anybody."
    );
    static final Key<URI> SESSION_SERVER = Key.of(
        "sessionServer",
        Values.WEB_ADDRESS,
        "https://sessionserver.mojang.com",
        "The session server that vouches for players."
    );
    static final Key<Boolean> PREVENT_PROXY_CONNECTIONS = Key.of(
        "preventProxyConnections",
        BOOLEAN,
        "false",
        "Whether the session server must have seen the player at the same IP address."
    );
    static final Key<Boolean> ACCEPT_TRANSFERS = Key.of(
        "acceptTransfers",
        BOOLEAN,
        "false",
        "Whether players may be sent here by another server's transfer packet."
    );
    static final Key<Integer> COMPRESSION_THRESHOLD = Key.of(
        "compressionThreshold",
        number(-1, 2_097_151),
        "256",
        "Bytes from which packets to players are compressed when the server does not compress; -1: never."
    );
    static final Key<DuplicateLogin> DUPLICATE_LOGIN = Key.of(
        "duplicateLogin",
        oneOf(DuplicateLogin.class),
        "replace",
        "When somebody joins who is already there: the old connection ends, or the new one is refused."
    );
    static final Key<UnknownHost> UNKNOWN_HOST = Key.of(
        "unknownHost",
        oneOf(UnknownHost.class),
        "answer",
        "Hostnames that nobody claims, when there is no `fleet.defaultRoute`: answered with a message, " +
            "or closed without a word."
    );
    static final Key<UnknownVersions> UNKNOWN_VERSIONS = Key.of(
        "unknownVersions",
        oneOf(UnknownVersions.class),
        "auto",
        "Game versions that no table knows: their bytes pass through to the server, which has to know them and to " +
            "authenticate the player itself; or they are refused. `auto` refuses them where that would let somebody " +
            "in whom nobody has authenticated: in online mode, to servers with forwarding none or legacy."
    );
    static final Key<List<Path>> PROTOCOL_TABLES = Key.optional(
        "protocolTables",
        oneOrMore(Values.FILE),
        "Further version tables, for Minecraft versions that came out after this release."
    );
    static final Key<TransportChoice> TRANSPORT = Key.of(
        "transport",
        oneOf(TransportChoice.class),
        "auto",
        "What moves the bytes; `auto` takes the best that works on the machine."
    );
    static final Key<Section> PROXY = Key.optional(
        "proxy",
        Block.of(
            LISTEN,
            ONLINE_MODE,
            SESSION_SERVER,
            PREVENT_PROXY_CONNECTIONS,
            MOTD,
            FAVICON,
            SAMPLE,
            MAX_PLAYERS,
            FORWARDING,
            PROXY_PROTOCOL,
            ACCEPT_TRANSFERS,
            COMPRESSION_THRESHOLD,
            DUPLICATE_LOGIN,
            UNKNOWN_HOST,
            UNKNOWN_VERSIONS,
            TIMEOUTS,
            LIMITS,
            WAKE_QUOTA,
            PROTOCOL_TABLES,
            TRANSPORT
        ),
        "How players are received."
    );

    private ProxyKeys() {}
}
