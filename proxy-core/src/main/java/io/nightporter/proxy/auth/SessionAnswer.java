package io.nightporter.proxy.auth;

/** What the session server says about somebody who wants to join. */
public sealed interface SessionAnswer {
    /** The player is who they say they are; name and id are the session server's, not the client's. */
    record Authenticated(GameProfile profile) implements SessionAnswer {}

    /** The session server does not know that this player is joining this server. */
    record NotJoined() implements SessionAnswer {}

    /**
     * Nobody can say: the session server gave no answer that can be used.
     *
     * @param reason a short constant for log and metric: {@code busy}, {@code timeout}, {@code unreachable},
     *     {@code status_} and the number, {@code answer_too_large} or {@code answer_invalid}
     */
    record Unavailable(String reason) implements SessionAnswer {}
}
