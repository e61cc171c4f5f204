package io.nightporter.proxy.config;

import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.protocol.version.VersionRange;
import java.util.List;

/**
 * One entry of {@code fleet.servers}.
 *
 * @param hosts exact hostnames, {@code *.suffix} or {@code *}, all lower case
 * @param addresses where the server can be reached, in the order of the file; empty: Nightporter starts it, and the fleet
 *     knows where it is at the moment
 * @param versions client versions that are let in; others get a message that says which are
 * @param passthrough whether the bytes go to the server untouched after the handshake
 * @param sendProxyProtocol whether connections to the server begin with a PROXY protocol v2 header
 * @param access who may go there from another server; whoever comes by one of the hostnames always may
 * @param kicks what the server's goodbyes mean
 */
public record ServerSettings(
    String name,
    List<String> hosts,
    List<ServerAddress> addresses,
    VersionRange versions,
    ForwardingSettings forwarding,
    boolean passthrough,
    boolean sendProxyProtocol,
    Access access,
    KickRules kicks,
    Presentation presentation
) {
    /** Whether Nightporter starts and stops it. */
    public boolean managed() {
        return addresses.isEmpty();
    }

    /** The same server under other hostnames. */
    ServerSettings at(List<String> others) {
        return new ServerSettings(
            name,
            List.copyOf(others),
            addresses,
            versions,
            forwarding,
            passthrough,
            sendProxyProtocol,
            access,
            kicks,
            presentation
        );
    }

    /** The same server, shown otherwise in the server list. */
    public ServerSettings shownAs(Presentation other) {
        return new ServerSettings(
            name,
            hosts,
            addresses,
            versions,
            forwarding,
            passthrough,
            sendProxyProtocol,
            access,
            kicks,
            other
        );
    }
}
