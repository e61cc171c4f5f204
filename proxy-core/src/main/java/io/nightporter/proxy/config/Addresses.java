package io.nightporter.proxy.config;

import io.nightporter.orchestrator.HostAndPort;
import java.net.InetAddress;

/** Addresses and hostnames as they are written in the file. */
final class Addresses {

    private static final String NAME = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})?)*\\.?";

    private Addresses() {}

    /**
     * Reads {@code host:port}, {@code host}, {@code 10.0.0.7:25565} or {@code [::1]:25565}.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static HostAndPort parse(String text, int defaultPort) {
        String host = text;
        String port = "";
        int bracket = text.indexOf(']');
        int colon = text.lastIndexOf(':');
        if (text.startsWith("[") && bracket > 0) {
            host = text.substring(1, bracket);
            if (bracket + 1 < text.length()) {
                if (text.charAt(bracket + 1) != ':') {
                    throw new IllegalArgumentException(notAnAddress(text));
                }
                port = text.substring(bracket + 2);
            }
            if (!isLiteral(host) || host.indexOf(':') < 0) {
                throw new IllegalArgumentException(Place.quote(host) + " is not an IPv6 address");
            }
        } else if (colon >= 0) {
            if (text.indexOf(':') != colon) {
                throw new IllegalArgumentException(
                    isLiteral(text)
                        ? "an IPv6 address stands in brackets: [" + text + "]:" + defaultPort
                        : notAnAddress(text)
                );
            }
            host = text.substring(0, colon);
            port = text.substring(colon + 1);
        }
        if (port.isEmpty() && text.endsWith(":")) {
            throw new IllegalArgumentException("the port is missing behind the colon of " + Place.quote(text));
        }
        requireHost(host, text);
        return new HostAndPort(host, port.isEmpty() ? defaultPort : port(port));
    }

    private static void requireHost(String host, String text) {
        if (host.matches("\\d+")) {
            throw new IllegalArgumentException(
                Place.quote(text) + " names no host; write one before the port, such as 127.0.0.1:" + host
            );
        }
        boolean numeric = host.matches("[0-9.]+");
        if (host.isEmpty() || (numeric && !isLiteral(host)) || (host.indexOf(':') < 0 && !isName(host))) {
            throw new IllegalArgumentException(notAnAddress(text));
        }
    }

    private static int port(String digits) {
        int port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : -1;
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException(Place.quote(digits) + " is not a port; ports go from 1 to 65535");
        }
        return port;
    }

    private static String notAnAddress(String text) {
        return Place.quote(text) + " is not an address; write host:port, such as 10.0.0.7:25565";
    }

    static boolean isName(String host) {
        return host.length() <= 253 && host.matches(NAME);
    }

    /** Whether it is an IPv4 address of four numbers or an IPv6 address. No name is ever looked up. */
    static boolean isLiteral(String host) {
        if (host.indexOf(':') < 0 && !host.matches("\\d+\\.\\d+\\.\\d+\\.\\d+")) {
            return false; // what is read as IPv4 otherwise, such as 10.1 for 10.0.0.1, is nearly always a slip
        }
        try {
            return InetAddress.ofLiteral(host).getAddress().length > 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** Whether only programs on this machine reach what listens there. */
    static boolean isLoopback(String host) {
        return host.equals("localhost") || (isLiteral(host) && InetAddress.ofLiteral(host).isLoopbackAddress());
    }
}
