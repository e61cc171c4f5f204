package io.nightporter.proxy.text;

import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;

/** What players are told when something ends. Each message says what happened and, where there is one, the way out. */
public final class Messages {
    private Messages() {}

    public static Component unknownHost(String host) {
        return problem("There is no server at \"" + host + "\".", "Check the address for a typing error.");
    }

    public static Component wrongVersion(String server, String welcome) {
        return problem("Your game version does not fit " + server + ".", "It takes Minecraft " + welcome + ".");
    }

    public static Component badName() {
        return problem("This player name is not allowed.", "Names have 1 to 16 letters, digits or underscores.");
    }

    public static Component transfersNotAccepted() {
        return Component.translatable(
            "multiplayer.disconnect.transfers_disabled",
            "This server does not accept transfers. Join it from your server list."
        );
    }

    public static Component notAuthenticated() {
        return problem(
            "Minecraft's servers do not know this login.",
            "Restart the game and its launcher to log in again, then come back."
        );
    }

    public static Component sessionServerUnavailable() {
        return problem(
            "Minecraft's authentication servers do not answer at the moment.",
            "That is not your fault. Please try again in a minute."
        );
    }

    public static Component encryptionFailed() {
        return problem("The encrypted connection could not be set up.", "Please restart the game and try again.");
    }

    public static Component badProfileKey() {
        return Component.translatable(
            "multiplayer.disconnect.invalid_public_key_signature",
            "Your profile key is not valid. Restart the game and try again."
        );
    }

    public static Component loggedInElsewhere() {
        return Component.translatable(
            "multiplayer.disconnect.duplicate_login",
            "You logged in from another location."
        );
    }

    public static Component alreadyOnline() {
        return problem("You are already playing here.", "Leave with the other client first.");
    }

    public static Component loginTookTooLong() {
        return problem("The login took too long.", "Please try again.");
    }

    public static Component unreachable(String server) {
        return problem(server + " cannot be reached at the moment.", "Please try again in a minute.");
    }

    public static Component refused(String server) {
        return problem(server + " is not running at the moment.", "Please try again in a minute.");
    }

    public static Component timedOut(String server) {
        return problem(server + " does not answer.", "Please try again in a minute.");
    }

    public static Component nonsense(String server) {
        return problem(server + " answered in a way nobody understands.", "Please tell its owner.");
    }

    public static Component backendInOnlineMode(String server) {
        return problem(
            server + " is not set up for this proxy.",
            "Its owner has to set online-mode=false there, since the proxy authenticates players."
        );
    }

    public static Component backendNeverAskedForForwarding(String server) {
        return problem(
            server + " is not set up for this proxy.",
            "Its owner has to switch on modern (Velocity) forwarding there."
        );
    }

    public static Component forwardingNeedsNewerClient(String server) {
        return problem(server + " needs Minecraft 1.13 or newer.", "Please join with a newer version.");
    }

    public static Component serverClosed(String server) {
        return problem("The connection to " + server + " was lost.", "Please join again.");
    }

    public static Component proxyStopping() {
        return problem("The proxy is restarting.", "Please join again in a minute.");
    }

    public static Component proxyFault() {
        return problem("Something went wrong inside the proxy.", "Its operator finds the reason in the log.");
    }


    private static Component problem(String what, String wayOut) {
        return Component.text(what, NamedTextColor.RED).appendNewline().append(Component.text(wayOut, NamedTextColor.GRAY));
    }
}
