package io.nightporter.cli.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Where the admin API is, and what lets one in.
 *
 * @param base without a slash at its end
 * @param token null: there is none
 * @param origin where the token is from, or which places have none, for people
 */
public record Access(URI base, @Nullable String token, String origin) {
    public static final URI USUAL = URI.create("http://127.0.0.1:8080");

    /**
     * Reads an address as people type it.
     *
     * @throws IllegalArgumentException when it is none; the message says what one looks like
     */
    public static URI base(String typed) {
        String text = typed.strip();
        while (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        try {
            URI uri = URI.create(text.contains("://") ? text : "http://" + text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean plain = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            if (web && plain && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw new IllegalArgumentException("the address of Nightporter must look like " + USUAL);
    }

    /** Whether an address is this machine's own. */
    static boolean local(URI base) {
        String host = base.getHost();
        if (host == null) {
            return false;
        }
        // Only what needs no name server: a name that is looked up could be anybody's.
        if (host.equals("localhost")) {
            return true;
        }
        boolean literal = host.startsWith("[") || host.matches("[0-9.]+");
        try {
            return literal && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return base + " with a token from " + origin;
    }
}
