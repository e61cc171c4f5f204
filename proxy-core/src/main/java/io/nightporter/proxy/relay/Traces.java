package io.nightporter.proxy.relay;

import io.nightporter.protocol.packet.BossBar;
import io.nightporter.protocol.packet.BundleDelimiter;
import io.nightporter.protocol.packet.ClearTitles;
import io.nightporter.protocol.packet.LegacyTitle;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PlayerInfoLegacy;
import io.nightporter.protocol.packet.PlayerInfoRemove;
import io.nightporter.protocol.packet.PlayerInfoUpdate;
import io.nightporter.protocol.packet.ResourcePackPop;
import io.nightporter.protocol.packet.ResourcePackPush;
import io.nightporter.protocol.packet.ResourcePackStatus;
import io.nightporter.protocol.packet.ScoreboardObjective;
import io.nightporter.protocol.packet.TabListHeaderFooter;
import io.nightporter.protocol.packet.Team;
import io.nightporter.protocol.text.Text;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.wire.Wire;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a server has put on the player's screen and into the client's memory, and what the client does not forget by
 * itself when it is taken elsewhere.
 */
public final class Traces {

    private static final int FIRST_WITH_TITLES = 47;
    private static final int FIRST_WITH_CLEAR_TITLES = 755;
    private static final int FIRST_WITH_INFO_UPDATE = 761;
    private static final int FIRST_WITH_MANY_PACKS = 765;
    /**
     * From 1.20.2 to 1.21.1 a client that has to leave the game before it has told its chat session tells it in the
     * wrong state, and is lost (MC-272506).
     */
    private static final int FIRST_WITH_SESSION_TRAP = 764;
    private static final int LAST_WITH_SESSION_TRAP = 767;
    private static final Duration SESSION_PATIENCE = Duration.ofSeconds(3);
    /** Servers offer their packs when a player comes. */
    private static final Duration OFFERS = Duration.ofSeconds(5);
    /** Beyond this many of a kind nothing more is remembered: a server gone wild must not cost the proxy its memory. */
    private static final int MOST = 20_000;

    private final Set<UUID> bossBars = new HashSet<>(2);
    private final Set<UUID> listed = new HashSet<>(2);
    private final Set<String> listedNames = new HashSet<>(2);
    private final Set<String> objectives = new HashSet<>(2);
    private final Set<String> teams = new HashSet<>(2);
    /** What the server of the moment has offered, with hashes. */
    private final Map<UUID, String> packs = new HashMap<>(2);
    /** What servers before it have offered. */
    private final Map<UUID, String> inherited = new HashMap<>(2);
    private final Set<UUID> applied = new HashSet<>(2);
    private final HeldConfiguration configuration = new HeldConfiguration();
    private boolean headerOrFooter;
    private boolean bundleOpen;
    /** The server is still in the middle of a bundle that was ended for it. */
    private boolean bundleCut;
    private boolean inWorld;
    private boolean placed;
    private boolean chatSession;
    private long joinedAt;

    /** What the client holds of registries. */
    public HeldConfiguration configuration() {
        return configuration;
    }

    /** Whether the client has a world at all. */
    public boolean inWorld() {
        return inWorld;
    }

    /** Whether the client has been put somewhere in its world: before that it shows the loading screen. */
    public boolean placed() {
        return placed;
    }

    /** Whether the client must still be given time to tell its chat session before it is led out of the game. */
    public boolean chatSessionIsDue(Wire player) {
        int protocol = player.version().number();
        return (
            protocol >= FIRST_WITH_SESSION_TRAP &&
            protocol <= LAST_WITH_SESSION_TRAP &&
            player.encrypted() &&
            !chatSession &&
            System.nanoTime() - joinedAt < SESSION_PATIENCE.toNanos()
        );
    }

    /** The client enters a world. */
    public void joined() {
        inWorld = true;
        placed = false;
        bundleCut = false;
        chatSession = false;
        joinedAt = System.nanoTime();
    }

    /** The client has been put somewhere in its world. */
    public void put() {
        placed = true;
    }

    /** The client has told its chat session. */
    public void toldChatSession() {
        chatSession = true;
    }

    /** The client leaves the game for the state of configuration, and forgets nearly everything. */
    public void leftPlay() {
        inWorld = false;
        placed = false;
        bundleOpen = false;
        bundleCut = false;
        bossBars.clear();
        listed.clear();
        listedNames.clear();
        objectives.clear();
        teams.clear();
        headerOrFooter = false;
    }

    /** A bundle begins or ends. */
    void bundle() {
        bundleOpen = !bundleOpen;
    }

    /** The proxy itself has put somebody on the tab list. */
    public void saw(Packet info) {
        switch (info) {
            case PlayerInfoUpdate update -> saw(update);
            case PlayerInfoLegacy update -> saw(update);
            default -> throw new IllegalArgumentException("no word on the tab list: " + info.type().name());
        }
    }

    /** This was sent to the client. */
    public void saw(BossBar bar) {
        if (bar.change() instanceof BossBar.Remove) {
            bossBars.remove(bar.id());
        } else if (bossBars.size() < MOST) {
            bossBars.add(bar.id());
        }
    }

    void saw(PlayerInfoUpdate info) {
        for (PlayerInfoUpdate.Player player : info.added()) {
            if (listed.size() < MOST) {
                listed.add(player.id());
            }
        }
    }

    void saw(PlayerInfoRemove info) {
        info.players().forEach(listed::remove);
    }

