package io.nightporter.protocol.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the wire looks like, byte by byte, where no other program can be asked: newest versions, and corner cases. */
class PacketCodecTest {

    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final UUID SESSION = UUID.fromString("ffffffff-0000-0000-0000-000000000001");

    @Test
    void writesTheIdOfTheVersionAndTheBody() {
        assertThat(hex(47, State.PLAY, Direction.CLIENTBOUND, new KeepAlive(300))).isEqualTo("00ac02");
        assertThat(hex(5, State.PLAY, Direction.CLIENTBOUND, new KeepAlive(300))).isEqualTo("000000012c");
        assertThat(hex(777, State.PLAY, Direction.CLIENTBOUND, new KeepAlive(300))).isEqualTo("2d000000000000012c");
        assertThat(hex(777, State.CONFIGURATION, Direction.SERVERBOUND, new KeepAlive(300))).isEqualTo(
            "04000000000000012c"
        );
    }

    @Test
    void refusesToWriteWhatAVersionDoesNotHave() {
        assertThatThrownBy(() -> hex(763, State.LOGIN, Direction.SERVERBOUND, new LoginAcknowledged()))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("1.20-1.20.1 (protocol 763) has no LOGIN SERVERBOUND packet LoginAcknowledged");
        assertThatThrownBy(() ->
            hex(47, State.PLAY, Direction.CLIENTBOUND, new ServerboundLegacyChat("hi"))
        ).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void recordsThatShareANameAreToldApartByDirection() {
        ProtocolVersion version = version(47);
        assertThat(PacketCodec.typeOf(version, State.PLAY, Direction.CLIENTBOUND, 0x02)).isSameAs(
            ClientboundLegacyChat.TYPE
        );
        assertThat(PacketCodec.typeOf(version, State.PLAY, Direction.SERVERBOUND, 0x01)).isSameAs(
            ServerboundLegacyChat.TYPE
        );
        assertThat(PacketCodec.typeOf(version, State.PLAY, Direction.CLIENTBOUND, 0x21)).isNull();
        assertThat(PacketCodec.typeOf(version, State.PLAY, Direction.CLIENTBOUND, 0x7F)).isNull();
    }

    @Test
    void aHandshakeFromAPlayerIsShortButOneToAServerMayCarryAProfile() {
        Handshake forwarded = new Handshake(47, "x".repeat(30_000), 25_565, Handshake.LOGIN);
        ByteBuf body = Unpooled.buffer();
        PacketCodec.encode(version(47), State.HANDSHAKE, Direction.SERVERBOUND, forwarded, body);
        body.readByte();
        assertThatThrownBy(() -> PacketCodec.decode(version(47), Handshake.TYPE, body.duplicate()))
            .isInstanceOf(BadPacketException.class)
            .hasMessage("Handshake: a text of 30000 bytes where 255 characters are allowed");
        assertThat(PacketCodec.decode(version(47), Handshake.FORWARDED_TYPE, body)).isEqualTo(forwarded);
    }

    @ParameterizedTest
    @CsvSource({
        "4, 02 20 3030313132323333343435353636373738383939616162626363646465656666 0141",
        "578, 02 24 30303131323233332d343435352d363637372d383839392d616162626363646465656666 0141",
        "758, 02 00112233445566778899aabbccddeeff 0141",
        "765, 02 00112233445566778899aabbccddeeff 0141 00",
        "766, 02 00112233445566778899aabbccddeeff 0141 00 01",
        "775, 02 00112233445566778899aabbccddeeff 0141 00",
        "776, 02 00112233445566778899aabbccddeeff 0141 00 ffffffff000000000000000000000001",
        "777, 02 00112233445566778899aabbccddeeff 0141 00 ffffffff000000000000000000000001",
    })
    void theEndOfTheLoginLooksAsEachVersionWantsIt(int protocol, String wire) {
        LoginSuccess success = new LoginSuccess(ID, "A", List.of(), true, SESSION);
        assertThat(hex(protocol, State.LOGIN, Direction.CLIENTBOUND, success)).isEqualTo(wire.replace(" ", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "758, 00 0141",
        "759, 00 0141 01 0000000000000005 0101 0102",
        "760, 00 0141 01 0000000000000005 0101 0102 01 00112233445566778899aabbccddeeff",
        "761, 00 0141 01 00112233445566778899aabbccddeeff",
        "764, 00 0141 00112233445566778899aabbccddeeff",
        "777, 00 0141 00112233445566778899aabbccddeeff",
    })
    void theStartOfTheLoginLooksAsEachVersionWantsIt(int protocol, String wire) {
        LoginStart.ProfileKey key = new LoginStart.ProfileKey(5, Bytes.of((byte) 1), Bytes.of((byte) 2));
        LoginStart start = new LoginStart("A", Optional.of(key), Optional.of(ID));
        assertThat(hex(protocol, State.LOGIN, Direction.SERVERBOUND, start)).isEqualTo(wire.replace(" ", ""));
    }

    @Test
    void versionsThatAlwaysSendAnIdNeedOne() {
        LoginStart start = new LoginStart("A", Optional.empty(), Optional.empty());
        assertThat(hex(763, State.LOGIN, Direction.SERVERBOUND, start)).isEqualTo("00014100");
        assertThatThrownBy(() -> hex(764, State.LOGIN, Direction.SERVERBOUND, start)).isInstanceOf(
            IllegalArgumentException.class
        );
    }

    @Test
    void onlyVersionsWithProfileKeysCanSignTheToken() {
        EncryptionResponse signed = new EncryptionResponse(
            Bytes.of((byte) 1),
            new EncryptionResponse.Signed(5, Bytes.of((byte) 2))
        );
        assertThat(hex(759, State.LOGIN, Direction.SERVERBOUND, signed)).isEqualTo("0101010000000000000000050102");
        assertThatThrownBy(() -> hex(761, State.LOGIN, Direction.SERVERBOUND, signed)).isInstanceOf(
            IllegalArgumentException.class
        );
    }

    @ParameterizedTest
    @CsvSource({
        // entity, hardcore, worlds, players, distances, three flags, dimension, world, seed, mode and previous …
        "775, 31 00000007 01 00 14 0a 05 00 01 00 02 0177 0000000000000009 01 ff 00 01 00 00 3f 01",
        "776, 31 00000007 01 00 14 0a 05 00 01 00 02 0177 0000000000000009 01 ff 00 01 00 00 3f 01 01",
        "777, 32 00000007 01 00 14 0a 05 00 01 00 02 0177 0000000000000009 01 00 00 01 00 00 3f 01 01",
    })
    void joiningLooksAsTheNewestVersionsWantIt(int protocol, String wire) {
        assertThat(hex(protocol, State.PLAY, Direction.CLIENTBOUND, joinGame(SpawnInfo.NO_GAME_MODE, true))).isEqualTo(
            wire.replace(" ", "")
        );
    }

    @Test
    void theOnlineModeStandsBeforeTheSecureChat() {
        assertThat(hex(776, State.PLAY, Direction.CLIENTBOUND, joinGame(2, false))).endsWith("3f0001");
        assertThat(hex(777, State.PLAY, Direction.CLIENTBOUND, joinGame(2, true))).endsWith("010300010000" + "3f0101");
    }

    @Test
    void theHardcoreBitIsPartOfTheGameModeUntil1161() {
        SpawnInfo spawn = SpawnInfo.before1_16(new Dimension.Numbered(-1), 0, 1, 2, "flat");
        JoinGame join = new JoinGame(
            7,
            true,
            spawn,
            List.of(),
            Bytes.EMPTY,
            20,
            0,
            0,
            false,
            true,
            false,
            false,
            false
        );
        assertThat(hex(4, State.PLAY, Direction.CLIENTBOUND, join)).isEqualTo("010000000709ff021404666c6174");
        ByteBuf body = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("0000000709ff021404666c6174"));
        assertThat(PacketCodec.decode(version(4), JoinGame.TYPE, body)).isEqualTo(join);
    }

    @Test
    void aTeleportIsConfirmedWithThePlaceSince263() {
        TeleportConfirm confirm = new TeleportConfirm(3, 1, 2, 4, 0.5F, 8);
        assertThat(hex(776, State.PLAY, Direction.SERVERBOUND, confirm)).isEqualTo("0003");
        assertThat(hex(777, State.PLAY, Direction.SERVERBOUND, confirm)).isEqualTo(
            "0003" + "3ff0000000000000" + "4000000000000000" + "4010000000000000" + "3f000000" + "41000000"
        );
    }

    @Test
    void respawningTellsTheWorldOfTheJoin() {
        Respawn respawn = new Respawn(joinGame(2, true).spawn(), 3);
        assertThat(hex(776, State.PLAY, Direction.CLIENTBOUND, respawn)).isEqualTo(
            "52" + "02" + "0177" + "0000000000000009" + "0102" + "0001" + "00" + "00" + "3f" + "03"
        );
        assertThat(hex(777, State.PLAY, Direction.CLIENTBOUND, respawn)).isEqualTo(
            "54" + "02" + "0177" + "0000000000000009" + "0103" + "0001" + "00" + "00" + "3f" + "03"
        );
    }

    @Test
    void aDimensionIsWrittenOnlyInTheFormOfTheVersion() {
        Respawn respawn = new Respawn(joinGame(2, true).spawn(), 3);
        assertThatThrownBy(() -> hex(765, State.PLAY, Direction.CLIENTBOUND, respawn))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("wants a Named dimension");
    }

    @ParameterizedTest
    @CsvSource({
        "768, 40 41 01 00112233445566778899aabbccddeeff 0141 00 05, 5, false",
        "769, 40 41 01 00112233445566778899aabbccddeeff 0141 00 05, 5, false",
        "776, 46 81 01 00112233445566778899aabbccddeeff 0141 00 01, 0, true",
        "777, 47 81 01 00112233445566778899aabbccddeeff 0141 00 01, 0, true",
    })
    void theOrderOfTheListIsTheSeventhActionAndTheHatTheEighth(int protocol, String wire, int listOrder, boolean hat) {
        PlayerInfoUpdate.Player player = new PlayerInfoUpdate.Player(
            ID,
            "A",
            List.of(),
            Optional.empty(),
            0,
            false,
            0,
            Optional.empty(),
            listOrder,
            hat
        );
        int actions = PlayerInfoUpdate.ADD | (hat ? PlayerInfoUpdate.HAT : PlayerInfoUpdate.LIST_ORDER);
        PlayerInfoUpdate update = new PlayerInfoUpdate(actions, List.of(player), Bytes.EMPTY);
        assertThat(hex(protocol, State.PLAY, Direction.CLIENTBOUND, update)).isEqualTo(wire.replace(" ", ""));
    }

    @ParameterizedTest
    @CsvSource({ "4, 3b 026f62 00 01", "47, 3b 026f62 01", "776, 6a 026f62 01", "777, 6c 026f62 01" })
    void anObjectiveIsRemovedByItsNameInEveryVersion(int protocol, String wire) {
        ScoreboardObjective removal = ScoreboardObjective.remove("ob");
        assertThat(hex(protocol, State.PLAY, Direction.CLIENTBOUND, removal)).isEqualTo(wire.replace(" ", ""));
    }

    @ParameterizedTest
    @CsvSource({ "4, 3e 0474656d6d 01", "764, 5c 0474656d6d 01", "776, 6d 0474656d6d 01", "777, 6f 0474656d6d 01" })
    void aTeamIsRemovedByItsNameInEveryVersion(int protocol, String wire) {
        assertThat(hex(protocol, State.PLAY, Direction.CLIENTBOUND, Team.remove("temm"))).isEqualTo(
            wire.replace(" ", "")
        );
    }

    @Test
    void registriesHaveNamesSince1205() {
        Bytes nbt = Bytes.of((byte) 10, (byte) 0);
        RegistryData data = RegistryData.of(
            "r",
            List.of(new RegistryData.Entry("a", Optional.empty()), new RegistryData.Entry("b", Optional.of(nbt)))
        );
        assertThat(hex(765, State.CONFIGURATION, Direction.CLIENTBOUND, RegistryData.of(nbt))).isEqualTo("050a00");
        assertThat(hex(777, State.CONFIGURATION, Direction.CLIENTBOUND, data)).isEqualTo(
            "07" + "0172" + "02" + "016100" + "0162010a00"
        );
    }

    @Test
    void tagsOfOldVersionsAreTheTagsOfFixedRegistries() {
        UpdateTags tags = new UpdateTags(
            List.of(new UpdateTags.Registry("minecraft:block", List.of(new UpdateTags.Tag("t", List.of(3, 300)))))
        );
        assertThat(hex(777, State.CONFIGURATION, Direction.CLIENTBOUND, tags)).isEqualTo(
            "0e" + "01" + "0f6d696e6563726166743a626c6f636b" + "01" + "0174" + "02" + "03ac02"
        );
        assertThatThrownBy(() -> hex(754, State.PLAY, Direction.CLIENTBOUND, tags))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("wants the tags of exactly");
    }

    private static JoinGame joinGame(int previousGameMode, boolean onlineMode) {
        SpawnInfo spawn = new SpawnInfo(
            new Dimension.Numbered(2),
            "w",
            9,
            1,
            previousGameMode,
            0,
            "",
            false,
            true,
            Optional.empty(),
            0,
            63
        );
        return new JoinGame(7, true, spawn, List.of(), Bytes.EMPTY, 20, 10, 5, false, true, false, onlineMode, true);
    }

    private static String hex(int protocol, State state, Direction direction, Packet packet) {
        ByteBuf out = Unpooled.buffer();
        PacketCodec.encode(version(protocol), state, direction, packet, out);
        return ByteBufUtil.hexDump(out);
    }

    private static ProtocolVersion version(int number) {
        return Objects.requireNonNull(ProtocolVersions.builtIn().find(number));
    }
}
