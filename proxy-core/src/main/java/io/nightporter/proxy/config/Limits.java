package io.nightporter.proxy.config;

import java.net.InetAddress;
import java.util.List;

/**
 * The block {@code proxy.limits}; 0 means no limit in every number. A network is the /24 of an IPv4 address and the /64
 * of an IPv6 address.
 *
 * @param connectionsPerSecond from one network
 * @param loginsPerMinute from one network
 * @param packetsPerSecond from one player
 * @param bytesPerSecond from one player
 * @param halfOpen connections that are not players yet, in total
 * @param halfOpenPerNetwork connections that are not players yet, from one network
 * @param exempt networks that the limits per network leave alone
 */
public record Limits(
    int connectionsPerSecond,
    int loginsPerMinute,
    int packetsPerSecond,
    long bytesPerSecond,
    int halfOpen,
    int halfOpenPerNetwork,
    List<Cidr> exempt
) {
    /** What is exempt when nothing is said of limits: a tunnel on this machine brings all players from there. */
    static final List<Cidr> LOOPBACK = List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1"));

    /** Whether the limits per network leave this address alone. */
    public boolean exempts(InetAddress address) {
        for (Cidr network : exempt) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
