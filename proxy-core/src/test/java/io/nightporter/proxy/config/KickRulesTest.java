package io.nightporter.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.protocol.text.Text;
import io.nightporter.proxy.config.KickRules.Level;
import io.nightporter.proxy.config.KickRules.Verdict;
import java.util.List;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KickRulesTest {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
            "Server closed | RESTARTING",
            "Server is restarting | RESTARTING",
            "Server shutting down | RESTARTING",
            "[Proxy] Proxy restarting. | RESTARTING",
            "Der Server wird neu gestartet | RESTARTING",
            "§cSERVER §lCLOSED | RESTARTING",
            "Server is still starting! Please wait before reconnecting. | STARTING",
            "The server is full! | FULL",
            "Timed out | LOST",
            "Timeout | LOST",
            "You are in timeout for an hour | KICK",
            "[Proxy] Lost connection to server. | LOST",
            "Could not connect to default or fallback server, please try again later: refused | LOST",
            "There are no available servers to connect you to. Try again later or contact an admin. | LOST",
            "You are banned from this server until the server is restarting | KICK",
            "You are not whitelisted on this server! | KICK",
            "You have been idle for too long! | KICK",
            "Kicked by an operator | KICK",
            "You logged in from another location | KICK",
            "Outdated client! Please use 1.21 | KICK",
            "Cheating detected | KICK",
            "'' | KICK",
        }
    )
    void whatServersSayIsUnderstood(String goodbye, Verdict verdict) {
        assertThat(KickRules.BUILT_IN.verdict(Text.plain(goodbye))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "multiplayer.disconnect.server_shutdown, RESTARTING",
        "multiplayer.disconnect.server_full, FULL",
        "disconnect.timeout, LOST",
        "velocity.kick.shutdown, RESTARTING",
        "multiplayer.disconnect.banned, KICK",
        "multiplayer.disconnect.idling, KICK",
        "multiplayer.disconnect.flying, KICK",
        "multiplayer.disconnect.server_shutdown_party, KICK",
    })
    void whatTheClientWouldTranslateIsKnownByItsKey(String key, Verdict verdict) {
        assertThat(KickRules.BUILT_IN.verdict(Text.of(Component.translatable(key)))).isEqualTo(verdict);
        String json = "{\"text\":\"\",\"extra\":[{\"translate\":\"" + key + "\",\"color\":\"red\"}]}";
        assertThat(KickRules.BUILT_IN.verdict(Text.ofJson(json))).isEqualTo(verdict);
    }

    @Test
    void whatAModeratorWroteDoesNotMakeABanARestart() {
        Component ban = Component.translatable(
            "multiplayer.disconnect.banned.reason",
            Component.text("restarting the server again and again")
        );
        assertThat(KickRules.BUILT_IN.verdict(Text.of(ban))).isEqualTo(Verdict.KICK);
    }

    @Test
    void wordsAreFoundAcrossStylesAndLines() {
        Component goodbye = Component.text("The server ", NamedTextColor.RED)
            .append(Component.text("is", NamedTextColor.GOLD))
            .append(Component.newline())
            .append(Component.text("Full"));
        assertThat(KickRules.BUILT_IN.verdict(Text.of(goodbye))).isEqualTo(Verdict.FULL);
    }

    @Test
    void ownRulesGoBeforeTheBuiltInOnes() {
        KickRules rules = KickRules.BUILT_IN.behind(level(List.of("server closed"), List.of("banned for now")));
        assertThat(verdict(rules, "Server closed")).isEqualTo(Verdict.KICK);
        assertThat(verdict(rules, "You are banned for now")).isEqualTo(Verdict.LOST);
        assertThat(verdict(rules, "You are banned")).as("the others stay").isEqualTo(Verdict.KICK);
        assertThat(verdict(rules, "Server is restarting")).as("the others stay").isEqualTo(Verdict.RESTARTING);
    }

    @Test
    void aServersRulesGoBeforeThoseForAllServers() {
        KickRules rules = KickRules.BUILT_IN.behind(level(List.of("maintenance"), List.of("event"))).behind(
            level(List.of("event is over"), List.of("maintenance"))
        );
        assertThat(verdict(rules, "Maintenance"))
            .as("the server's wait, before everybody's kick")
            .isEqualTo(Verdict.LOST);
        assertThat(verdict(rules, "The event is over")).as("the server's kick").isEqualTo(Verdict.KICK);
        assertThat(verdict(rules, "The event begins")).as("everybody's wait").isEqualTo(Verdict.LOST);
    }

    @Test
    void withinOneLevelToGoComesBeforeToWait() {
        KickRules rules = KickRules.BUILT_IN.behind(level(List.of("update"), List.of("update")));
        assertThat(verdict(rules, "Update!")).isEqualTo(Verdict.KICK);
    }

    @Test
    void theAsteriskIsEveryGoodbyeAndTheReasonIsStillUnderstood() {
        KickRules rules = KickRules.BUILT_IN.behind(level(List.of("cheat"), List.of("*")));
        assertThat(verdict(rules, "Whatever")).isEqualTo(Verdict.LOST);
        assertThat(verdict(rules, "Server closed")).isEqualTo(Verdict.RESTARTING);
        assertThat(verdict(rules, "Cheating detected")).isEqualTo(Verdict.KICK);
    }

    @Test
    void anOwnRuleMayBeAKey() {
        KickRules rules = KickRules.BUILT_IN.behind(level(List.of(), List.of("multiplayer.disconnect.flying")));
        assertThat(rules.verdict(Text.of(Component.translatable("multiplayer.disconnect.flying")))).isEqualTo(
            Verdict.LOST
        );
    }

    @Test
    void onlyWhoIsKickedDoesNotWait() {
        for (Verdict verdict : Verdict.values()) {
            assertThat(verdict.waits()).isEqualTo(verdict != Verdict.KICK);
        }
    }

    private static Level level(List<String> kicks, List<String> waits) {
        return new Level(kicks, waits);
    }

    private static Verdict verdict(KickRules rules, String goodbye) {
        return rules.verdict(Text.plain(goodbye));
    }
}
