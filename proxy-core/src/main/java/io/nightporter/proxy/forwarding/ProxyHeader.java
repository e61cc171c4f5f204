package io.nightporter.proxy.forwarding;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * The PROXY protocol header, version 2, that tells a server in the first bytes of a connection where the player comes
 * from (haproxy.org, "The PROXY protocol", section 2.2).
 */
public final class ProxyHeader {

    /** Opens every header of version 2; no game packet begins like this. */
    static final byte[] SIGNATURE = { 0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A };

    private static final byte VERSION_2_LOCAL = 0x20;
    private static final byte VERSION_2_PROXY = 0x21;
    private static final byte TCP_OVER_IPV4 = 0x11;
    private static final byte TCP_OVER_IPV6 = 0x21;
    private static final int FIXED_LENGTH = 16;

    private ProxyHeader() {}

    /**
     * For a player's connection. Where one address is IPv4 and the other IPv6, the first is written in IPv6's form
     * {@code ::ffff:a.b.c.d}, since a header has one family.
     *
     * @param source the player's address and port
     * @param destination the address and port at which the player reached us
     */
    public static byte[] proxied(InetSocketAddress source, InetSocketAddress destination) {
        boolean ipv4 = source.getAddress() instanceof Inet4Address && destination.getAddress() instanceof Inet4Address;
        int addressLength = ipv4 ? 4 : 16;
        int length = 2 * addressLength + 2 * Short.BYTES;
        return ByteBuffer.allocate(FIXED_LENGTH + length)
            .put(SIGNATURE)
            .put(VERSION_2_PROXY)
            .put(ipv4 ? TCP_OVER_IPV4 : TCP_OVER_IPV6)
            .putShort((short) length)
            .put(bytes(source.getAddress(), addressLength))
            .put(bytes(destination.getAddress(), addressLength))
            .putShort((short) source.getPort())
            .putShort((short) destination.getPort())
            .array();
    }

    /** For a connection of our own, such as a status request. */
    public static byte[] local() {
        return ByteBuffer.allocate(FIXED_LENGTH).put(SIGNATURE).put(VERSION_2_LOCAL).array();
    }

    private static byte[] bytes(InetAddress address, int length) {
        byte[] own = address.getAddress();
        if (own.length == length) {
            return own;
        }
        return ByteBuffer.allocate(16)
            .position(10)
            .put((byte) 0xFF)
            .put((byte) 0xFF)
            .put(own)
            .array();
    }
}
