package io.nightporter.proxy.config;

/**
 * How many sleeping servers may be woken by players who join, in any hour; 0: as many as they like.
 *
 * @param perAccount by one player
 * @param perNetwork by the players of one /24 of IPv4 or /64 of IPv6
 * @param total by all players together
 */
public record WakeQuota(int perAccount, int perNetwork, int total) {
    public static final WakeQuota DEFAULT = new WakeQuota(10, 30, 0);
}
