package io.nightporter.proxy.config;

import static io.nightporter.proxy.config.Values.BOOLEAN;
import static io.nightporter.proxy.config.Values.address;
import static io.nightporter.proxy.config.Values.located;
import static io.nightporter.proxy.config.Values.oneOf;
import static io.nightporter.proxy.config.Values.oneOrMore;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.fleet.FleetSettings;
import io.nightporter.protocol.version.VersionRange;
import io.nightporter.proxy.config.NetworkSettings.Fallback;
import io.nightporter.proxy.config.Values.Located;
import java.util.List;
import java.util.Map;

/** The keys under {@code fleet}. */
final class FleetKeys {

    // What a server's goodbye means: for all servers and for one.
    static final Key<List<String>> KICKS_WAIT = Key.optional(
        "wait",
        oneOrMore(Values.KICK_RULE),
        "Goodbyes after which the player waits for the server."
    );
    static final Key<List<String>> KICKS_KICK = Key.optional(
        "kick",
        oneOrMore(Values.KICK_RULE),
        "Goodbyes that the player hears and goes; they come before `wait`."
    );
    static final Key<Section> KICKS = Key.optional(
        "kicks",
        Block.of(KICKS_WAIT, KICKS_KICK),
        "What a server's goodbyes mean, in addition to what is built in; a server's own rules come first."
    );

    static final Key<VersionRange> VERSIONS = Key.optional(
        "versions",
        Values.VERSIONS,
        "The client versions that are let in; all if left out (with modern forwarding: `1.13..`)."
    );
    static final Key<HostAndPort> ADDRESS_ADDRESS = Key.optional(
        "address",
        address(ProxyKeys.MINECRAFT_PORT),
        "Where the server listens."
    );
    static final Key<VersionRange> ADDRESS_VERSIONS = Key.optional(
        "versions",
        Values.VERSIONS,
        "The client versions that play at this address; all of the server's if left out."
    );
    static final Key<List<Located<Section>>> ADDRESS = Key.optional(
        "address",
        oneOrMore(located(Block.of(ADDRESS_ADDRESS, ADDRESS_VERSIONS).orPlain(ADDRESS_ADDRESS))),
        "Where a server listens that Nightporter does not start; several for different client versions, or to share the " +
            "players. Required unless there is `image`, `container`, `command` or `remote`; beside `remote`: where the game is, " +
            "unless the other system says so."
    );
    static final Key<List<Located<String>>> HOSTS = Key.optional(
        "hosts",
        oneOrMore(located(Values.HOSTNAME)),
        "The hostnames that lead here. An exact one goes before `\"*.suffix\"`, that before `\"*\"`."
    );
    static final Key<Boolean> PASSTHROUGH = Key.of(
        "passthrough",
        BOOLEAN,
        "false",
        "Whether bytes go to the server untouched after the handshake: the server then does the login itself."
    );
    static final Key<Boolean> SEND_PROXY_PROTOCOL = Key.of(
        "sendProxyProtocol",
        BOOLEAN,
        "false",
        "Whether connections to the server begin with a PROXY protocol v2 header; the server must expect it."
    );
    static final Key<List<String>> ACCESS = Key.of(
        "access",
        oneOrMore(Values.PLAYER),
        "everyone",
        "Who may go to this server from another one of a network; who comes by a hostname of its own always may."
    );
    static final Block SERVER = Block.of(
        HOSTS,
        ADDRESS,
        WorkloadKeys.IMAGE,
        WorkloadKeys.CONTAINER,
        WorkloadKeys.COMMAND,
        WorkloadKeys.REMOTE,
        WorkloadKeys.NODE,
        WorkloadKeys.MEMORY,
        WorkloadKeys.CORES,
        WorkloadKeys.ENV,
        WorkloadKeys.GAME_PORT,
        WorkloadKeys.PORTS,
        WorkloadKeys.DATA,
        WorkloadKeys.DATA_PATH,
        WorkloadKeys.DIRECTORY,
        WorkloadKeys.STOP_SIGNAL,
        WorkloadKeys.NETWORK,
        WorkloadKeys.RCON,
        SleepKeys.PAY_PER_USE,
        SleepKeys.IDLE_AFTER,
        SleepKeys.SLEEP,
        SleepKeys.MINIMUM_UPTIME,
        SleepKeys.AWAKE,
        SleepKeys.WAKE,
        SleepKeys.NEEDS,
        SleepKeys.OWNERS,
        SleepKeys.COST_OPTIMIZATION,
        SleepKeys.BUDGET,
        SleepKeys.START_TIMEOUT,
        SleepKeys.START_ATTEMPTS,
        SleepKeys.STOP_GRACE,
        VERSIONS,
        ProxyKeys.FORWARDING,
        PASSTHROUGH,
        SEND_PROXY_PROTOCOL,
        ACCESS,
        KICKS,
        ProxyKeys.MOTD,
        ProxyKeys.FAVICON,
        ProxyKeys.SAMPLE,
        ProxyKeys.MAX_PLAYERS
    );

