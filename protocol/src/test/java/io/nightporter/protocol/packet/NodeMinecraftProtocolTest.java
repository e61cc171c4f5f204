package io.nightporter.protocol.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.netty.buffer.ByteBufUtil;
import io.nightporter.protocol.data.NodeTools;
import io.nightporter.protocol.packet.PacketSamples.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks an independent program, node-minecraft-protocol, to read every packet in every version that it knows, value by
 * value, and to write it again.
 */
class NodeMinecraftProtocolTest {

    /** Variants of a sealed type are six at most, so that each of them comes up. */
    private static final int SAMPLES = 10;

    private static final int NEWEST_OF_MINECRAFT_DATA = 775;

    @TempDir
    Path directory;

    /** One packet as {@code protocol/data/check-packets.mjs} wants it. */
    private record Example(
        int protocol,
        String state,
        String direction,
        String record,
        String hex,
        Map<String, String> fields
    ) {}

    private record Compared(int packets, int values, int protocols) {}

    private record Problem(int protocol, String state, String direction, String record, String problem) {}

    private record Verdict(Compared compared, List<Problem> problems) {}

    @Test
    void readsAndWritesOurPacketsInEveryVersion() throws IOException, InterruptedException {
        NodeTools.prepare();
        List<Example> examples = new ArrayList<>();
        for (Place place : PacketSamples.places()) {
            if (place.version().number() <= NEWEST_OF_MINECRAFT_DATA) {
                addExamples(place, examples);
            }
        }
        Path packets = directory.resolve("packets.json");
        Path verdictFile = directory.resolve("verdict.json");
        Files.writeString(packets, new Gson().toJson(examples));

        NodeTools.Result result = NodeTools.node(verdictFile, "check-packets.mjs", packets.toString());

        assertThat(result.exitCode()).as(result.output()).isZero();
        Verdict verdict = new Gson().fromJson(Files.readString(verdictFile), Verdict.class);
        assertThat(verdict.problems).isEmpty();
        assertThat(verdict.compared.packets).isEqualTo(examples.size());
        assertThat(verdict.compared.protocols).isEqualTo(50);
        assertThat(verdict.compared.values).isGreaterThan(examples.size());
    }

    private static void addExamples(Place place, List<Example> examples) {
        Random random = new Random(place.toString().hashCode());
        for (int i = 0; i < SAMPLES; i++) {
            Packet packet = place.sample(random);
            Map<String, String> fields = PacketFields.of(packet);
            if (packet instanceof JoinGame join) {
                // Until 1.16.1 theirs is the byte on the wire.
                fields.put("modeWithHardcoreBit", "" + (join.spawn().gameMode() + (join.hardcore() ? 8 : 0)));
            }
            examples.add(
                new Example(
                    place.version().number(),
                    place.state().name().toLowerCase(Locale.ROOT),
                    place.direction().name().toLowerCase(Locale.ROOT),
                    place.type().packetClass().getSimpleName(),
                    ByteBufUtil.hexDump(place.encode(packet)),
                    fields
                )
            );
        }
    }
}
