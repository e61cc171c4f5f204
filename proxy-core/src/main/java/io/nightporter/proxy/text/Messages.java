package io.nightporter.proxy.text;

import io.nightporter.protocol.text.Text;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What players are told. Each message says what happened and, where there is one, the way out. */
public final class Messages {

    private Messages() {}

    public static Message unknownHost(String host) {
        return new Message(Phrase.UNKNOWN_HOST, Map.of(Placeholder.HOST, plain(host)));
    }

    public static Message wrongVersion(String server, String welcome) {
        return new Message(
            Phrase.WRONG_VERSION,
            Map.of(Placeholder.SERVER, plain(server), Placeholder.VERSIONS, plain(welcome))
        );
    }

    public static Message badName() {
        return new Message(Phrase.BAD_NAME, Map.of());
    }

    public static Message transfersNotAccepted() {
        return new Message(Phrase.TRANSFERS_NOT_ACCEPTED, Map.of());
    }

    public static Message notAuthenticated() {
        return new Message(Phrase.NOT_AUTHENTICATED, Map.of());
    }

    public static Message sessionServerUnavailable() {
        return new Message(Phrase.SESSION_SERVER_UNAVAILABLE, Map.of());
    }

    public static Message garbled() {
        return new Message(Phrase.GARBLED, Map.of());
    }

    public static Message tooManyPackets() {
        return new Message(Phrase.TOO_MANY_PACKETS, Map.of());
    }

    public static Message badProfileKey() {
        return new Message(Phrase.BAD_PROFILE_KEY, Map.of());
    }

    public static Message loggedInElsewhere() {
        return new Message(Phrase.LOGGED_IN_ELSEWHERE, Map.of());
    }

    public static Message alreadyOnline() {
        return new Message(Phrase.ALREADY_ONLINE, Map.of());
    }

    public static Message tooManyLogins(long seconds) {
        return new Message(Phrase.TOO_MANY_LOGINS, Map.of(Placeholder.SECONDS, new Count(seconds)));
    }

    public static Message loginsBusy() {
        return new Message(Phrase.LOGINS_BUSY, Map.of());
    }

    public static Message loginTookTooLong() {
        return new Message(Phrase.LOGIN_TOOK_TOO_LONG, Map.of());
    }

    public static Message unreachable(String server) {
        return about(server, Phrase.UNREACHABLE);
    }

    public static Message refused(String server) {
        return about(server, Phrase.REFUSED);
    }

    public static Message timedOut(String server) {
        return about(server, Phrase.TIMED_OUT);
    }

    public static Message hungUp(String server) {
        return about(server, Phrase.HUNG_UP);
    }

    public static Message nonsense(String server) {
        return about(server, Phrase.NONSENSE);
    }

    public static Message backendInOnlineMode(String server) {
        return about(server, Phrase.BACKEND_IN_ONLINE_MODE);
    }

    public static Message backendNeverAskedForForwarding(String server) {
        return about(server, Phrase.NO_FORWARDING);
    }

    public static Message forwardingNeedsNewerClient(String server) {
        return about(server, Phrase.FORWARDING_NEEDS_NEWER_CLIENT);
    }

    public static Message serverClosed(String server) {
        return about(server, Phrase.SERVER_CLOSED);
    }

    public static Message proxyStopping() {
        return new Message(Phrase.PROXY_STOPPING, Map.of());
    }

    public static Message proxyFault() {
        return new Message(Phrase.PROXY_FAULT, Map.of());
    }

    /** The wait is over. */
    public static Message welcomeBack(String server) {
        return about(server, Phrase.WELCOME_BACK);
    }

    /** For those who cannot wait inside the proxy; the server will probably be there in so many seconds. */
    public static Message comeBackSoon(String server, long seconds) {
        return new Message(
            Phrase.COME_BACK_SOON,
            Map.of(Placeholder.SERVER, plain(server), Placeholder.SECONDS, new Count(seconds))
        );
    }

    /** For those who cannot wait inside the proxy, when nobody knows how long it takes. */
    public static Message comeBackLater(String server) {
        return about(server, Phrase.COME_BACK_LATER);
    }

    public static Message waitedTooLong(String server) {
        return about(server, Phrase.WAITED_TOO_LONG);
    }

    public static Message switching(String server) {
        return about(server, Phrase.SWITCHING);
    }

    /** @param reason another message, or the server's own words */
    public static Message switchFailed(String server, Words reason) {
        return new Message(Phrase.SWITCH_FAILED, Map.of(Placeholder.SERVER, plain(server), Placeholder.REASON, reason));
    }

