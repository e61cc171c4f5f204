package io.nightporter.proxy.limits;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Whose addresses one party commands: the /24 of an IPv4 address, the /64 of an IPv6 address.
 *
 * @param prefix the upper 64 bits of the IPv6 address; for IPv4 those of the network's 6to4 address (RFC 3056), which
 *     belongs to the same party
 */
record Network(long prefix) {
    private static final long SIX_TO_FOUR = 0x2002L << 48;
    /** Where the last byte of the IPv4 address and the subnet would stand. */
    private static final long NOT_IN_A_NETWORK_OF_24 = 0xFF_FFFFL;
    private static final int IPV4_SHIFT = 16;

    /** Nobody outside knows it: so nobody can look for networks that fall on the same place of a table. */
    private static final long SEED = new SecureRandom().nextLong();

    static Network of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(plain(address).getAddress());
        if (bytes.capacity() > Integer.BYTES) {
            return new Network(bytes.getLong());
        }
        long ipv4 = bytes.getInt() & 0xFFFF_FF00L;
        return new Network(SIX_TO_FOUR | (ipv4 << IPV4_SHIFT));
    }

    /** The IPv4 address inside a v4-mapped one, and otherwise the address itself. */
    static InetAddress plain(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address;
        }
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of neither 4 nor 16 bytes", e);
        }
    }

    /** Well mixed in all its bits, and different in every process. */
    long mixed() {
        // The finalizer of MurmurHash3: https://github.com/aappleby/smhasher/wiki/MurmurHash3
        long h = prefix ^ SEED;
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }

    @Override
    public int hashCode() {
        return (int) mixed();
    }

    /** As in {@code 203.0.113.0/24} or {@code 2001:db8:0:1:0:0:0:0/64}. */
    @Override
    public String toString() {
        boolean ipv4 = prefix >>> 48 == SIX_TO_FOUR >>> 48 && (prefix & NOT_IN_A_NETWORK_OF_24) == 0;
        ByteBuffer bytes = ipv4
            ? ByteBuffer.allocate(Integer.BYTES).putInt((int) (prefix >>> IPV4_SHIFT))
            : ByteBuffer.allocate(2 * Long.BYTES).putLong(prefix);
        try {
            return InetAddress.getByAddress(bytes.array()).getHostAddress() + (ipv4 ? "/24" : "/64");
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
