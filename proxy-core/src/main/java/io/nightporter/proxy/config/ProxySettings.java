package io.nightporter.proxy.config;

import io.nightporter.orchestrator.HostAndPort;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * The block {@code proxy}.
 *
 * @param listen where players connect
 * @param onlineMode whether players must prove to the session server who they are
 * @param sessionServer base address of the session server, without a trailing slash
 * @param preventProxyConnections whether the session server must have seen the player's own IP address
 * @param presentation what the server list shows, where a server says nothing of its own
 * @param forwarding how servers learn who the player is, where a server says nothing of its own
 * @param trustedProxies who may send a PROXY protocol header; empty: nobody, and none is expected
 * @param acceptTransfers whether a client may come with a transfer packet (intent 3)
 * @param compressionThreshold bytes from which packets to players are compressed when the server does not compress;
 *     -1: never
 * @param duplicateLogin what happens when somebody joins who is already there
 * @param unknownHost the answer to hostnames that nobody claims
 * @param unknownVersions what becomes of protocol numbers that no table knows
 * @param wakeQuota how many servers players may wake
 * @param protocolTables extra version tables
 * @param transport what moves the bytes
 */
public record ProxySettings(
    List<HostAndPort> listen,
    boolean onlineMode,
    URI sessionServer,
    boolean preventProxyConnections,
    Presentation presentation,
    ForwardingSettings forwarding,
    List<Cidr> trustedProxies,
    boolean acceptTransfers,
    int compressionThreshold,
    DuplicateLogin duplicateLogin,
    UnknownHost unknownHost,
    UnknownVersions unknownVersions,
    Timeouts timeouts,
    Limits limits,
    WakeQuota wakeQuota,
    List<Path> protocolTables,
    TransportChoice transport
) {
    /** What happens when somebody joins who is already there: the old connection goes, or the new one is refused. */
    public enum DuplicateLogin {
        REPLACE,
        REFUSE,
    }

    /** The answer to hostnames that nobody claims. */
    public enum UnknownHost {
        /** Pings get a neutral answer, logins a message that says which hostname was not found. */
        ANSWER,
        /** The connection is closed without a word. */
        DROP,
    }

    /** What becomes of protocol numbers that no table knows. */
    public enum UnknownVersions {
        /**
         * They pass through, except where that would let somebody in whom nobody has authenticated: in online mode, to
         * a server that trusts the proxy blindly.
         */
        AUTO,
        /** They pass through. */
        PASSTHROUGH,
        /** They get a message. */
        REFUSE,
    }

    /** Whether a client of a protocol that no table knows may be passed through to a server. */
    public boolean passesUnknownVersions(ForwardingSettings toServer) {
        return switch (unknownVersions) {
            case PASSTHROUGH -> true;
            case REFUSE -> false;
            case AUTO -> !onlineMode ||
                switch (toServer.mode()) {
                    // Such a server takes anybody for whoever they say they are.
                    case NONE, LEGACY -> false;
                    // Such a server lets nobody in without the proxy's secret.
                    case BUNGEEGUARD, MODERN -> true;
                };
        };
    }

    /** AUTO takes the best one that works on this machine: epoll, else NIO. */
    public enum TransportChoice {
        AUTO,
        EPOLL,
        IO_URING,
        NIO,
    }
}
