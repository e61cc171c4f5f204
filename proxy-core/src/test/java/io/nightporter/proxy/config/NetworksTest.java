package io.nightporter.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworksTest {

    private static final UUID NOTCH = UUID.fromString("069a79f4-44e9-4726-a5be-fca90e38aaf5");
    private static final UUID SOMEBODY = new UUID(1, 2);

    @TempDir
    Path folder = Path.of("");

    private TestFiles files = new TestFiles(Path.of(""));

    @BeforeEach
    void useFolder() {
        files = new TestFiles(folder);
    }

    @Test
    void aNetworkHasItsServersInTheOrderOfTheFile() throws Exception {
        Configuration configuration = files.load(
            """
            fleet:
              servers:
                two: { address: 10.0.0.2 }
                one: { address: 10.0.0.1 }
                survival: { hosts: [survival.example.org], address: 10.0.0.3 }
              networks:
                play:
                  hosts: [Play.Example.org, "*.example.org"]
                  lobby: [one, two]
                  servers: [survival, one]
                  fallback: wait
                  motd: "<gold>Night shift</gold>"
                  maxPlayers: 7
                other: { lobby: two }
              defaultRoute: other
            """
        );

        NetworkSettings play = network(configuration, "play");
        assertThat(play.hosts()).containsExactly("play.example.org", "*.example.org");
        assertThat(play.lobbies()).extracting(ServerSettings::name).containsExactly("one", "two");
        assertThat(play.servers()).extracting(ServerSettings::name).containsExactly("survival", "one");
        assertThat(play.members()).extracting(ServerSettings::name).containsExactly("one", "two", "survival");
        assertThat(play.member("SURVIVAL")).isSameAs(configuration.servers().get("survival"));
        assertThat(play.member("nowhere")).isNull();
        assertThat(play.isLobby(play.members().getFirst())).isTrue();
        assertThat(play.isLobby(play.members().getLast())).isFalse();
        assertThat(play.fallback()).isEqualTo(NetworkSettings.Fallback.WAIT);
        assertThat(play.presentation()).isEqualTo(new Presentation("<gold>Night shift</gold>", null, List.of(), 7));
        assertThat(network(configuration, "other").fallback()).isEqualTo(NetworkSettings.Fallback.LOBBY);
        assertThat(configuration.defaultRoute()).isEqualTo("other");
    }

    @Test
    void whatNobodyCanReachIsDoubtfulButTheServersOfANetworkCanBeReached() throws Exception {
        List<String> warnings = new ArrayList<>();
        ConfigurationLoader.load(
            files.configuration(
                """
                fleet:
                  servers:
                    lobby: { address: 10.0.0.1 }
                    survival: { address: 10.0.0.2 }
                    lost: { address: 10.0.0.3 }
                  networks:
                    play: { hosts: ["*"], lobby: lobby, servers: survival }
                    dark: { lobby: lobby }
                """
            ),
            warning -> warnings.add(warning.toString().replace(folder + "/", ""))
        );

        assertThat(warnings).containsExactly(
            "nightporter.yml:5 fleet.servers.lost.hosts: no hostname leads to this server, it is not " +
                "fleet.defaultRoute, and no network has it",
            "nightporter.yml:8 fleet.networks.dark.hosts: no hostname leads to this network, and it is not " +
                "fleet.defaultRoute"
        );
    }

    @Test
    void everyoneHasAccessUnlessPlayersAreNamed() throws Exception {
        Configuration configuration = files.load(
            """
            fleet:
              servers:
                open: { hosts: ["*"], address: 10.0.0.1 }
                some: { hosts: [a.example], address: 10.0.0.2, access: [Alex, 069A79F444E94726A5BEFCA90E38AAF5] }
                none: { hosts: [b.example], address: 10.0.0.2, access: [] }
                dashed: { hosts: [c.example], address: 10.0.0.2, access: 069a79f4-44e9-4726-a5be-fca90e38aaf5 }
            """
        );

        assertThat(access(configuration, "open").admits(SOMEBODY, "Steve")).isTrue();
        assertThat(access(configuration, "some").admits(SOMEBODY, "aLEX")).isTrue();
        assertThat(access(configuration, "some").admits(NOTCH, "Renamed")).isTrue();
        assertThat(access(configuration, "some").admits(SOMEBODY, "Steve")).isFalse();
        assertThat(access(configuration, "none").admits(SOMEBODY, "Alex")).isFalse();
        assertThat(access(configuration, "dashed").admits(NOTCH, "Renamed")).isTrue();
    }

    @Test
    void whatANetworkDoesNotSayTheLobbySays() {
        var network = new Presentation("network", null, List.of("sample"), null);
        var lobby = new Presentation("lobby", "icon", List.of(), 3);
        assertThat(network.or(lobby)).isEqualTo(new Presentation("network", "icon", List.of("sample"), 3));
        assertThat(lobby.or(network)).isEqualTo(new Presentation("lobby", "icon", List.of("sample"), 3));
    }

    private static NetworkSettings network(Configuration configuration, String name) {
        return Objects.requireNonNull(configuration.networks().get(name));
    }

    private static Access access(Configuration configuration, String name) {
        return Objects.requireNonNull(configuration.servers().get(name)).access();
    }
}
