package io.nightporter.protocol.voidworld;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.data.NodeTools;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.PacketType;
import io.nightporter.protocol.packet.ProfileProperty;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that is sent in every version, on the wire. */
class VoidWorldWireTest {

    private static final int NEWEST_OF_MINECRAFT_DATA = 775;

    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    private static final List<ProfileProperty> PROPERTIES = List.of(
        new ProfileProperty("textures", "value", Optional.of("signature"))
    );

    @TempDir
    Path directory;

    /** A packet and the state in which it is sent. */
    private record Sent(State state, Packet packet) {}

    /** One packet as {@code protocol/data/check-packets.mjs} wants it. */
    private record Example(
        int protocol,
        String state,
        String direction,
        String record,
        String hex,
        Map<String, String> fields
    ) {}

    private record Compared(int packets, int protocols) {}

    private record Problem(int protocol, String state, String problem) {}

    private record Verdict(Compared compared, List<Problem> problems) {}

    @Test
    void anotherProgramReadsAndWritesAllThatIsSentInEveryVersion() throws IOException, InterruptedException {
        NodeTools.prepare();
        List<Example> examples = new ArrayList<>();
        for (ProtocolVersion version : ProtocolVersions.builtIn().all()) {
            if (version.number() <= NEWEST_OF_MINECRAFT_DATA) {
                allPackets(version).forEach(sent -> examples.add(example(version, sent)));
            }
        }
        Path packets = Files.writeString(directory.resolve("packets.json"), new Gson().toJson(examples));
        Path verdictFile = directory.resolve("verdict.json");

        NodeTools.Result result = NodeTools.node(verdictFile, "check-packets.mjs", packets.toString());

        assertThat(result.exitCode()).as(result.output()).isZero();
        Verdict verdict = new Gson().fromJson(Files.readString(verdictFile), Verdict.class);
        assertThat(verdict.problems).isEmpty();
        assertThat(verdict.compared).isEqualTo(new Compared(examples.size(), 50));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whatIsSentComesBackAsItWas(ProtocolVersion version) {
        for (Sent sent : allPackets(version).toList()) {
            ByteBuf wire = encode(version, sent);
            int id = VarInts.read(wire);
            PacketType<?> type = Objects.requireNonNull(
                PacketCodec.typeOf(version, sent.state, Direction.CLIENTBOUND, id)
            );
            Packet read = PacketCodec.decode(version, type, wire);
            assertThat(encode(version, new Sent(sent.state, read))).isEqualTo(encode(version, sent));
        }
    }

    static List<ProtocolVersion> versions() {
        return ProtocolVersions.builtIn().all();
    }

    /** Whatever a client of the version may be sent, on whatever way it comes. */
    private static Stream<Sent> allPackets(ProtocolVersion version) {
        VoidWorld world = VoidWorld.of(version);
        List<Packet> configuration = new ArrayList<>();
        if (version.number() >= 764) {
            configuration.addAll(world.configuration(true, Held.NOTHING));
            configuration.addAll(world.configuration(false, Held.NOTHING));
        }
        if (version.number() >= 766) {
            configuration.add(world.offer());
        }
        List<Packet> play = new ArrayList<>(List.of(world.joinGame(true, List.of())));
        play.addAll(world.joinGame(false, List.of()).afterAnother(version.number()));
        play.addAll(world.arrival(ID, "Player", PROPERTIES));
        return Stream.concat(
            configuration.stream().map(packet -> new Sent(State.CONFIGURATION, packet)),
            play.stream().map(packet -> new Sent(State.PLAY, packet))
        );
    }

    private static Example example(ProtocolVersion version, Sent sent) {
        return new Example(
            version.number(),
            sent.state.name().toLowerCase(Locale.ROOT),
            "clientbound",
            "VoidWorld",
            ByteBufUtil.hexDump(encode(version, sent)),
            Map.of()
        );
    }

    private static ByteBuf encode(ProtocolVersion version, Sent sent) {
        ByteBuf out = Unpooled.buffer();
        PacketCodec.encode(version, sent.state, Direction.CLIENTBOUND, sent.packet, out);
        return out;
    }
}
