package io.nightporter.protocol.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.netty.buffer.ByteBufUtil;
import io.nightporter.protocol.data.NodeTools;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.DeclareCommands;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTreeTest {

    private static final CommandTree OURS = CommandTree.of(
        List.of(
            CommandNode.executable("server", CommandNode.word("name")),
            CommandNode.command("hub"),
            CommandNode.command(
                "nightporter",
                CommandNode.command("status"),
                CommandNode.command("announce", CommandNode.restOfLine("words"))
            )
        )
    );

    private static final List<String> OUR_USAGES = List.of(
        "hub",
        "nightporter announce <words brigadier:string \"GREEDY_PHRASE\" minecraft:ask_server>",
        "nightporter status",
        "server",
        "server <name brigadier:string \"SINGLE_WORD\" minecraft:ask_server>"
    );

    private static final int NEWEST_OF_MINECRAFT_DATA = 775;

    private static final int PROTOCOLS_WITH_COMMANDS = 37;

    @TempDir
    Path directory;

    /** A tree as node-minecraft-protocol wrote it. */
    private record Written(int protocol, String tree, String hex) {}

    /** What node-minecraft-protocol understands of one. */
    private record Understood(int protocol, List<String> usages) {}

    @Test
    void ourCommandsStandBesideAServersInEveryVersion() throws IOException, InterruptedException {
        List<Written> servers = serverTrees();
        List<Written> both = servers
            .stream()
            .map(tree -> new Written(tree.protocol, tree.tree, hex(OURS.addedTo(packet(tree.hex), tree.protocol))))
            .toList();

        List<Understood> before = understood(servers);
        List<Understood> after = understood(both);

        assertThat(servers.stream().map(Written::protocol).distinct()).hasSize(PROTOCOLS_WITH_COMMANDS);
        for (int i = 0; i < servers.size(); i++) {
            boolean grown = !servers.get(i).tree.equals("rootLast");
            List<String> expected = new ArrayList<>(before.get(i).usages);
            expected.addAll(grown ? OUR_USAGES : List.of());
            assertThat(after.get(i).usages)
                .as("%s in protocol %d", servers.get(i).tree, servers.get(i).protocol)
                .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void ourCommandsAloneAreATreeInEveryVersion() throws IOException, InterruptedException {
        NodeTools.prepare();
        List<Written> alone = ProtocolVersions.builtIn()
            .all()
            .stream()
            .map(ProtocolVersion::number)
            .filter(protocol -> protocol >= 393 && protocol <= NEWEST_OF_MINECRAFT_DATA)
            .map(protocol -> new Written(protocol, "alone", hex(OURS.alone(protocol))))
            .toList();
        assertThat(understood(alone))
            .hasSize(PROTOCOLS_WITH_COMMANDS)
            .allSatisfy(tree -> assertThat(tree.usages).containsExactlyElementsOf(OUR_USAGES));
    }

    @ParameterizedTest
    @ValueSource(ints = { 393, 758, 759, 777 })
    void withoutCommandsThereIsJustTheRoot(int protocol) {
        assertThat(hex(CommandTree.empty().alone(protocol))).isEqualTo("01000000");
        DeclareCommands server = packet("01000000");
        assertThat(CommandTree.empty().addedTo(server, protocol)).isSameAs(server);
        assertThat(OURS.addedTo(server, protocol)).isEqualTo(OURS.alone(protocol));
    }

    @ParameterizedTest
    @CsvSource({ "758, 106272696761646965723a737472696e67", "759, 05", "776, 05", "777, 05" })
    void anArgumentIsNamedUntil1182AndNumberedLater(int protocol, String parser) {
        CommandTree tree = CommandTree.of(List.of(CommandNode.command("a", CommandNode.word("b"))));
        assertThat(hex(tree.alone(protocol))).isEqualTo(
            "03" + "000101" + "010102" + "0161" + "1600" + "0162" + parser + "00" + hexOf("minecraft:ask_server") + "00"
        );
    }

    @ParameterizedTest
    @CsvSource({
        "'', nothing at all",
        "00, no node",
        "01, an end after the count",
        "0000, no node but a root",
        "010000, no place of the root",
        "02000100, the child is the last number",
        "01000001, the root is elsewhere",
        "01010000, the first node is a literal",
        "01080000, the root is redirected",
        "01000500, more children than nodes",
        "01008080808080808000, a number without an end",
        "ffffffff0f000000, a negative count",
    })
    void aTreeThatCannotBeRightStaysAsItIs(String hex, String why) {
        DeclareCommands server = packet(hex);
        assertThat(OURS.addedTo(server, 777)).as(why).isSameAs(server);
    }

    @Property(tries = 2_000)
    void whateverAServerSendsComesOutAsATreeOrAsItWas(@ForAll byte[] bytes) {
        DeclareCommands server = new DeclareCommands(Bytes.of(bytes));
        DeclareCommands both = OURS.addedTo(server, 777);
        assertThat(both.tree().size()).isGreaterThanOrEqualTo(bytes.length);
    }

    private List<Written> serverTrees() throws IOException, InterruptedException {
        NodeTools.prepare();
        Path output = directory.resolve("written.json");
        NodeTools.Result result = NodeTools.node(output, "command-trees.mjs", "write");
        assertThat(result.exitCode()).as(result.output()).isZero();
        return Stream.of(new Gson().fromJson(Files.readString(output), Written[].class)).toList();
    }

    private List<Understood> understood(List<Written> trees) throws IOException, InterruptedException {
        Path input = directory.resolve("trees.json");
        Path output = directory.resolve("understood.json");
        Files.writeString(input, new Gson().toJson(trees));
        NodeTools.Result result = NodeTools.node(output, "command-trees.mjs", "read", input.toString());
        assertThat(result.exitCode()).as(result.output()).isZero();
        return List.of(new Gson().fromJson(Files.readString(output), Understood[].class));
    }

    private static DeclareCommands packet(String hex) {
        return new DeclareCommands(Bytes.of(ByteBufUtil.decodeHexDump(hex)));
    }

    private static String hex(DeclareCommands packet) {
        return ByteBufUtil.hexDump(packet.tree().toArray());
    }

    private static String hexOf(String text) {
        return "%02x".formatted(text.length()) + ByteBufUtil.hexDump(Bytes.utf8(text).toArray());
    }
}