    public static Message alreadyThere(String server) {
        return about(server, Phrase.ALREADY_THERE);
    }

    public static Message unknownServer(String server) {
        return about(server, Phrase.UNKNOWN_SERVER);
    }

    public static Message noAccess(String server) {
        return about(server, Phrase.NO_ACCESS);
    }

    public static Message noLobby() {
        return new Message(Phrase.NO_LOBBY, Map.of());
    }

    /** @param server the one that is not there any more */
    public static Message fellBackToLobby(String server, String lobby) {
        return new Message(
            Phrase.FELL_BACK_TO_LOBBY,
            Map.of(Placeholder.SERVER, plain(server), Placeholder.LOBBY, plain(lobby))
        );
    }

    /** The line above a list of servers, for a player on this server. */
    public static Message serverList(String server) {
        return about(server, Phrase.SERVER_LIST);
    }

    public static Message serverListEntry(String server, int players) {
        return entry(Phrase.SERVER_LIST_ENTRY, server, players);
    }

    /** The entry of the server that the player is on. */
    public static Message serverListCurrent(String server, int players) {
        return entry(Phrase.SERVER_LIST_CURRENT, server, players);
    }

    /** Shown when the pointer rests on an entry. */
    public static Message serverListHint(String server) {
        return about(server, Phrase.SERVER_LIST_HINT);
    }

    /** In the server list: the server cannot be reached. */
    public static Message listedOffline() {
        return new Message(Phrase.LISTED_OFFLINE, Map.of());
    }

    /** In the server list: the proxy has just started, and nobody knows yet how the server is. */
    public static Message listedNotKnownYet() {
        return new Message(Phrase.LISTED_NOT_KNOWN_YET, Map.of());
    }

    /** In the server list: whoever joins wakes the server. */
    public static Message listedSleeping() {
        return new Message(Phrase.LISTED_SLEEPING, Map.of());
    }

    /** @param seconds until it is there; null: nobody knows */
    public static Message listedStarting(@Nullable Long seconds) {
        return seconds == null
            ? new Message(Phrase.LISTED_STARTING, Map.of())
            : new Message(Phrase.LISTED_STARTING_SOON, Map.of(Placeholder.SECONDS, new Count(seconds)));
    }

    public static Message listedStopping() {
        return new Message(Phrase.LISTED_STOPPING, Map.of());
    }

    public static Message listedMoving() {
        return new Message(Phrase.LISTED_MOVING, Map.of());
    }

    public static Message listedFailed() {
        return new Message(Phrase.LISTED_FAILED, Map.of());
    }

    public static Message listedUnreachable() {
        return new Message(Phrase.LISTED_UNREACHABLE, Map.of());
    }

    /** Too many sleeping servers were woken by this account, or from this network. */
    public static Message wakeQuota(String server, long seconds) {
        return new Message(
            Phrase.WAKE_QUOTA,
            Map.of(Placeholder.SERVER, plain(server), Placeholder.SECONDS, new Count(seconds))
        );
    }

    /** The server sleeps, and this player may not wake it. */
    public static Message mayNotWake(String server) {
        return new Message(Phrase.MAY_NOT_WAKE, Map.of(Placeholder.SERVER, plain(server)));
    }

    /** There is no room for the server at this moment, or something else is in the way. */
    public static Message cannotBeWoken(String server) {
        return new Message(Phrase.CANNOT_BE_WOKEN, Map.of(Placeholder.SERVER, plain(server)));
    }

    /** The server did not start, several times, and is left alone for a while. */
    public static Message failedToStart(String server) {
        return new Message(Phrase.FAILED_TO_START, Map.of(Placeholder.SERVER, plain(server)));
    }

    /**
     * The player goes on where they are, and will be taken to the server when it is there.
     *
     * @param seconds until then; null: nobody knows
     */
    public static Message booked(String server, @Nullable Long seconds) {
        return seconds == null
            ? new Message(Phrase.BOOKED, Map.of(Placeholder.SERVER, plain(server)))
            : new Message(
                  Phrase.BOOKED_SOON,
                  Map.of(Placeholder.SERVER, plain(server), Placeholder.SECONDS, new Count(seconds))
              );
    }

    private static Message entry(Phrase phrase, String server, int players) {
        return new Message(phrase, Map.of(Placeholder.SERVER, plain(server), Placeholder.PLAYERS, new Count(players)));
    }

    private static Message about(String server, Phrase phrase) {
        return new Message(phrase, Map.of(Placeholder.SERVER, plain(server)));
    }

    private static Quote plain(String words) {
        return new Quote(Text.plain(words));
    }
}
