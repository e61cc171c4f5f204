package io.nightporter.proxy.player;

import io.nightporter.proxy.metrics.PlayersPlace;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Everybody who is in the game or on the way into it, each id once. */
public final class Players {

    private final Map<UUID, Player> byId = new ConcurrentHashMap<>();

    /** The player who is already here with this id. */
    public @Nullable Player find(UUID id) {
        return byId.get(id);
    }

    /** Takes a player in; whoever was here with the same id has no place any more and is returned. */
    public @Nullable Player add(Player player) {
        return byId.put(player.profile().id(), player);
    }

    /** Takes a player in, unless somebody with the same id is here. */
    public boolean addIfAbsent(Player player) {
        return byId.putIfAbsent(player.profile().id(), player) == null;
    }

    /** Forgets a player, unless another connection has taken the place. */
    public void remove(Player player) {
        byId.remove(player.profile().id(), player);
    }

    public Collection<Player> all() {
        return byId.values();
    }

    /** How many are where. */
    public Map<PlayersPlace, Integer> count() {
        Map<PlayersPlace, Integer> counts = new HashMap<>();
        for (Player player : byId.values()) {
            Attachment attachment = player.attachment();
            counts.merge(new PlayersPlace(attachment.label(), attachment.server()), 1, Integer::sum);
        }
        return counts;
    }
}
