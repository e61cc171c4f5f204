package io.nightporter.proxy.text;

import io.nightporter.protocol.text.Text;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;

/** What players are told when something ends. Each message says what happened and, where there is one, the way out. */
public final class Messages {

    private Messages() {}

    public static Text unknownHost(String host) {
        return problem("There is no server at \"" + host + "\".", "Check the address for a typing error.");
    }

    public static Text wrongVersion(String server, String welcome) {
        return problem("Your game version does not fit " + server + ".", "It takes Minecraft " + welcome + ".");
    }

    public static Text badName() {
        return problem("This player name is not allowed.", "Names have 1 to 16 letters, digits or underscores.");
    }

    public static Text transfersNotAccepted() {
        return translated(
            "multiplayer.disconnect.transfers_disabled",
            "This server does not accept transfers. Join it from your server list."
        );
    }

    public static Text notAuthenticated() {
        return problem(
            "Minecraft's servers do not know this login.",
            "Restart the game and its launcher to log in again, then come back."
        );
    }

    public static Text sessionServerUnavailable() {
        return problem(
            "Minecraft's authentication servers do not answer at the moment.",
            "That is not your fault. Please try again in a minute."
        );
    }

    public static Text garbled() {
        return problem("Your game sent something that is not understood.", "Please restart the game and try again.");
    }

    public static Text tooManyPackets() {
        return problem("Your game sends too many packets.", "If a mod does that, please turn it off.");
    }

    public static Text badProfileKey() {
        return translated(
            "multiplayer.disconnect.invalid_public_key_signature",
            "Your profile key is not valid. Restart the game and try again."
        );
    }

    public static Text loggedInElsewhere() {
        return translated("multiplayer.disconnect.duplicate_login", "You logged in from another location.");
    }

    public static Text alreadyOnline() {
        return problem("You are already playing here.", "Leave with the other client first.");
    }

    public static Text tooManyLogins(long seconds) {
        return problem(
            "Too many players are logging in from your network.",
            seconds == 1 ? "Please try again in a second." : "Please try again in " + seconds + " seconds."
        );
    }

    public static Text loginsBusy() {
        return problem("Very many players are logging in right now.", "Please try again in a few seconds.");
    }

    public static Text loginTookTooLong() {
        return problem("The login took too long.", "Please try again.");
    }

    public static Text unreachable(String server) {
        return problem(server + " cannot be reached at the moment.", "Please try again in a minute.");
    }

    public static Text refused(String server) {
        return problem(server + " is not running at the moment.", "Please try again in a minute.");
    }

    public static Text timedOut(String server) {
        return problem(server + " does not answer.", "Please try again in a minute.");
    }

    public static Text hungUp(String server) {
        return problem(server + " hung up before you were in the game.", "It may be restarting. Please try again.");
    }

    public static Text nonsense(String server) {
        return problem(server + " answered in a way nobody understands.", "Please tell its owner.");
    }

    public static Text backendInOnlineMode(String server) {
        return problem(
            server + " is not set up for this proxy.",
            "Its owner has to set online-mode=false there, since the proxy authenticates players."
        );
    }

    public static Text backendNeverAskedForForwarding(String server) {
        return problem(
            server + " is not set up for this proxy.",
            "Its owner has to switch on modern (Velocity) forwarding there."
        );
    }

    public static Text forwardingNeedsNewerClient(String server) {
        return problem(server + " needs Minecraft 1.13 or newer.", "Please join with a newer version.");
    }

    public static Text serverClosed(String server) {
        return problem("The connection to " + server + " was lost.", "Please join again.");
    }

    public static Text proxyStopping() {
        return problem("The proxy is restarting.", "Please join again in a minute.");
    }

    public static Text proxyFault() {
        return problem("Something went wrong inside the proxy.", "Its operator finds the reason in the log.");
    }

    /** The client's own words for it, in its language; English for clients that do not know the key. */
    private static Text translated(String key, String fallback) {
        return Text.of(Component.translatable(key, fallback));
    }

    private static Text problem(String what, String wayOut) {
        return Text.of(
            Component.text(what, NamedTextColor.RED).appendNewline().append(Component.text(wayOut, NamedTextColor.GRAY))
        );
    }
}
