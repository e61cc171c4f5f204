package io.nightporter.protocol.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolVersionsTest {

    @TempDir
    Path directory;

    private final ProtocolVersions versions = ProtocolVersions.builtIn();

    @Test
    void coversEveryReleaseFrom172To263() {
        assertThat(versions.all()).hasSize(52);
        assertThat(versions.all().getFirst().releases()).startsWith("1.7.2", "1.7.3");
        assertThat(versions.newest().newestRelease()).isEqualTo("26.3");
        assertThat(version(767).releases()).containsExactly("1.21", "1.21.1");
        assertThat(version(775).releases()).containsExactly("26.1", "26.1.1", "26.1.2");
        assertThat(versions.find(6)).isNull();
    }

    @Test
    void knowsTheIdOfAPacketInEachVersion() {
        assertThat(id(4, State.PLAY, Direction.CLIENTBOUND, "JoinGame")).isEqualTo(0x01);
        assertThat(id(758, State.PLAY, Direction.CLIENTBOUND, "JoinGame")).isEqualTo(0x26);
        assertThat(id(777, State.PLAY, Direction.CLIENTBOUND, "JoinGame")).isEqualTo(0x32);
        assertThat(id(763, State.LOGIN, Direction.SERVERBOUND, "LoginAcknowledged")).isEqualTo(-1);
        assertThat(id(764, State.LOGIN, Direction.SERVERBOUND, "LoginAcknowledged")).isEqualTo(3);
        assertThat(id(758, State.PLAY, Direction.SERVERBOUND, "LegacyChat")).isEqualTo(3);
        assertThat(id(759, State.PLAY, Direction.SERVERBOUND, "LegacyChat")).isEqualTo(-1);
        assertThat(id(777, State.PLAY, Direction.CLIENTBOUND, "NoSuchPacket")).isEqualTo(-1);
    }

    @Test
    void findsThePacketOfAnId() {
        ProtocolVersion newest = version(777);
        assertThat(newest.packetName(State.PLAY, Direction.CLIENTBOUND, 0x32)).isEqualTo("JoinGame");
        assertThat(newest.packetName(State.PLAY, Direction.CLIENTBOUND, 0x01)).isNull();
        assertThat(newest.packetName(State.PLAY, Direction.CLIENTBOUND, -1)).isNull();
        assertThat(newest.packetName(State.PLAY, Direction.CLIENTBOUND, Integer.MAX_VALUE)).isNull();
        assertThat(newest.packetName(State.HANDSHAKE, Direction.CLIENTBOUND, 0)).isNull();
    }

    @Test
    void everyNameLeadsToItsIdAndBack() {
        for (ProtocolVersion version : versions.all()) {
            for (State state : State.values()) {
                for (Direction direction : Direction.values()) {
                    version.ids(state, direction).forEach((name, id) -> {
                        assertThat(version.packetName(state, direction, id)).isEqualTo(name);
                        assertThat(version.id(state, direction, name)).isEqualTo(id);
                    });
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.20.2..26.3, 764, 777",
        "1.8.., 47, 2147483647",
        "..1.12.2, 0, 340",
        "1.21.1, 767, 767",
        "1.7.3, 4, 4",
        "1.7.2-1.7.5, 4, 4",
        "' 1.8 .. 1.8.9 ', 47, 47",
        "47..340, 47, 340",
        "766, 766, 766",
        "1.21.2..800, 768, 800",
        "26.1.1, 775, 775",
        "'..', 0, 2147483647",
    })
    void readsRangesAsPeopleWriteThem(String text, int first, int last) {
        assertThat(versions.parseRange(text)).isEqualTo(new VersionRange(first, last));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
            "1.20.9 | 1.20.9 is not a known version; did you mean one of 1.20-1.20.1, 1.20.2, 1.20.3-1.20.4, 1.20.5-1.20.6?",
            "3.1 | 3.1 is not a known version; known are 1.7.2 to 26.3",
            "26 | 26 is not a known version; did you mean one of 26.1-26.1.2, 26.2, 26.3?",
            "26.3..1.8 | 26.3..1.8 ends before it begins; write the older version first: 1.8..26.3",
            "'' | a version is missing; write a release such as 26.3, or a range of them",
            "99999999999 | 99999999999 is not a known version; known are 1.7.2 to 26.3",
            "1.8...1.9 | .1.9 is not a known version; known are 1.7.2 to 26.3",
        }
    )
    void saysWhatIsWrongWithARange(String text, String message) {
        assertThatThrownBy(() -> versions.parseRange(text))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "764, 777, 1.20.2 to 26.3",
        "47, 2147483647, 1.8 and newer",
        "0, 340, 1.12.2 and older",
        "767, 767, 1.21 to 1.21.1",
        "769, 769, 1.21.4",
        "764, 800, 1.20.2 to protocol 800",
        "0, 2147483647, every version",
    })
    void describesRangesWithReleaseNames(int first, int last, String phrase) {
        assertThat(versions.describe(new VersionRange(first, last))).isEqualTo(phrase);
    }

    @Test
    void aFurtherTableAddsAVersionThatInheritsWhatItDoesNotSay() throws IOException {
        Path table = write(
            "version 778 26.4-26.4.1",
            "",
            "play clientbound JoinGame: 778=0x95 # moved",
            "play clientbound Waypoint: 778=x"
        );
        ProtocolVersions extended = versions.with(List.of(table));
        ProtocolVersion added = Objects.requireNonNull(extended.find(778));
        assertThat(added.id(State.PLAY, Direction.CLIENTBOUND, "JoinGame")).isEqualTo(0x95);
        assertThat(added.has(State.PLAY, Direction.CLIENTBOUND, "Waypoint")).isFalse();
        assertThat(added.id(State.PLAY, Direction.CLIENTBOUND, "Respawn")).isEqualTo(0x54);
        assertThat(extended.newest()).isSameAs(added);
        assertThat(extended.parseRange("26.4.1..")).isEqualTo(new VersionRange(778, Integer.MAX_VALUE));
        assertThat(versions.find(778)).isNull();
    }

    @Test
    void aFurtherTableMayBuildOnAnother() throws IOException {
        Path first = write("version 778 26.4", "play clientbound JoinGame: 778=0x95");
        Path second = directory.resolve("second.txt");
        Files.writeString(second, "version 779 26.5\nplay clientbound Respawn: 779=0x96\n");
        ProtocolVersion newest = versions.with(List.of(first, second)).newest();
        assertThat(newest.id(State.PLAY, Direction.CLIENTBOUND, "JoinGame")).isEqualTo(0x95);
        assertThat(newest.id(State.PLAY, Direction.CLIENTBOUND, "Respawn")).isEqualTo(0x96);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "version 778 26.4|play clientbound JoinGmae: 778=0x95 -> 2: play clientbound JoinGmae is not a packet that Nightporter knows",
            "version 778 26.4|play clientbound JoinGame: 778=0x54 -> 2: in protocol 778 both play clientbound JoinGame and Respawn have the id 0x54",
            "version 778 26.4|play clientbound JoinGame: 779=0x95 -> 2: play clientbound JoinGame names protocol 779, which has no \"version\" line",
            "version 778 26.4|play clientbound JoinGame: 777=0x95 -> 2: play clientbound JoinGame names protocol 777",
            "version 778 26.4|play clientbound JoinGame: 778=95 -> 2: 778=95 is not of the form PROTOCOL=0xID or PROTOCOL=x",
            "version 778 26.4|play clientbound JoinGame: -> 2: play clientbound JoinGame has no ids",
            "version 778 26.4|play clientbound JoinGame: 778=0xFFF -> 2: 0xFFF is too large for a packet id",
            "version 778 26.4|play clientbond JoinGame: 778=0x95 -> 2: clientbond is not a direction; known are clientbound, serverbound",
            "version 778 26.4|plai clientbound JoinGame: 778=0x95 -> 2: plai is not a state; known are handshake, status, login, configuration, play",
            "version 778 26.4|version 778 26.5 -> 2: protocol 778 is declared twice; first in line 1",
            "version 777 26.4 -> 1: protocol 777 is known already, as 26.3",
            "version 778 26.3 -> 1: 26.3 is known already, with protocol 777",
            "version 778 26.4|version 779 26.4 -> 2: 26.4 is known already, with protocol 778",
            "version 778 26.4.2-26.4.1 -> 1: 26.4.2-26.4.1 is not a run of patch releases",
            "version 778 780 -> 1: 780 is not a version name",
            "version x 26.4 -> 1: x is not a protocol number",
            "version 778 26.4|hello -> 2: expected \"version NUMBER NAME\"",
            "version 778 26.4|play clientbound JoinGame: 778=0x95|play clientbound JoinGame: 778=0x96 -> 3: play clientbound JoinGame has a line already",
            "version 778 26.4|version 779 26.5|play clientbound JoinGame: 779=0x95 778=0x96 -> 3: protocol 778 stands after 779",
        }
    )
    void refusesABadTableNamingFileAndLine(String example) throws IOException {
        String[] parts = example.split(" -> ");
        Path table = write(parts[0].split("\\|"));
        assertThatThrownBy(() -> versions.with(List.of(table)))
            .isInstanceOf(VersionTableException.class)
            .hasMessageStartingWith(table + ":" + parts[1]);
    }

    @Test
    void namesATableThatCannotBeRead() {
        Path missing = directory.resolve("missing.txt");
        assertThatThrownBy(() -> versions.with(List.of(missing)))
            .isInstanceOf(VersionTableException.class)
            .hasMessageStartingWith(missing + ":1: cannot be read");
    }

    private Path write(String... lines) throws IOException {
        return Files.write(directory.resolve("table.txt"), List.of(lines));
    }

    private ProtocolVersion version(int number) {
        return Objects.requireNonNull(versions.find(number));
    }

    private int id(int number, State state, Direction direction, String packet) {
        return version(number).id(state, direction, packet);
    }
}
