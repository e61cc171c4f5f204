package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.InstanceSpec;
import io.nightporter.orchestrator.driver.NodeUnreachableException;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.WakeRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether a player may wake a server, by its {@link WakeRules}. Its owners always may. The server's own whitelist is read
 * anew each time, so that whoever was put on it a moment ago may come; all who ask meanwhile get what is being read. Part of
 * an actor.
 */
final class Admission {

    /** Where servers keep it, from the folder of their data. */
    static final String WHITELIST = "whitelist.json";

    /** A list of ten thousand players is a tenth of that. */
    private static final int LONGEST_LIST = 8 << 20;

    private static final Logger log = LoggerFactory.getLogger(Admission.class);

    /** What came of it. */
    enum Verdict {
        YES,
        NO,
        /** The node cannot be reached, so the list cannot be read. */
        UNKNOWN,
    }

    private record Waiting(Cause player, Consumer<Verdict> told) {}

    private final ServerActor actor;
    private final List<Waiting> waiting = new ArrayList<>();
    private String complaint = "";

    Admission(ServerActor actor) {
        this.actor = actor;
    }

    /** @param told in the actor, now or a little later */
    void ask(Cause cause, Consumer<Verdict> told) {
        List<String> owners = actor.definition().owners();
        boolean free = cause.kind() != Cause.Kind.PLAYER || is(owners, cause);
        switch (actor.definition().wake().who()) {
            case WakeRules.Everyone _ -> told.accept(Verdict.YES);
            case WakeRules.Owners _ -> told.accept(verdict(free));
            case WakeRules.Only(List<String> players) -> told.accept(verdict(free || is(players, cause)));
            case WakeRules.Whitelist _ -> {
                if (free) {
                    told.accept(Verdict.YES);
                } else {
                    waiting.add(new Waiting(cause, told));
                    read();
                }
            }
        }
    }

    private static Verdict verdict(boolean allowed) {
        return allowed ? Verdict.YES : Verdict.NO;
    }

    private static boolean is(Collection<String> players, Cause player) {
        return players
            .stream()
            .map(Admission::plain)
            .anyMatch(one -> one.equals(plain(player.who())) || one.equals(plain(player.name())));
    }

    /** Names are the same in any case, and UUIDs with and without their dashes. */
    private static String plain(@Nullable String nameOrId) {
        String text = nameOrId == null ? "?" : nameOrId.strip().toLowerCase(Locale.ROOT);
        return text.length() == 36 ? text.replace("-", "") : text;
    }

    private void read() {
        if (waiting.size() > 1) {
            return;
        }
        NodeLink link = actor.sight().link();
        String node = actor.sight().node();
        if (link == null) {
            // Where it has no place yet, it has no list either.
            told(Set.of(), node == null ? Verdict.NO : Verdict.UNKNOWN);
            return;
        }
        InstanceSpec spec = Specs.of(actor);
        actor
            .around()
            .time()
            .run(() -> {
                Set<String> listed = Set.of();
                Verdict otherwise = Verdict.NO;
                String wrong = "";
                try {
                    byte[] file = link.driver().read(spec, WHITELIST, LONGEST_LIST);
                    listed = file == null ? Set.of() : players(file);
                } catch (NodeUnreachableException _) {
                    otherwise = Verdict.UNKNOWN;
                } catch (DriverException | JacksonException e) {
                    wrong = e instanceof JacksonException ? "it is not JSON as servers write it" : e.getMessage();
                }
                Set<String> players = listed;
                Verdict others = otherwise;
                String trouble = wrong;
                actor.post(() -> {
                    complain(trouble);
                    told(players, others);
                });
            });
    }

    /** Once for as long as it is the same. */
    private void complain(@Nullable String trouble) {
        String said = String.valueOf(trouble);
        if (!said.equals(complaint) && !said.isEmpty()) {
            log.warn("whitelist not usable, only owners wake the server server={} reason=\"{}\"", actor.name(), said);
        }
        complaint = said;
    }

    private void told(Set<String> listed, Verdict otherwise) {
        List<Waiting> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(one -> one.told.accept(is(listed, one.player) ? Verdict.YES : otherwise));
    }

    /** The names and UUIDs in a {@code whitelist.json}. */
    static Set<String> players(byte[] whitelist) {
        Set<String> players = new HashSet<>();
        JsonNode list = JsonMapper.shared().readTree(whitelist);
        for (JsonNode entry : list) {
            for (String key : List.of("uuid", "name")) {
                String text = entry.path(key).stringValue("");
                if (!text.isBlank()) {
                    players.add(text);
                }
            }
        }
        return players;
    }
}
