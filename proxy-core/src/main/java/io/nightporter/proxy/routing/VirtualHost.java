package io.nightporter.proxy.routing;

import java.net.IDN;
import java.util.Locale;

/**
 * The hostname that a client typed, as it stands in its handshake, taken apart.
 *
 * @param name lower case, printable ASCII, at most {@value #MAX_NAME} characters, without brackets, trailing dot and
 *     whatever somebody appended; empty when the client named no host
 * @param marker what a Forge client appended to say that it is one, with its NUL characters, to be appended again
 *     toward the server; empty for any other client
 * @param suffix everything from the first NUL or {@code ///} on, as it came. It may claim an identity as BungeeCord
 *     does, and anybody can write it: good for logging, never to be believed or passed on
 */
public record VirtualHost(String name, String marker, String suffix) {
    /** The longest name that DNS allows has 253 characters. */
    public static final int MAX_NAME = 255;

    /** TCPShield appends {@code ///address///time///signature}. */
    private static final String SHIELD = "///";

    /** Takes apart what stands in a handshake; every string gives a result. */
    public static VirtualHost parse(String handshakeAddress) {
        int end = handshakeAddress.indexOf('\0');
        int shield = handshakeAddress.indexOf(SHIELD);
        if (end < 0 || (shield >= 0 && shield < end)) {
            end = shield;
        }
        if (end < 0) {
            return new VirtualHost(clean(handshakeAddress), "", "");
        }
        String suffix = handshakeAddress.substring(end);
        return new VirtualHost(clean(handshakeAddress.substring(0, end)), forgeMarker(suffix), suffix);
    }

    /**
     * Forge for 1.7 … 1.12 appends {@code FML}, for 1.13 … 1.17 {@code FML2}, for 1.18 … 1.20.1 {@code FML3}, each
     * between two NULs; since 1.20.2 it is one NUL, {@code FORGE} and its network version if that is not 0.
     */
    private static String forgeMarker(String suffix) {
        for (int nul = suffix.indexOf('\0'); nul >= 0; ) {
            int next = suffix.indexOf('\0', nul + 1);
            String part = suffix.substring(nul + 1, next < 0 ? suffix.length() : next);
            if (numbered(part, "FML") || numbered(part, "FORGE")) {
                return suffix.substring(nul, next < 0 ? suffix.length() : next + 1);
            }
            nul = next;
        }
        return "";
    }

    private static boolean numbered(String part, String word) {
        return (
            part.startsWith(word) &&
            part.length() <= word.length() + 9 &&
            part
                .chars()
                .skip(word.length())
                .allMatch(c -> c >= '0' && c <= '9')
        );
    }

    /** The form in which names are compared: also for the hosts of the configuration. */
    static String clean(String raw) {
        String name = cut(raw);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        return cut(printable(name)).toLowerCase(Locale.ROOT);
    }

    private static String cut(String name) {
        return name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
    }

    /** Names from abroad as DNS writes them, as clients do; what then is not printable ASCII becomes '?'. */
    private static String printable(String name) {
        boolean plain = true;
        boolean ascii = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            plain &= c > ' ' && c < 0x7F;
            ascii &= c < 0x80;
        }
        if (plain) {
            return name;
        }
        if (!ascii) {
            try {
                return printable(IDN.toASCII(name));
            } catch (IllegalArgumentException _) {
                // not a name that DNS can have
            }
        }
        var cleaned = new StringBuilder(name);
        for (int i = 0; i < cleaned.length(); i++) {
            if (cleaned.charAt(i) <= ' ' || cleaned.charAt(i) >= 0x7F) {
                cleaned.setCharAt(i, '?');
            }
        }
        return cleaned.toString();
    }
}
