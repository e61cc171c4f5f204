package io.nightporter.proxy.session;

import io.nightporter.proxy.config.KickRules;
import io.nightporter.proxy.waitingroom.Reason;

/** What a goodbye of a server tells of the server. */
final class Reasons {

    private Reasons() {}

    static Reason of(KickRules.Verdict verdict) {
        return switch (verdict) {
            case STARTING -> Reason.STARTING;
            case RESTARTING -> Reason.RESTARTING;
            case FULL -> Reason.FULL;
            case LOST, KICK -> Reason.LOST;
        };
    }
}
