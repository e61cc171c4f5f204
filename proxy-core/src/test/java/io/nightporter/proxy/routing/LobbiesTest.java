package io.nightporter.proxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.protocol.version.VersionRange;
import io.nightporter.proxy.config.NetworkSettings;
import io.nightporter.proxy.config.Presentation;
import io.nightporter.proxy.config.ServerSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class LobbiesTest {

    private static final int OLD = 47;
    private static final int NEW = 767;
    private static final VersionRange NEW_ONES = new VersionRange(764, VersionRange.ALL.last());

    private final ServerAddress one = address(1, VersionRange.ALL);
    private final ServerAddress two = address(2, VersionRange.ALL);
    private final ServerAddress twoToo = address(3, NEW_ONES);
    private final ServerAddress recent = address(4, NEW_ONES);

    private final AddressBook book = new AddressBook(Whereabouts.CONFIGURED);
    private final Lobbies lobbies = new Lobbies(book);
    private final NetworkSettings network = SampleConfiguration.network(
        "play",
        List.of("play.example.org"),
        lobby("one", VersionRange.ALL, one),
        lobby("two", VersionRange.ALL, two, twoToo),
        lobby("recent", NEW_ONES, recent)
    );

    @Test
    void withoutPlayersTheOrderIsThatOfTheFile() {
        assertThat(order(NEW)).containsExactly("one", "two", "recent");
    }

    @Test
    void onlyLobbiesThatTakeTheVersionAreTried() {
        assertThat(order(OLD)).containsExactly("one", "two");
        assertThat(order(-1)).isEmpty();
    }

    @Test
    void anAddressForTheVersionIsNeededToo() {
        var split = SampleConfiguration.network("split", List.of(), lobby("split", VersionRange.ALL, recent));
        assertThat(lobbies.order(split, OLD)).isEmpty();
        assertThat(lobbies.order(split, NEW)).hasSize(1);
    }

    @Test
    void whoHasFewerPlayersOnAllAddressesComesFirst() {
        book.joined(one);
        book.joined(one);
        book.joined(two);
        book.joined(twoToo);
        book.joined(twoToo);
        book.joined(recent);
        assertThat(order(NEW)).containsExactly("recent", "one", "two");
        assertThat(order(OLD)).containsExactly("one", "two");
    }

    @Test
    void whoCannotBeReachedComesLastEvenIfEmpty() {
        book.joined(two);
        book.joined(recent);
        book.failed(one, "refused");
        assertThat(order(NEW)).containsExactly("two", "recent", "one");
        book.worked(one);
        assertThat(order(NEW)).containsExactly("one", "two", "recent");
    }

    @Test
    void oneReachableAddressForTheVersionIsEnough() {
        book.failed(two, "refused");
        assertThat(order(NEW)).containsExactly("one", "two", "recent");
        assertThat(order(OLD)).containsExactly("one", "two");
        book.failed(one, "refused");
        assertThat(order(NEW)).containsExactly("two", "recent", "one");
    }

    @Test
    void theServerListShowsTheBestLobbyAlsoToVersionsThatNoneTakes() {
        assertThat(lobbies.shown(network, NEW).name()).isEqualTo("one");
        book.failed(one, "refused");
        assertThat(lobbies.shown(network, NEW).name()).isEqualTo("two");
        assertThat(lobbies.shown(network, -1).name()).isEqualTo("two");
    }

    private List<String> order(int protocol) {
        return lobbies.order(network, protocol).stream().map(ServerSettings::name).toList();
    }

    private static ServerAddress address(int port, VersionRange versions) {
        return SampleConfiguration.address("127.0.0.1", port, versions);
    }

    private static ServerSettings lobby(String name, VersionRange versions, ServerAddress... addresses) {
        return SampleConfiguration.server(name, List.of(), versions, Presentation.NOTHING, addresses);
    }
}
