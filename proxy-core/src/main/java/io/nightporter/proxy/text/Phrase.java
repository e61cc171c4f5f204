package io.nightporter.proxy.text;

import static io.nightporter.proxy.text.Placeholder.HOST;
import static io.nightporter.proxy.text.Placeholder.LOBBY;
import static io.nightporter.proxy.text.Placeholder.PLAYERS;
import static io.nightporter.proxy.text.Placeholder.POSITION;
import static io.nightporter.proxy.text.Placeholder.REASON;
import static io.nightporter.proxy.text.Placeholder.SECONDS;
import static io.nightporter.proxy.text.Placeholder.SERVER;
import static io.nightporter.proxy.text.Placeholder.STATE;
import static io.nightporter.proxy.text.Placeholder.VERSIONS;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that players can be told; the words for it stand in a {@link Phrasebook}. */
public enum Phrase {
    // On the way in.
    UNKNOWN_HOST(HOST),
    WRONG_VERSION(SERVER, VERSIONS),
    BAD_NAME,
    TRANSFERS_NOT_ACCEPTED,
    NOT_AUTHENTICATED,
    SESSION_SERVER_UNAVAILABLE,
    BAD_PROFILE_KEY,
    ALREADY_ONLINE,
    TOO_MANY_LOGINS(SECONDS),
    LOGINS_BUSY,
    LOGIN_TOOK_TOO_LONG,

    // Why a server does not take somebody in.
    UNREACHABLE(SERVER),
    REFUSED(SERVER),
    TIMED_OUT(SERVER),
    HUNG_UP(SERVER),
    NONSENSE(SERVER),
    BACKEND_IN_ONLINE_MODE(SERVER),
    NO_FORWARDING(SERVER),
    FORWARDING_NEEDS_NEWER_CLIENT(SERVER),

    // What ends a game.
    LOGGED_IN_ELSEWHERE,
    GARBLED,
    TOO_MANY_PACKETS,
    SERVER_CLOSED(SERVER),
    PROXY_STOPPING,
    PROXY_FAULT,

    // The waiting room: what the server is doing …
    DOWN_TITLE(SERVER),
    DOWN_SUBTITLE(SERVER),
    DOWN_STATE(SERVER),
    STARTING_TITLE(SERVER),
    STARTING_SUBTITLE(SERVER),
    STARTING_STATE(SERVER),
    STARTING_SOON_TITLE(SERVER, SECONDS),
    STARTING_SOON_SUBTITLE(SERVER, SECONDS),
    STARTING_SOON_STATE(SERVER, SECONDS),
    LOST_TITLE(SERVER),
    LOST_SUBTITLE(SERVER),
    LOST_STATE(SERVER),
    STALLED_TITLE(SERVER),
    STALLED_SUBTITLE(SERVER),
    STALLED_STATE(SERVER),
    RESTARTING_TITLE(SERVER),
    RESTARTING_SUBTITLE(SERVER),
    RESTARTING_STATE(SERVER),
    FULL_TITLE(SERVER),
    FULL_SUBTITLE(SERVER),
    FULL_STATE(SERVER),
    QUEUED_TITLE(SERVER, POSITION),
    QUEUED_SUBTITLE(SERVER, POSITION),
    QUEUED_STATE(SERVER, POSITION),
    STOPPING_TITLE(SERVER),
    STOPPING_SUBTITLE(SERVER),
    STOPPING_STATE(SERVER),
    MOVING_TITLE(SERVER),
    MOVING_SUBTITLE(SERVER),
    MOVING_STATE(SERVER),
    FAILED_TITLE(SERVER),
    FAILED_SUBTITLE(SERVER),
    FAILED_STATE(SERVER),
    STOPPED_TITLE(SERVER),
    STOPPED_SUBTITLE(SERVER),
    STOPPED_STATE(SERVER),
    NODE_LOST_TITLE(SERVER),
    NODE_LOST_SUBTITLE(SERVER),
    NODE_LOST_STATE(SERVER),

    // … and where that is said.
    WAITING_ACTION_BAR(SERVER, STATE),
    WAITING_BOSS_BAR(SERVER, STATE),
    WAITING_CHAT(SERVER, STATE),
    WAITING_TAB_HEADER(SERVER, STATE),

    // The second line in the server list, of a server that is not there.
    LISTED_OFFLINE,
    LISTED_NOT_KNOWN_YET,
    LISTED_SLEEPING,
    LISTED_STARTING,
    LISTED_STARTING_SOON(SECONDS),
    LISTED_STOPPING,
    LISTED_MOVING,
    LISTED_FAILED,
    LISTED_UNREACHABLE,

    // Waking a server.
    WAKE_QUOTA(SERVER, SECONDS),
    MAY_NOT_WAKE(SERVER),
    CANNOT_BE_WOKEN(SERVER),
    FAILED_TO_START(SERVER),
    BOOKED(SERVER),
    BOOKED_SOON(SERVER, SECONDS),

    // The end of the wait.
    WELCOME_BACK(SERVER),
    COME_BACK_SOON(SERVER, SECONDS),
    COME_BACK_LATER(SERVER),
    WAITED_TOO_LONG(SERVER),

    // From server to server.
    SWITCHING(SERVER),
    SWITCH_FAILED(SERVER, REASON),
    ALREADY_THERE(SERVER),
    UNKNOWN_SERVER(SERVER),
    NO_ACCESS(SERVER),
    NO_LOBBY,
    FELL_BACK_TO_LOBBY(SERVER, LOBBY),
    SERVER_LIST(SERVER),
    SERVER_LIST_ENTRY(SERVER, PLAYERS),
    SERVER_LIST_CURRENT(SERVER, PLAYERS),
    SERVER_LIST_HINT(SERVER);

    private static final Map<String, Phrase> BY_KEY = Arrays.stream(values()).collect(
        Collectors.toUnmodifiableMap(Phrase::key, Function.identity())
    );

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable, and its elements are constants
    private final Set<Placeholder> placeholders;

    Phrase(Placeholder... placeholders) {
        this.placeholders = Collections.unmodifiableSet(new TreeSet<>(List.of(placeholders)));
    }

    /** The phrase that is called so in language files. */
    public static @Nullable Phrase ofKey(String key) {
        return BY_KEY.get(key);
    }

    /** How the phrase is called in language files: {@code unknownHost}. */
    public String key() {
        var key = new StringBuilder();
        for (String word : name().split("_")) {
            String lower = word.toLowerCase(Locale.ROOT);
            key.append(key.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
        }
        return key.toString();
    }

    /** What may, but need not, stand in the template. */
    public Set<Placeholder> placeholders() {
        return placeholders;
    }
}