    static final Key<Map<String, Section>> NODES = Key.optional(
        "nodes",
        Named.of(NodeKeys.NODE),
        "The machines for servers that Nightporter starts, each under the name that servers call it by."
    );
    static final Key<Map<String, Section>> SERVERS = Key.optional(
        "servers",
        Named.servers(SERVER),
        "The servers, each under the name that logs and metrics call it by."
    );
    static final Key<List<Located<String>>> LOBBY = Key.optional(
        "lobby",
        oneOrMore(located(Values.TEXT)),
        "The servers where players come in: of those that take the client's version, the one with the fewest players. " +
            "Required."
    );
    static final Key<List<Located<String>>> NETWORK_SERVERS = Key.optional(
        "servers",
        oneOrMore(located(Values.TEXT)),
        "The servers where players can go from there. A server may be in several networks."
    );
    static final Key<Fallback> FALLBACK = Key.of(
        "fallback",
        oneOf(Fallback.class),
        "lobby",
        "Where players go whose server goes away: to a lobby, or they wait for their server."
    );
    static final Key<Map<String, Section>> NETWORKS = Key.optional(
        "networks",
        Named.of(
            Block.of(
                HOSTS,
                LOBBY,
                NETWORK_SERVERS,
                FALLBACK,
                ProxyKeys.MOTD,
                ProxyKeys.FAVICON,
                ProxyKeys.SAMPLE,
                ProxyKeys.MAX_PLAYERS
            )
        ),
        "Several servers under one hostname, each network under a name that no server has."
    );
    static final Key<String> DEFAULT_ROUTE = Key.optional(
        "defaultRoute",
        Values.TEXT,
        "The name of the server or network for hostnames that nobody claims; see also `proxy.unknownHost`."
    );
    static final Key<List<Located<String>>> INCLUDE = Key.optional(
        "include",
        oneOrMore(located(Values.TEXT)),
        "Further files with the keys `nodes`, `servers` and `networks`, such as `fleet.d/*.yml`."
    );

    static final Key<String> NAME = Key.of(
        "name",
        Values.pattern(FleetReader.NAME, "lower-case name of up to 32 characters", (text, _) -> FleetReader.name(text)),
        FleetSettings.DEFAULT.name(),
        "What this Nightporter's containers, volumes and processes are called after and labelled with. Where two use one " +
            "node they need different names."
    );

    /** What an included file holds. */
    static final Block INCLUDED = Block.of(NODES, SERVERS, NETWORKS);

    static final Key<Section> FLEET = Key.optional(
        "fleet",
        Block.of(NODES, SERVERS, NETWORKS, DEFAULT_ROUTE, INCLUDE, NAME),
        "The servers and networks, and the nodes where servers run."
    );

    private FleetKeys() {}
}
