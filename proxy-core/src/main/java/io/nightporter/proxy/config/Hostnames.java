package io.nightporter.proxy.config;

import java.net.IDN;
import java.util.Locale;

/** The hostnames that lead to a server. */
final class Hostnames {

    private Hostnames() {}

    /**
     * The form in which hostnames are compared: lower case, without a final dot, in the ASCII form that clients send.
     *
     * @param text a hostname, {@code *.suffix} or {@code *}
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static String normalize(String text) {
        if (text.equals("*") || Addresses.isLiteral(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        boolean wildcard = text.startsWith("*.");
        String name = wildcard ? text.substring(2) : text;
        if (name.indexOf('*') >= 0) {
            throw new IllegalArgumentException(
                Place.quote(text) + ": * stands alone or at the beginning, as in \"*.example.org\""
            );
        }
        if (name.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                Place.quote(text) + " is not a hostname; it has no port, because the port players use is proxy.listen's"
            );
        }
        String ascii = ascii(name);
        if (!Addresses.isName(ascii)) {
            throw new IllegalArgumentException(
                Place.quote(text) + " is not a hostname; write one such as play.example.org, \"*.example.org\" or \"*\""
            );
        }
        String full = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        return (wildcard ? "*." : "") + full.toLowerCase(Locale.ROOT);
    }

    private static String ascii(String name) {
        try {
            return IDN.toASCII(name);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
