package io.nightporter.orchestrator;

/**
 * Where something listens, as it was written: the name is resolved when it is dialled, so that it may change.
 *
 * @param host a name, an IPv4 address or an IPv6 address without brackets
 * @param port 1 … 65535
 */
public record HostAndPort(String host, int port) {
    public HostAndPort {
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not an address: " + host + ":" + port);
        }
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
