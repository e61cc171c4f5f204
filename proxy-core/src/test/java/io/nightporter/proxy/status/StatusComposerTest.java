package io.nightporter.proxy.status;

import static io.nightporter.proxy.routing.SampleConfiguration.address;
import static io.nightporter.proxy.routing.SampleConfiguration.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.VersionRange;
import io.nightporter.proxy.config.Presentation;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.text.Phrasebook;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class StatusComposerTest {

    private static final int NEWEST = 777;
    private static final String PNG_1 = "data:image/png;base64,1111";
    private static final String PNG_2 = "data:image/png;base64,2222";
    private static final String PNG_3 = "data:image/png;base64,3333";

    private static final ObjectNode BACKEND = json(
        """
        {"version": {"name": "Paper 1.21.4", "protocol": 769}, "description": {"text": "theirs", "odd": [1]},
         "players": {"max": 30, "online": 3, "sample": [{"name": "Alex", "id": "1"}]},
         "favicon": "%s", "enforcesSecureChat": true, "forgeData": {"mods": []}}
        """.formatted(PNG_2)
    );
    private static final BackendStatus UP = new BackendStatus.Up(BACKEND);
    private static final BackendStatus NEVER_UP = new BackendStatus.Down(null, "connection refused");
    private static final BackendStatus DOWN = new BackendStatus.Down(
        json(
            """
            {"version": {"name": "Paper 1.21.4", "protocol": 769}, "description": {"text": "theirs"},
             "players": {"max": 30, "online": 0}, "favicon": "%s"}
            """.formatted(PNG_2)
        ),
        "connection refused"
    );

    private static final Presentation OWN = new Presentation("own", PNG_1, List.of("<red>own line</red>"), 11);
    private static final Presentation COMMON = new Presentation("common", PNG_3, List.of("common line"), 33);

    @Nested
    class WhoDecides {

        @Test
        void aServerThatIsUpIsShownAsItShowsItself() {
            ObjectNode shown = compose(Presentation.NOTHING, COMMON, UP);
            ObjectNode expected = BACKEND.deepCopy();
            ((ObjectNode) expected.get("version")).put("protocol", NEWEST);
            assertThat(shown).isEqualTo(expected);
        }

        @Test
        void theServersPresentationWinsOverWhatItSaysItself() {
            ObjectNode shown = compose(OWN, COMMON, UP);
            assertThat(shown.get("description")).isEqualTo(json("{\"text\":\"own\"}"));
            assertThat(shown.get("favicon").asString()).isEqualTo(PNG_1);
            assertThat(shown.at("/players/max").asInt()).isEqualTo(11);
            assertThat(shown.at("/players/online").asInt()).isEqualTo(3);
            assertThat(shown.at("/players/sample")).isEqualTo(
                JsonMapper.shared().readTree(
                    "[{\"name\":\"§cown line\",\"id\":\"00000000-0000-0000-0000-000000000000\"}]"
                )
            );
            assertThat(shown.get("forgeData")).isEqualTo(BACKEND.get("forgeData"));
        }

        @Test
        void thePresentationOfTheProxyFillsWhatNeitherSays() {
            BackendStatus bare = new BackendStatus.Up(json("{\"players\":{\"online\":3}}"));
            ObjectNode shown = compose(Presentation.NOTHING, COMMON, bare);
            assertThat(shown.at("/description/text").asString()).isEqualTo("common");
            assertThat(shown.get("favicon").asString()).isEqualTo(PNG_3);
            assertThat(shown.at("/players/max").asInt()).isEqualTo(33);
            assertThat(shown.at("/players/online").asInt()).isEqualTo(3);
            assertThat(shown.at("/players/sample/0/name").asString()).isEqualTo("common line");
        }

        @Test
        void somethingIsAlwaysShown() {
            ObjectNode shown = compose(Presentation.NOTHING, Presentation.NOTHING, new BackendStatus.Up(json("{}")));
            assertThat(shown.at("/description/text").asString()).isEqualTo("A Minecraft server");
            assertThat(shown.at("/version/protocol").asInt()).isEqualTo(NEWEST);
            assertThat(shown.has("favicon")).isFalse();
        }

        @Test
        void aServerThatHidesItsPlayersHidesThemHereToo() {
            BackendStatus hiding = new BackendStatus.Up(json("{\"description\":\"x\"}"));
            assertThat(compose(Presentation.NOTHING, COMMON, hiding).has("players")).isFalse();
            assertThat(compose(OWN, COMMON, hiding).at("/players/max").asInt()).isEqualTo(11);
        }

        @Test
        void fieldsOfAWrongKindDoNoHarm() {
            BackendStatus odd = new BackendStatus.Up(
                json("{\"version\":7,\"players\":[],\"favicon\":{},\"description\":null}")
            );
            ObjectNode shown = compose(Presentation.NOTHING, COMMON, odd);
            assertThat(shown.at("/description/text").asString()).isEqualTo("common");
            assertThat(shown.get("favicon").asString()).isEqualTo(PNG_3);
            assertThat(shown.at("/version/protocol").asInt()).isEqualTo(NEWEST);
        }
    }

    @Nested
    class AServerThatIsDown {

        @Test
        void keepsItsLastFaceWithAStateLineAndWithoutPlayers() {
            ObjectNode shown = compose(Presentation.NOTHING, Presentation.NOTHING, DOWN);
            assertThat(plain(shown)).isEqualTo("theirs\noffline");
            assertThat(shown.get("description").toString()).contains("\"color\":\"red\"");
            assertThat(shown.get("favicon").asString()).isEqualTo(PNG_2);
            assertThat(shown.at("/version/name").asString()).isEqualTo("Paper 1.21.4");
            assertThat(shown.get("players")).isEqualTo(json("{\"max\":30,\"online\":0}"));
        }

        @Test
        void hasTheConfiguredFaceIfItWasNeverUp() {
            ObjectNode shown = compose(OWN, COMMON, NEVER_UP);
            assertThat(plain(shown)).isEqualTo("own\noffline");
            assertThat(shown.get("favicon").asString()).isEqualTo(PNG_1);
            assertThat(shown.at("/players/max").asInt()).isEqualTo(11);
            assertThat(shown.at("/players/online").asInt()).isZero();
            assertThat(plain(compose(Presentation.NOTHING, COMMON, NEVER_UP))).isEqualTo("common\noffline");
            assertThat(plain(compose(Presentation.NOTHING, Presentation.NOTHING, NEVER_UP))).isEqualTo(
                "A Minecraft server\noffline"
            );
        }

        @ParameterizedTest
        @ValueSource(
            strings = {
                "\"first\\nsecond\"",
                "{\"text\":\"first\\nsecond\"}",
                "{\"text\":\"\",\"extra\":[{\"text\":\"fi\"},{\"text\":\"rst\\n\"},{\"text\":\"second\"}]}",
                "[\"fir\",{\"text\":\"st\",\"extra\":[\"\\nsec\",\"ond\"]},\"third\"]",
            }
        )
        void showsTheStateInThePlaceOfASecondLine(String description) {
            BackendStatus down = new BackendStatus.Down(json("{\"description\":" + description + "}"), "gone");
            assertThat(plain(compose(Presentation.NOTHING, COMMON, down))).isEqualTo("first\noffline");
        }

        @Test
        void showsTheStateEvenIfItsTextCannotBeRead() {
            for (String odd : List.of("7", "true", "{\"odd\":1}", "[]", "{\"text\":\"x\",\"font\":\"NO SUCH!\"}")) {
                BackendStatus down = new BackendStatus.Down(json("{\"description\":" + odd + "}"), "gone");
                assertThat(plain(compose(Presentation.NOTHING, COMMON, down))).endsWith("\noffline");
            }
            String deep = "{\"extra\":[".repeat(200) + "\"x\"" + "]}".repeat(200);
            BackendStatus down = new BackendStatus.Down(json("{\"description\":" + deep + "}"), "gone");
            assertThat(plain(compose(Presentation.NOTHING, COMMON, down))).isEqualTo("\noffline");
        }
    }

    @Nested
    class TheVersion {

        private final ServerSettings recent = settings(Presentation.NOTHING, new VersionRange(764, 777));

        @Test
        void isTheClientsOwnWhenItIsWelcome() {
            assertThat(version(recent, 765)).isEqualTo(json("{\"name\":\"Paper 1.21.4\",\"protocol\":765}"));
        }

        @Test
        void saysWhichAreWelcomeToAClientThatIsNot() {
            assertThat(version(recent, 47)).isEqualTo(json("{\"name\":\"1.20.2 - 26.3\",\"protocol\":777}"));
            assertThat(version(settings(Presentation.NOTHING, new VersionRange(47, 47)), 765)).isEqualTo(
                json("{\"name\":\"1.8 - 1.8.9\",\"protocol\":47}")
            );
        }

        @Test
        void countsTheVersionsOfTheAddressesToo() {
            ServerSettings twoWorlds = server(
                "main",
                List.of("*"),
                address("127.0.0.1", 1, new VersionRange(4, 340)),
                address("127.0.0.1", 2, new VersionRange(764, 776))
            );
            assertThat(version(twoWorlds, 500)).isEqualTo(
                json("{\"name\":\"1.7.2 - 1.12.2, 1.20.2 - 26.2\",\"protocol\":776}")
            );
        }

        @ParameterizedTest
        @ValueSource(ints = { 778, 0x40000000 | 335, Integer.MAX_VALUE, 3, 46 })
        void isTheClientsOwnWhenNoTableKnowsIt(int unknown) {
            assertThat(version(recent, unknown).get("protocol").asInt()).isEqualTo(unknown);
        }

        @Test
        void isTheNewestForToolsThatAskWhichIsRight() {
            assertThat(version(recent, -1).get("protocol").asInt()).isEqualTo(777);
        }

        @Test
        void ofABackendThatSaysNoneIsTheRange() {
            ObjectNode shown = composer(Presentation.NOTHING).compose(recent, NEVER_UP, 765);
            assertThat(shown.get("version")).isEqualTo(json("{\"name\":\"1.20.2 - 26.3\",\"protocol\":765}"));
        }

        private JsonNode version(ServerSettings server, int protocol) {
            return composer(Presentation.NOTHING).compose(server, UP, protocol).get("version");
        }
    }

    @Nested
    class TheText {

        private final Presentation orange = new Presentation(
            "<#ffab03><bold>Night</bold> shift</#ffab03>",
            null,
            List.of(),
            null
        );

        @Test
        void hasAnyColourSince116() {
            assertThat(motd(735)).contains("\"color\":\"#FFAB03\"").contains("\"bold\":true");
        }

        @Test
        void hasTheNearestOfSixteenColoursBefore() {
            assertThat(motd(47)).contains("\"color\":\"gold\"").doesNotContain("#");
            assertThat(motd(578)).contains("\"color\":\"gold\"").doesNotContain("#");
        }

        @Test
        void isCodesBefore18() {
            assertThat(motd(5)).isEqualTo("{\"text\":\"§6§lNight§6 shift\"}");
        }

        @Test
        void keepsItsStateLineBefore18() {
            ObjectNode shown = composer(Presentation.NOTHING).compose(settings(orange, VersionRange.ALL), NEVER_UP, 4);
            assertThat(shown.get("description")).isEqualTo(json("{\"text\":\"§6§lNight§6 shift§r\\n§coffline\"}"));
        }

        @Test
        void thatIsNoMiniMessageIsShownAsItStands() {
            Presentation broken = new Presentation("<gold>never §6closed", null, List.of("<b"), null);
            ObjectNode shown = compose(broken, Presentation.NOTHING, UP);
            assertThat(shown.at("/description/text").asString()).isEqualTo("<gold>never §6closed");
        }

        private String motd(int protocol) {
            return composer(Presentation.NOTHING)
                .compose(settings(orange, VersionRange.ALL), UP, protocol)
                .get("description")
                .toString();
        }
    }

    @Nested
    class TheSize {

        @Test
        void ofAFaviconMayBeAsLargeAsAClientReads() {
            String favicon = "x".repeat(StatusComposer.LONGEST_JSON - 300);
            assertThat(written(presentation("m", favicon, "line"))).contains("\"favicon\"");
        }

        @Test
        void isBoughtWithTheFaviconFirst() {
            ObjectNode shown = json(written(presentation("m", "x".repeat(StatusComposer.LONGEST_JSON), "line")));
            assertThat(shown.has("favicon")).isFalse();
            assertThat(shown.at("/players/sample/0/name").asString()).isEqualTo("line");
        }

        @Test
        void thenWithTheSample() {
            ObjectNode shown = json(written(presentation("m", "x", "y".repeat(StatusComposer.LONGEST_JSON))));
            assertThat(shown.at("/players").has("sample")).isFalse();
            assertThat(shown.at("/players/max").asInt()).isEqualTo(11);
            assertThat(shown.at("/description/text").asString()).isEqualTo("m");
        }

        @Test
        void thenWithWhatModsSay() {
            ObjectNode entry = BACKEND.deepCopy().put("forgeData", "z".repeat(StatusComposer.LONGEST_JSON));
            ObjectNode shown = json(StatusComposer.write(entry));
            assertThat(shown.has("forgeData")).isFalse();
            assertThat(shown.at("/description/text").asString()).isEqualTo("theirs");
        }

        @Test
        void andWithTheTextAtLast() {
            ObjectNode shown = json(written(presentation("m".repeat(StatusComposer.LONGEST_JSON), "x", "y")));
            assertThat(shown.at("/description/text").asString()).isEqualTo("A Minecraft server");
            assertThat(shown.at("/players/online").asInt()).isEqualTo(3);
            assertThat(shown.at("/version/protocol").asInt()).isEqualTo(NEWEST);
        }

        private static String written(Presentation presentation) {
            String json = StatusComposer.write(compose(presentation, Presentation.NOTHING, UP));
            assertThat(json.length()).isLessThanOrEqualTo(StatusComposer.LONGEST_JSON);
            return json;
        }

        private static Presentation presentation(String motd, String favicon, String line) {
            return new Presentation(motd, favicon, List.of(line), 11);
        }
    }

    @Property(tries = 200)
    void anUnknownHostIsNamedAsTextWhateverItIs(@ForAll String host, @ForAll int protocol) {
        ObjectNode shown = composer(COMMON).unknownHost(host, protocol);
        if (protocol < 0 || protocol >= 47) {
            assertThat(plain(shown)).contains(host);
        }
        assertThat(shown.at("/version/protocol").asInt()).isEqualTo(protocol < 0 ? NEWEST : protocol);
    }

    private static ObjectNode compose(Presentation own, Presentation common, BackendStatus backend) {
        return composer(common).compose(settings(own, VersionRange.ALL), backend, NEWEST);
    }

    private static StatusComposer composer(Presentation common) {
        return new StatusComposer(common, new WelcomeVersions(ProtocolVersions.builtIn()), Phrasebook.builtIn());
    }

    private static ServerSettings settings(Presentation presentation, VersionRange versions) {
        return server("main", List.of("*"), versions, presentation, address("127.0.0.1", 25_565, VersionRange.ALL));
    }

    private static String plain(ObjectNode shown) {
        StringBuilder text = new StringBuilder();
        collect(shown.get("description"), text);
        return text.toString();
    }

    private static void collect(@Nullable JsonNode node, StringBuilder text) {
        if (node == null) {
            return;
        }
        if (node.isString()) {
            text.append(node.asString());
        } else if (node.isArray()) {
            node.forEach(child -> collect(child, text));
        } else {
            collect(node.get("text"), text);
            collect(node.get("extra"), text);
        }
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }
}
