package io.nightporter.proxy.config;

import io.nightporter.protocol.text.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.ComponentIteratorFlag;
import net.kyori.adventure.text.ComponentIteratorType;
import net.kyori.adventure.text.TextComponent;
import net.kyori.adventure.text.TranslatableComponent;

/**
 * What a server's goodbye means: that the player shall go, or that the server will be back and the player waits.
 *
 * <p>A rule is the key of a translation ({@code multiplayer.disconnect.server_shutdown}), or words that occur in the
 * goodbye, whatever their case and style; {@code *} is every goodbye. The first level that says anything decides, and
 * within a level to go comes before to wait. The rules that are built in come last; what they don't know is a reason
 * to go, because a goodbye that somebody wrote is for the player to read.
 *
 * @param levels first the server's own rules, then those for all servers
 */
public record KickRules(List<Level> levels) {
    /** The rules of one block of the configuration. */
    public record Level(List<String> kicks, List<String> waits) {}

    /** What becomes of the player, and how the server is. */
    public enum Verdict {
        /** The goodbye is for the player, who hears it and goes. */
        KICK,
        /** The server is not ready yet. */
        STARTING,
        /** The server stops, most likely to come back. */
        RESTARTING,
        /** There is no room. */
        FULL,
        /** Something went wrong between the server and whoever it talks to, or a rule of the configuration says so. */
        LOST;

        public boolean waits() {
            return this != KICK;
        }
    }

    /** Nothing but what is built in. */
    public static final KickRules BUILT_IN = new KickRules(List.of());

    /**
     * Moderation, and what only the player can do something about. Vanilla's keys end in {@code .reason} where the
     * words of a moderator follow, and plugins write sentences; these would otherwise decide by what they mention.
     */
    static final List<String> KICKS = List.of(
        "multiplayer.disconnect.banned",
        "multiplayer.disconnect.banned.reason",
        "multiplayer.disconnect.banned_ip.reason",
        "multiplayer.disconnect.ip_banned",
        "multiplayer.disconnect.kicked",
        "multiplayer.disconnect.not_whitelisted",
        "multiplayer.disconnect.idling",
        "multiplayer.disconnect.duplicate_login",
        "multiplayer.disconnect.outdated_client",
        "multiplayer.disconnect.outdated_server",
        "multiplayer.disconnect.incompatible",
        "banned",
        "whitelist",
        "white-list",
        "idle for too long",
        "afk",
        "kicked by an operator",
        "another location",
        "outdated client",
        "outdated server"
    );

    /** What servers and proxies say of themselves; in the comments, who says it. */
    static final Map<Verdict, List<String>> WAITS = new TreeMap<>(
        Map.of(
            Verdict.STARTING,
            List.of(
                "still starting", // Forge, NeoForge, Spigot
                "startet noch"
            ),
            Verdict.RESTARTING,
            List.of(
                "multiplayer.disconnect.server_shutdown", // vanilla since 1.12, Paper, Fabric
                "velocity.kick.shutdown",
                "server closed", // vanilla before, Bukkit's shutdown-message
                "shutting down", // Minestom, Velocity
                "restarting", // Spigot's restart message, BungeeCord, most plugins
                "server restart",
                "neustart",
                "startet neu",
                "neu gestartet"
            ),
            Verdict.FULL,
            List.of(
                "multiplayer.disconnect.server_full",
                "server is full" // vanilla before 1.12, Bukkit, BungeeCord
            ),
            Verdict.LOST,
            List.of(
                "disconnect.timeout",
                "timed out", // vanilla before 1.12, and proxies that quote it
                "lost connection to server", // BungeeCord
                "could not connect to default or fallback server", // BungeeCord
                "could not connect to a default or fallback server",
                "no available servers", // Velocity
                "encountered a problem", // Velocity
                "unable to connect you to" // Velocity
            )
        )
    );

    /** All that Minestom says to who did not answer. Among other words it means what moderators mean. */
    private static final String SILENCE = "timeout";

    private static final Pattern KEY = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)+");
    private static final Pattern LEGACY_STYLE = Pattern.compile("§.");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final String EVERYTHING = "*";

    /** These rules behind a server's own ones. */
    public KickRules behind(Level own) {
        return new KickRules(Stream.concat(Stream.of(own), levels.stream()).toList());
    }

    /** What a goodbye that came from a server means. */
    public Verdict verdict(Text goodbye) {
        Said said = Said.of(goodbye.component());
        for (Level level : levels) {
            if (said.fitsAny(level.kicks())) {
                return Verdict.KICK;
            }
            if (said.fitsAny(level.waits())) {
                Verdict known = builtIn(said);
                return known.waits() ? known : Verdict.LOST;
            }
        }
        return said.fitsAny(KICKS) ? Verdict.KICK : builtIn(said);
    }

    private static Verdict builtIn(Said said) {
        for (Verdict verdict : Verdict.values()) {
            if (said.fitsAny(WAITS.getOrDefault(verdict, List.of()))) {
                return verdict;
            }
        }
        return said.words().equals(SILENCE) ? Verdict.LOST : Verdict.KICK;
    }

    /**
     * @param keys of translations
     * @param words in lower case and without style, on one line; what the client would translate has none
     */
    private record Said(Set<String> keys, String words) {
        static Said of(Component goodbye) {
            Set<String> keys = new HashSet<>();
            var words = new StringBuilder();
            for (Component part : goodbye.iterable(
                ComponentIteratorType.DEPTH_FIRST,
                ComponentIteratorFlag.INCLUDE_TRANSLATABLE_COMPONENT_ARGUMENTS
            )) {
                if (part instanceof TextComponent text) {
                    words.append(text.content());
                } else if (part instanceof TranslatableComponent translatable) {
                    keys.add(translatable.key());
                    String fallback = translatable.fallback();
                    words.append(fallback == null ? "" : fallback);
                }
            }
            return new Said(keys, plain(words.toString()));
        }

        boolean fitsAny(List<String> rules) {
            return rules.stream().anyMatch(this::fits);
        }

        private boolean fits(String rule) {
            return (
                rule.equals(EVERYTHING) ||
                (KEY.matcher(rule).matches() && keys.contains(rule)) ||
                words.contains(plain(rule))
            );
        }

        private static String plain(String words) {
            String unstyled = LEGACY_STYLE.matcher(words).replaceAll("");
            return SPACE.matcher(unstyled).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
        }
    }
}