    void saw(PlayerInfoLegacy info) {
        switch (info.change()) {
            case PlayerInfoLegacy.Named(String name, boolean online, int _) -> {
                if (!online) {
                    listedNames.remove(name);
                } else if (listedNames.size() < MOST) {
                    listedNames.add(name);
                }
            }
            case PlayerInfoLegacy.Add(var players) -> players
                .stream()
                .limit(Math.max(0, MOST - listed.size()))
                .forEach(player -> listed.add(player.id()));
            case PlayerInfoLegacy.Remove(var players) -> players.forEach(listed::remove);
            case PlayerInfoLegacy.GameModes _, PlayerInfoLegacy.Pings _, PlayerInfoLegacy.DisplayNames _ -> {
            }
        }
    }

    /** The tab list has got a header or a footer. */
    public void sawHeaderOrFooter() {
        headerOrFooter = true;
    }

    void saw(ScoreboardObjective objective) {
        saw(objectives, objective.name(), objective.mode(), ScoreboardObjective.ADD, ScoreboardObjective.REMOVE);
    }

    void saw(Team team) {
        saw(teams, team.name(), team.mode(), Team.ADD, Team.REMOVE);
    }

    private static void saw(Set<String> names, String name, int mode, int add, int remove) {
        if (mode == add && names.size() < MOST) {
            names.add(name);
        } else if (mode == remove) {
            names.remove(name);
        }
    }

    /** A server offers a resource pack; it counts as applied when the client says so. */
    void saw(ResourcePackPush pack) {
        if (packs.size() < MOST) {
            packs.put(pack.pack(), pack.hash());
        }
    }

    void saw(ResourcePackPop pop) {
        pop.pack().ifPresentOrElse(
            id -> {
                packs.remove(id);
                applied.remove(id);
            },
            () -> {
                packs.clear();
                inherited.clear();
                applied.clear();
            }
        );
    }

    /** Ends an open bundle, since the client shows nothing before it is complete. */
    public void closeBundle(Wire player) {
        if (bundleOpen) {
            bundleOpen = false;
            bundleCut = true;
            player.send(new BundleDelimiter());
        }
    }

    /** The same server goes on: if in the middle of a bundle, then the client must take the rest for one as well. */
    public void reopenBundle(Wire player) {
        if (bundleCut) {
            bundleCut = false;
            bundleOpen = true;
            player.send(new BundleDelimiter());
        }
    }

    /** Takes everything off the screen and out of the client's memory that it would keep; writes, does not flush. */
    public void clear(Wire player) {
        closeBundle(player);
        if (player.sendState() != State.PLAY || !inWorld) {
            return;
        }
        int protocol = player.version().number();
        bossBars.forEach(id -> player.send(new BossBar(id, new BossBar.Remove())));
        bossBars.clear();
        objectives.forEach(name -> player.send(ScoreboardObjective.remove(name)));
        objectives.clear();
        teams.forEach(name -> player.send(Team.remove(name)));
        teams.clear();
        if (!listed.isEmpty()) {
            List<UUID> ids = List.copyOf(listed);
            player.send(
                protocol >= FIRST_WITH_INFO_UPDATE
                    ? new PlayerInfoRemove(ids)
                    : new PlayerInfoLegacy(new PlayerInfoLegacy.Remove(ids))
            );
            listed.clear();
        }
        listedNames.forEach(name -> player.send(new PlayerInfoLegacy(new PlayerInfoLegacy.Named(name, false, 0))));
        listedNames.clear();
        if (headerOrFooter) {
            player.send(new TabListHeaderFooter(Text.plain(""), Text.plain("")));
            headerOrFooter = false;
        }
        if (protocol >= FIRST_WITH_TITLES) {
            player.send(titlesReset(protocol));
        }
    }

    /** The client tells what became of a pack. */
    void heard(ResourcePackStatus status) {
        switch (status.result()) {
            case ResourcePackStatus.LOADED -> {
                if (packs.containsKey(status.pack()) || inherited.containsKey(status.pack())) {
                    applied.add(status.pack());
                }
            }
            case ResourcePackStatus.ACCEPTED, ResourcePackStatus.DOWNLOADED -> {
                // on the way
            }
            default -> {
                applied.remove(status.pack());
                packs.remove(status.pack());
            }
        }
    }

    /** Whether the client has this very pack in use; since 1.20.3, where packs have names. */
    public boolean hasApplied(ResourcePackPush offer) {
        String hash = packs.getOrDefault(offer.pack(), inherited.get(offer.pack()));
        return (
            !offer.pack().equals(ResourcePackStatus.UNNAMED) &&
            !offer.hash().isEmpty() &&
            offer.hash().equals(hash) &&
            applied.contains(offer.pack())
        );
    }

    /** The server of the moment uses this pack as the one before did. */
    public void keeps(ResourcePackPush offer) {
        inherited.remove(offer.pack());
        packs.put(offer.pack(), offer.hash());
    }

    /** The client goes to another server, which may use the same packs. */
    public void leavePacks() {
        inherited.putAll(packs);
        packs.clear();
    }

    /** Takes away the packs that only servers of before used; earlier than 1.20.3 the client keeps the one it has. */
    void dropPacksOfOthers(Wire player) {
        if (player.version().number() >= FIRST_WITH_MANY_PACKS) {
            inherited.keySet().forEach(id -> player.send(new ResourcePackPop(Optional.of(id))));
        }
        applied.removeAll(inherited.keySet());
        inherited.clear();
    }

    /** Whether there are such packs, and the server of the moment has had time to offer them again. */
    boolean packsOfOthersAreDue() {
        return !inherited.isEmpty() && placed && System.nanoTime() - joinedAt > OFFERS.toNanos();
    }

    private static Packet titlesReset(int protocol) {
        return protocol >= FIRST_WITH_CLEAR_TITLES ? new ClearTitles(true) : new LegacyTitle(new LegacyTitle.Reset());
    }
}
