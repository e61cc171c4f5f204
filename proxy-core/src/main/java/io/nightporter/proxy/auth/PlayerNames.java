package io.nightporter.proxy.auth;

/** Which names players may have; everything else is refused before it reaches a log, a server or the session server. */
public final class PlayerNames {

    /** The longest name that clients and servers can handle, in characters. */
    public static final int MAX_LENGTH = 16;

    private PlayerNames() {}

    /** In online mode: letters and digits of ASCII and the underscore, the names that an account can have. */
    public static boolean validOnline(String name) {
        return rightLength(name) && name.chars().allMatch(PlayerNames::accountCharacter);
    }

    /** In offline mode: every visible character of ASCII, as vanilla servers accept it; no spaces. */
    public static boolean validOffline(String name) {
        return rightLength(name) && name.chars().allMatch(c -> c > 0x20 && c < 0x7F);
    }

    private static boolean rightLength(String name) {
        return !name.isEmpty() && name.length() <= MAX_LENGTH;
    }

    private static boolean accountCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}
