package io.nightporter.protocol.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketIdGeneratorTest {

    private static final Path COMMITTED = Path.of(
        "src/main/resources/io/nightporter/protocol/version/packet-ids.txt"
    ).toAbsolutePath();

    /** In the form of Mojang's report, with the ids of two public reports of 26.3. */
    private static final Path REPORT_26_3 = Path.of(
        "src/test/resources/io/nightporter/protocol/data/packets-26.3.json"
    ).toAbsolutePath();

    private static final Path LATER = NodeTools.DIRECTORY.resolve("later-versions.txt");

    @TempDir
    Path directory;

    @BeforeAll
    static void installPackages() throws IOException, InterruptedException {
        NodeTools.prepare();
    }

    @Test
    void theCommittedTableIsWhatTheGeneratorMakes() throws IOException, InterruptedException {
        Path table = directory.resolve("packet-ids.txt");
        generate("--out", table.toString());
        assertThat(table).as("run `node generate.mjs` in protocol/data").hasSameBinaryContentAs(COMMITTED);
    }

    @Test
    void aReportLeadsToTheSameTableAsTheChangesByHand() throws IOException, InterruptedException {
        String later = Files.readString(LATER);
        Path shorter = Files.writeString(directory.resolve("later.txt"), later.substring(0, later.indexOf("# 26.3")));
        Path table = directory.resolve("packet-ids.txt");
        generate(
            "--reports",
            REPORT_26_3.toString(),
            "--version",
            "777",
            "--name",
            "26.3",
            "--later",
            shorter.toString(),
            "--out",
            table.toString()
        );
        assertThat(table).hasSameBinaryContentAs(COMMITTED);
        assertThat(shorter).content().contains("version 777 26.3\n", "play clientbound JoinGame: 777=0x32\n");

        Path again = directory.resolve("again.txt");
        generate("--later", shorter.toString(), "--out", again.toString());
        assertThat(again).hasSameBinaryContentAs(COMMITTED);
    }

    @Test
    void aReportBecomesATableForTheRunningProgram() throws IOException, InterruptedException {
        JsonObject report = JsonParser.parseString(Files.readString(REPORT_26_3)).getAsJsonObject();
        JsonObject play = report.getAsJsonObject("play").getAsJsonObject("clientbound");
        play.getAsJsonObject("minecraft:login").addProperty("protocol_id", 0x95);
        play.remove("minecraft:waypoint");
        play.add("minecraft:unheard_of", JsonParser.parseString("{\"protocol_id\": 50}"));
        Path changed = Files.writeString(directory.resolve("packets.json"), report.toString());
        Path extra = directory.resolve("26.4.txt");

        String output = generate(
            "--reports",
            changed.toString(),
            "--version",
            "778",
            "--name",
            "26.4",
            "--extra",
            extra.toString()
        );

        assertThat(output)
            .contains("2 packets of 26.4 differ")
            .contains("note: play clientbound Waypoint is not in the report");
        assertThat(Files.readAllLines(extra)).containsExactly(
            "# Packet ids of 26.4, from Mojang's report.",
            "version 778 26.4",
            "play clientbound JoinGame: 778=0x95",
            "play clientbound Waypoint: 778=x"
        );
        ProtocolVersion added = ProtocolVersions.builtIn().with(List.of(extra)).newest();
        assertThat(added.number()).isEqualTo(778);
        assertThat(added.id(State.PLAY, Direction.CLIENTBOUND, "JoinGame")).isEqualTo(0x95);
        assertThat(added.has(State.PLAY, Direction.CLIENTBOUND, "Waypoint")).isFalse();
        assertThat(added.id(State.PLAY, Direction.CLIENTBOUND, "KeepAlive")).isEqualTo(0x2D);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
            "--version 777 --name 26.3 | protocol 777 is not newer than 777 (26.3), the newest in the table",
            "--version 778 | --reports needs the protocol number and the name of the version",
            "--version seven --name 26.4 | --reports needs the protocol number and the name of the version",
            "--version 778 --name 26.4 --nonsense x | Unknown option '--nonsense'",
        }
    )
    void saysWhatIsWrongWithAnOrder(String options, String message) throws IOException, InterruptedException {
        String order = "--reports " + REPORT_26_3 + " --extra " + directory.resolve("x.txt") + " " + options;
        assertRefused(message, order.split(" "));
    }

    @Test
    void saysWhatIsWrongWithAReport() throws IOException, InterruptedException {
        Path notJson = Files.writeString(directory.resolve("not.json"), "hello");
        Path another = Files.writeString(directory.resolve("blocks.json"), "{\"minecraft:stone\": {}}");
        String[] version = { "--version", "778", "--name", "26.4", "--reports" };
        assertRefused(notJson + ": cannot be read as JSON", with(version, notJson));
        assertRefused(another + ": has no handshake.serverbound; is it reports/packets.json", with(version, another));
        assertRefused("cannot be read as JSON", with(version, directory.resolve("missing.json")));
    }

    private String[] with(String[] options, Path report) {
        String[] all = Arrays.copyOf(options, options.length + 3);
        all[options.length] = report.toString();
        all[options.length + 1] = "--extra";
        all[options.length + 2] = directory.resolve("x.txt").toString();
        return all;
    }

    private static String generate(String... arguments) throws IOException, InterruptedException {
        NodeTools.Result result = NodeTools.node("generate.mjs", arguments);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    private static void assertRefused(String message, String... arguments) throws IOException, InterruptedException {
        NodeTools.Result result = NodeTools.node("generate.mjs", arguments);
        assertThat(result.exitCode()).as(result.output()).isEqualTo(2);
        assertThat(result.output()).contains(message).doesNotContain("    at ");
    }
}
