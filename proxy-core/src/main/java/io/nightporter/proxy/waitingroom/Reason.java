package io.nightporter.proxy.waitingroom;

import io.nightporter.proxy.config.KickRules;
import io.nightporter.proxy.text.WaitingWords;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why somebody waits for a server. */
public enum Reason {
    /** It could not be reached. */
    DOWN,
    /** It said that it is not ready yet, or hung up before the game began. */
    STARTING,
    /** The connection broke during the game. */
    LOST,
    /** It is connected and says nothing. */
    STALLED,
    /** It said that it stops or restarts. */
    RESTARTING,
    /** It has no room. */
    FULL;

    /** What a goodbye of a server tells of the server. */
    public static Reason of(KickRules.Verdict verdict) {
        return switch (verdict) {
            case STARTING -> STARTING;
            case RESTARTING -> RESTARTING;
            case FULL -> FULL;
            case LOST, KICK -> LOST;
        };
    }

    /** For logs and metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What is said to those who wait for it.
     *
     * @param left until the server is expected; null: nobody knows
     * @param position in the queue of those who may go in, from 1; 0 when there is none
     */
    public WaitingWords words(String server, @Nullable Duration left, int position) {
        if (this == FULL) {
            return position > 0 ? WaitingWords.queued(server, position) : WaitingWords.full(server);
        }
        if (left != null && !left.isNegative() && !left.isZero() && this != STALLED) {
            return WaitingWords.starting(server, left.toSeconds() + 1);
        }
        return switch (this) {
            case DOWN -> WaitingWords.down(server);
            case STARTING -> WaitingWords.starting(server);
            case LOST -> WaitingWords.lost(server);
            case STALLED -> WaitingWords.stalled(server);
            case RESTARTING -> WaitingWords.restarting(server);
            case FULL -> WaitingWords.full(server);
        };
    }
}
