package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.model.AwakeWindow;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.SleepRules;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Explains in sentences why a server is awake or asleep, and what would change that. */
public final class Why {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssxxx", Locale.ROOT);

    private final ServerView server;
    private final Instant now;
    private final ZoneId zone;
    private final List<String> sentences = new ArrayList<>();

    private Why(ServerView server, Instant now, ZoneId zone) {
        this.server = server;
        this.now = now;
        this.zone = zone;
    }

    /** @param zone in which awake windows are meant */
    public static List<String> of(ServerView server, Instant now, ZoneId zone) {
        var why = new Why(server, now, zone);
        why.explain();
        return List.copyOf(why.sentences);
    }

    private void explain() {
        String name = server.name();
        sentences.add(name + " is " + words(server.phase()) + " since " + when(server.state().since()) + ".");
        if (!server.reachable()) {
            sentences.add("Its node " + server.node() + " cannot be reached: until it can, nothing changes.");
        }
        switch (server.phase()) {
            case ASLEEP, PAUSED -> asleep();
            case FAILED -> {
                sentences.add(
                    "It did not start " + server.state().failedStarts() + " times: " + server.state().failure()
                );
                sentences.add(
                    "An order to start tries again at once; a player may try once, five minutes after it failed."
                );
            }
            case STARTING -> {
                Duration left = server.readyIn(now);
                sentences.add(
                    left == null
                        ? "Nobody knows how long it will take: no start took that long before."
                        : "It will take about " + words(left) + ", judged by its last starts."
                );
            }
            case AWAKE -> awake();
            case STOPPING -> sentences.add("It is woken again if somebody comes.");
            case MOVING -> sentences.add("It is being moved to another node.");
        }
    }

    private void asleep() {
        if (server.state().stoppedBy() != null) {
            sentences.add(server.state().stoppedBy() + " stopped it; its plan and its awake windows do not start it.");
        } else {
            for (AwakeWindow window : server.definition().sleep().awake()) {
                sentences.add(
                    "It wakes at " + when(window.nextEdge(now, zone)) + " for its awake window " + words(window) + "."
                );
            }
        }
        sentences.add("A player who joins it, or an order, wakes it.");
    }

    private void awake() {
        ServerDefinition definition = server.definition();
        boolean kept = false;
        if (!definition.plan().payPerUse()) {
            sentences.add("It is always awake by its plan: payPerUse is off.");
            kept = true;
        }
        if (server.state().pinnedBy() != null) {
            sentences.add(server.state().pinnedBy() + " pinned it; it stays awake until it is unpinned.");
            kept = true;
        }
        for (AwakeWindow window : definition.sleep().awake()) {
            if (window.contains(now, zone)) {
                sentences.add(
                    "Its awake window " + words(window) + " lasts until " + when(window.nextEdge(now, zone)) + "."
                );
                kept = true;
            }
        }
        Integer players = server.players();
        if (players != null && players > 0) {
            sentences.add(players == 1 ? "One player is on it." : players + " players are on it.");
        } else if (!kept) {
            sleepy(definition.sleep());
        }
    }

    private void sleepy(SleepRules rules) {
        Instant idle = server.idleSince() == null ? now : server.idleSince();
        Instant due = idle.plus(rules.idleAfter());
        Instant earliest = server.state().since().plus(rules.minimumUptime());
        sentences.add("Nobody has played on it since " + when(idle) + ".");
        sentences.add(
            "If that stays so, and no awake server needs it, it is " +
                (rules.pauseAfter() == null ? "stopped" : "paused") +
                " at " +
                when(due.isAfter(earliest) ? due : earliest) +
                "."
        );
    }

    private static String words(AwakeWindow window) {
        return window.from() + "–" + window.to();
    }

    /** As clocks show it where Nightporter runs, and how far away that is, for those who are elsewhere. */
    private String when(Instant time) {
        Duration away = Duration.between(now, time);
        return (
            CLOCK.format(time.atZone(zone)) +
            (away.isNegative() || away.isZero() ? " (" + words(away.negated()) + " ago)" : " (in " + words(away) + ")")
        );
    }

    private static String words(Duration duration) {
        if (duration.toSeconds() < 120) {
            return duration.toSeconds() + " s";
        }
        if (duration.toMinutes() < 120) {
            return duration.toMinutes() + " minutes";
        }
        return duration.toHours() < 48 ? duration.toHours() + " hours" : duration.toDays() + " days";
    }

    static String words(Phase phase) {
        return switch (phase) {
            case ASLEEP -> "asleep";
            case PAUSED -> "paused";
            case STARTING -> "starting";
            case AWAKE -> "awake";
            case STOPPING -> "stopping";
            case MOVING -> "moving";
            case FAILED -> "left alone after it failed";
        };
    }
}
