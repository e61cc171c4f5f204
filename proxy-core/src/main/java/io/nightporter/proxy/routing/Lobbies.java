package io.nightporter.proxy.routing;

import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.proxy.config.NetworkSettings;
import io.nightporter.proxy.config.ServerSettings;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Chooses among the lobbies of a network. For all threads; never waits. */
public final class Lobbies {

    private final AddressBook addresses;

    public Lobbies(AddressBook addresses) {
        this.addresses = addresses;
    }

    /**
     * The lobbies for a player of this version, best first: those that could be reached, among these by fewest players,
     * among these in the order of the file. Those that sleep come last.
     *
     * @return empty if and only if no lobby takes this version
     */
    public List<ServerSettings> order(NetworkSettings network, int protocol) {
        List<ServerSettings> fitting = network
            .lobbies()
            .stream()
            .filter(lobby -> lobby.versions().contains(protocol) && addresses.takes(lobby, protocol))
            .toList();
        return order(fitting, address -> address.versions().contains(protocol));
    }

    /** The lobby that stands for the network in the server list, also for a version that none takes. */
    public ServerSettings shown(NetworkSettings network, int protocol) {
        List<ServerSettings> fitting = order(network, protocol);
        return fitting.isEmpty() ? order(network.lobbies(), _ -> true).getFirst() : fitting.getFirst();
    }

    private List<ServerSettings> order(List<ServerSettings> lobbies, Predicate<ServerAddress> usable) {
        return lobbies
            .stream()
            .sorted(
                Comparator.comparing((ServerSettings lobby) ->
                    addresses.known(lobby).stream().filter(usable).noneMatch(addresses::healthy)
                ).thenComparingInt(addresses::players)
            )
            .toList();
    }
}
