package io.nightporter.proxy.auth;

import java.net.InetAddress;

/** A player's IP address as others want to read it. */
public final class ClientIp {

    private ClientIp() {}

    /** The address in figures, IPv6 without the {@code %scope} that means something on this machine only. */
    public static String text(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }
}
