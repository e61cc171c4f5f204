package io.nightporter.proxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.protocol.version.VersionRange;
import io.nightporter.proxy.config.NetworkSettings;
import io.nightporter.proxy.config.ServerSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {

    private final Router router = router(
        null,
        server("lobby", "play.example.org", "*.example.org"),
        server("creative", "creative.example.org", "*.creative.example.org"),
        server("local", "::1", "[fe80::2]", "127.0.0.1"),
        server("umlaut", "münchen.example.net")
    );

    @Test
    void anExactNameIsFound() {
        assertThat(serverFor("creative.example.org")).isEqualTo("creative");
    }

    @Test
    void anExactNameWinsOverAWildcard() {
        assertThat(serverFor("play.example.org")).isEqualTo("lobby");
        assertThat(serverFor("creative.example.org")).isEqualTo("creative");
    }

    @Test
    void theLongestWildcardWinsAtAnyDepth() {
        assertThat(serverFor("a.b.c.creative.example.org")).isEqualTo("creative");
        assertThat(serverFor("a.b.c.destructive.example.org")).isEqualTo("lobby");
    }

    @Test
    void aWildcardDoesNotCoverItsOwnSuffix() {
        assertThat(router.route("example.org")).isInstanceOf(Route.Unknown.class);
        assertThat(router.route("notexample.org")).isInstanceOf(Route.Unknown.class);
    }

    @Test
    void nobodyClaimsANameThatIsNotConfigured() {
        assertThat(router.route("elsewhere.net")).isEqualTo(
            new Route.Unknown(new VirtualHost("elsewhere.net", "", ""))
        );
    }

    @Test
    void theAsteriskTakesWhatNobodyElseClaims() {
        Router withRest = router(null, server("some", "some.example.org"), server("rest", "*"));
        assertThat(serverFor(withRest, "some.example.org")).isEqualTo("some");
        assertThat(serverFor(withRest, "other.example.org")).isEqualTo("rest");
        assertThat(serverFor(withRest, "")).isEqualTo("rest");
    }

    @Test
    void theDefaultRouteIsAskedLast() {
        assertThat(serverFor(router("two", server("one", "*"), server("two")), "x")).isEqualTo("one");
        assertThat(serverFor(router("two", server("one", "a"), server("two")), "x")).isEqualTo("two");
        assertThat(serverFor(router("two", server("one", "a"), server("two")), "a")).isEqualTo("one");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "PLAY.Example.ORG",
            "play.example.org.",
            "play.example.org\0FML\0",
            "play.example.org.\0FML2\0",
            "play.example.org\0FORGE",
            "play.example.org///203.0.113.7:5000///1700000000///c2ln",
            "play.example.org\000203.0.113.7\000069a79f4-44e9-4726-a5be-fca90e38aaf5\0[{\"name\":\"textures\"}]",
        }
    )
    void whatClientsAndProxiesDoToANameDoesNotMatter(String asSent) {
        assertThat(serverFor(asSent)).isEqualTo("lobby");
        assertThat(router.route(asSent).host().name()).isEqualTo("play.example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = { "[::1]", "::1", "fe80::2", "[FE80::2]", "127.0.0.1" })
    void addressesAreNamesToo(String asSent) {
        assertThat(serverFor(asSent)).isEqualTo("local");
    }

    @Test
    void namesFromAbroadAreComparedAsDnsWritesThem() {
        assertThat(serverFor("xn--mnchen-3ya.example.net")).isEqualTo("umlaut");
        assertThat(serverFor("münchen.example.net")).isEqualTo("umlaut");
    }

    @Test
    void aNetworkIsFoundByItsNamesAsServersAre() {
        NetworkSettings play = SampleConfiguration.network(
            "play",
            List.of("play.example.org", "*.play.example.org"),
            server("lobby")
        );
        Router withNetwork = new Router(
            SampleConfiguration.configuration(null, List.of(play), server("lobby", "lobby.play.example.org"))
        );
        assertThat(withNetwork.route("Play.example.org.")).isEqualTo(
            new Route.ToNetwork(play, new VirtualHost("play.example.org", "", ""))
        );
        assertThat(withNetwork.route("x.play.example.org")).isInstanceOf(Route.ToNetwork.class);
        assertThat(serverFor(withNetwork, "lobby.play.example.org")).isEqualTo("lobby");
        assertThat(withNetwork.route("elsewhere.net")).isInstanceOf(Route.Unknown.class);
    }

    @Test
    void aNetworkMayBeTheDefaultRouteAndNeedsNoNamesThen() {
        NetworkSettings play = SampleConfiguration.network("play", List.of(), server("lobby"));
        Router withNetwork = new Router(SampleConfiguration.configuration("play", List.of(play), server("lobby")));
        assertThat(withNetwork.route("whatever.net")).isInstanceOfSatisfying(Route.ToNetwork.class, to ->
            assertThat(to.network()).isEqualTo(play)
        );
    }

    @Nested
    class TheVirtualHost {

        @ParameterizedTest
        @ValueSource(strings = { "\0FML\0", "\0FML2\0", "\0FML3\0", "\0FORGE", "\0FORGE3", "\0FORGE\0" })
        void keepsTheMarkerOfForge(String marker) {
            assertThat(VirtualHost.parse("a.example" + marker).marker()).isEqualTo(marker);
        }

        @Test
        void findsTheMarkerBehindAndBeforeOtherSuffixes() {
            assertThat(VirtualHost.parse("a\000203.0.113.7\0FML2\0").marker()).isEqualTo("\0FML2\0");
            assertThat(VirtualHost.parse("a\0FML2\0///203.0.113.7:1///2").marker()).isEqualTo("\0FML2\0");
            assertThat(VirtualHost.parse("a///203.0.113.7:1///2\0FORGE").marker()).isEqualTo("\0FORGE");
        }

        @Test
        void takesNothingElseForAMarker() {
            assertThat(VirtualHost.parse("a\0FMLX\0").marker()).isEmpty();
            assertThat(VirtualHost.parse("a\0FORGE12345678901").marker()).isEmpty();
            assertThat(VirtualHost.parse("FML").marker()).isEmpty();
            assertThat(VirtualHost.parse("a\000203.0.113.7\0uuid\0[]").marker()).isEmpty();
        }

        @Test
        void keepsWhatFollowedTheName() {
            assertThat(VirtualHost.parse("a\000203.0.113.7\0uuid").suffix()).isEqualTo("\000203.0.113.7\0uuid");
            assertThat(VirtualHost.parse("a///b").suffix()).isEqualTo("///b");
        }

        @Test
        void isBounded() {
            assertThat(VirtualHost.parse("x".repeat(70_000)).name()).hasSize(VirtualHost.MAX_NAME);
            assertThat(VirtualHost.parse("ü".repeat(70_000)).name()).hasSizeLessThanOrEqualTo(VirtualHost.MAX_NAME);
        }

        @Test
        void hasNothingThatCouldForgeALogLine() {
            assertThat(VirtualHost.parse("a\nb\u001b[31m c\u007f").name()).isEqualTo("a?b?[31m?c?");
            assertThat(VirtualHost.parse("é\n\u2028").name()).matches("[!-~]+");
        }
    }

    private String serverFor(String asSent) {
        return serverFor(router, asSent);
    }

    private static String serverFor(Router router, String asSent) {
        return router.route(asSent) instanceof Route.ToServer(ServerSettings server, _) ? server.name() : "nobody";
    }

    private static ServerSettings server(String name, String... hosts) {
        return SampleConfiguration.server(
            name,
            List.of(hosts),
            SampleConfiguration.address("127.0.0.1", 25_565, VersionRange.ALL)
        );
    }

    private static Router router(@Nullable String defaultRoute, ServerSettings... servers) {
        return new Router(SampleConfiguration.configuration(defaultRoute, servers));
    }
}
