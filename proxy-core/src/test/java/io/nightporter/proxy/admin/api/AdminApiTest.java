package io.nightporter.proxy.admin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.model.AccessToken;
import io.nightporter.orchestrator.model.AccessToken.Scope;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.model.Workload;
import io.nightporter.proxy.admin.AdminServer;
import io.nightporter.proxy.admin.Readiness;
import io.nightporter.proxy.admin.access.LocalToken;
import io.nightporter.proxy.admin.api.ApiHouse.Heard;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AdminApiTest {

    @TempDir
    private Path folder;

    private ApiHouse house;

    @BeforeEach
    void open() throws Exception {
        house = new ApiHouse(folder);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void becomes(String server, Phase phase) throws InterruptedException {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (house.fleet.server(server).orElseThrow().phase() != phase) {
            assertThat(Instant.now()).as("%s is %s", server, phase).isBefore(deadline);
            Thread.sleep(20);
        }
    }

    // Tokens.

    @Test
    void tokensThatAreWrongExpiredOrRevokedOpenNothing() throws Exception {
        String good = house.token(Scope.READ);
        assertThat(house.ask("GET", "/api/status", good, null).status()).isEqualTo(200);
        for (String wrong : List.of("", "x", "np_", good + "x", good.substring(1), good.replaceFirst("...$", "AAA"))) {
            Heard heard = house.ask("GET", "/api/status", wrong, null);
            assertThat(heard.status()).as(wrong).isEqualTo(401);
            assertThat(heard.response().headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        }
        Heard made = house.ask("POST", "/api/tokens", "{\"name\":\"brief\",\"scope\":\"read\",\"expiresInSeconds\":1}");
        String brief = made.json().get("token").asString();
        assertThat(house.ask("GET", "/api/status", brief, null).status()).isEqualTo(200);
        Thread.sleep(1100);
        assertThat(house.ask("GET", "/api/status", brief, null).status()).isEqualTo(401);

        String id = house.api.tokens().caller(good).orElseThrow().token();
        house.ask("DELETE", "/api/tokens/" + id, null);
        assertThat(house.ask("GET", "/api/status", good, null).status()).isEqualTo(401);
    }

    @Test
    void aTokenIsShownOnceAndKeptAsAHash() {
        Heard made = house.ask("POST", "/api/tokens", "{\"name\":\"ci\",\"scope\":\"owner\",\"owner\":\"Steve\"}");

        String secret = made.json().get("token").asString();
        assertThat(made.status()).isEqualTo(201);
        assertThat(secret).matches("np_[A-Za-z0-9_-]{43}");
        assertThat(house.get("/api/tokens").body()).contains("\"ci\"").doesNotContain(secret);
        assertThat(house.store.access().tokens().toString()).doesNotContain(secret);
        assertThat(house.store.access().tokens())
            .extracting(AccessToken::hash)
            .allMatch(hash -> hash.matches("[0-9a-f]{64}"));
        assertThat(house.ask("POST", "/api/tokens", "{\"name\":\"ci\",\"scope\":\"read\"}").status()).isEqualTo(409);
        assertThat(house.ask("POST", "/api/tokens", "{\"name\":\"local\",\"scope\":\"read\"}").status()).isEqualTo(409);
        assertThat(house.ask("POST", "/api/tokens", "{\"name\":\"x\",\"scope\":\"owner\"}").status()).isEqualTo(400);
        assertThat(house.ask("POST", "/api/tokens", "{\"name\":\"x\",\"scope\":\"king\"}").message()).contains(
            "admin, owner, read"
        );
    }

    @Test
    void theFileOfTheDataDirectoryHoldsAGoodTokenForItsOwnerAlone() throws Exception {
        Path file = house.api.ensureLocalToken(folder);
        String first = Files.readString(file).strip();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(house.ask("GET", "/api/tokens", first, null).status()).isEqualTo(200);

        house.api.ensureLocalToken(folder);
        assertThat(Files.readString(file).strip()).isEqualTo(first);

        Files.writeString(folder.resolve(LocalToken.FILE), "np_stale");
        house.api.ensureLocalToken(folder);
        assertThat(house.ask("GET", "/api/tokens", Files.readString(file).strip(), null).status()).isEqualTo(200);
        assertThat(house.ask("GET", "/api/tokens", first, null).status()).isEqualTo(401);
    }

    @Test
    void anAddressThatOthersCanReachNeedsATokenThatSomebodyWasGiven() throws Exception {
        var outside = new HostAndPort("0.0.0.0", 8080);
        new AdminServer(outside, () -> "", new Readiness(), house.api).close();

        for (AccessToken token : house.store.access().tokens()) {
            house.api.tokens().revoke(token.id());
        }
        house.api.ensureLocalToken(folder);
        assertThatIOException()
            .isThrownBy(() -> new AdminServer(outside, () -> "", new Readiness(), house.api))
            .withMessageContaining("nobody has a token yet");
    }

    // The audit.

    @Test
    void whatWasChangedAndWhoWasRefusedIsOnRecord() throws Exception {
        house.define("survival", "Steve");
        house.get("/api/servers");
        house.ask("POST", "/api/servers/survival/pin", null);
        house.ask("POST", "/api/servers/survival/pin", house.token(Scope.READ), null);
        house.ask("GET", "/api/status", "nonsense", null);
        house.ask("POST", "/api/servers/nowhere/pin", null);

        String audit = house.get("/api/audit").body();
        assertThat(house.names(house.get("/api/audit").json().get("entries"), "method")).containsExactly(
            "GET",
            "POST",
            "POST"
        );
        assertThat(audit).contains("\"token\":null", "\"token\":\"eyes\"", "\"token\":\"boss\"", "127.0.0.1");
        for (int i = 0; i < 100; i++) {
            house.ask("GET", "/api/status", "nonsense", null);
        }
        assertThat(house.store.access().audit(1000)).hasSizeLessThan(130);
    }

    // Requests that make no sense.

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        Heard heard = house.ask("PUT", "/api/servers/big", "{\"image\":\"" + "x".repeat(300_000) + "\"}");
        assertThat(heard.status()).isEqualTo(413);
        assertThat(heard.error()).isEqualTo("too_large");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "",
            "{",
            "[]",
            "null",
            "{\"server\":1}",
            "{\"server\":\"a\",\"server\":\"b\"}",
            "{\"servr\":\"x\"}",
            "{} x",
        }
    )
    void aBodyThatIsNoSuchJsonIsRefusedWithASentence(String body) throws Exception {
        house.define("survival", "Steve");
        house.join("Alex", "survival");

        Heard heard = house.ask("POST", "/api/players/Alex/send", body.isEmpty() ? null : body);
        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.message()).hasSizeBetween(10, 400);
        assertThat(heard.body()).doesNotContain("Exception", "java.", "tools.jackson");
    }

    @Test
    void aSlipIsNamedWithWhatWasMeant() throws Exception {
        house.define("survival", "Steve");
        house.join("Alex", "survival");

        assertThat(house.get("/api/servers/survivl").message()).contains("Did you mean survival?");
        assertThat(house.get("/api/servers?phse=AWAKE").message()).contains("did you mean phase?");
        assertThat(house.get("/api/servers?phase=AWKE").status()).isEqualTo(400);
        assertThat(house.ask("POST", "/api/players/Alex/send", "{\"servr\":\"x\"}").message()).contains(
            "did you mean server?"
        );
        assertThat(house.get("/api/operations?limit=0").status()).isEqualTo(400);
        assertThat(house.ask("GET", "/api/servers/survivl", house.token(Scope.OWNER), null).message()).contains(
            "survival"
        );
    }

    @Test
    void jsonThatIsNestedWithoutEndIsRefused() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);
        assertThat(house.ask("PATCH", "/api/servers/x", deep).status()).isEqualTo(404);
        assertThat(house.ask("POST", "/api/tokens", "{\"name\":" + deep + "}").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = { "..%2F..%2Fetc%2Fpasswd", "..", "%2e%2e", "a%00b", "A%3Bb", "%ff", "a%20b", "-x" })
    void aNameThatIsNoneIsRefused(String name) {
        assertThat(house.ask("PUT", "/api/servers/" + name, "{\"image\":\"x\"}").status()).isIn(400, 404, 405);
        assertThat(house.ask("PUT", "/api/nodes/" + name, "{\"driver\":\"docker\"}").status()).isIn(400, 404, 405);
        assertThat(house.fleet.servers()).isEmpty();
        assertThat(house.fleet.nodes()).hasSize(1);
    }

    @Test
    void methodsAndMediaTypesAreThoseOfTheRoute() {
        Heard post = house.ask("POST", "/api/servers", null);
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.response().headers().firstValue("Allow")).hasValue("GET, HEAD");
        assertThat(house.ask("GET", "/api/nothing", null).status()).isEqualTo(404);
        assertThat(house.ask("HEAD", "/api/servers", null).status()).isEqualTo(200);
        assertThat(house.ask("POST", "/api/servers/x/start", "{}").status()).isEqualTo(404);
        assertThat(house.ask("POST", "/api/servers/x/start", "{\"now\":true}").status()).isEqualTo(400);
        var form = house
            .request("POST", "/api/tokens", house.token(Scope.ADMIN), null)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("name=x"));
        assertThat(house.send(form).status()).isEqualTo(415);
    }

    // Servers.

    @Test
    void ordersMayBeRepeated() throws Exception {
        house.define("survival", "Steve");

        Heard first = house.ask("POST", "/api/servers/survival/start", null);
        assertThat(first.status()).isEqualTo(202);
        becomes("survival", Phase.AWAKE);
        Heard second = house.ask("POST", "/api/servers/survival/start", null);
        assertThat(second.status()).isEqualTo(200);
        assertThat(
            house
                .get("/api/operations/" + first.json().get("operation").asString())
                .json()
                .get("kind")
                .asString()
        ).isEqualTo("start");
        Heard shown = house.get("/api/servers/survival");
        assertThat(shown.json().get("status").asString()).isEqualTo("running");
        assertThat(shown.json().get("address").asString()).isEqualTo("127.0.0.1:25565");
        assertThat(house.get("/api/servers/survival/logs?tail=1").json().get("lines").size()).isEqualTo(1);

        assertThat(house.ask("POST", "/api/servers/survival/pin", null).status()).isEqualTo(200);
        assertThat(house.get("/api/servers/survival").json().get("pinnedBy").asString()).isEqualTo("boss");
        assertThat(house.ask("POST", "/api/servers/survival/stop", null).status()).isEqualTo(202);
        becomes("survival", Phase.ASLEEP);
        assertThat(house.ask("POST", "/api/servers/survival/stop", null).status()).isEqualTo(200);
        assertThat(house.get("/api/servers?phase=asleep&owner=steve&node=n1").json().get("servers").size()).isEqualTo(
            1
        );
        assertThat(house.get("/api/operations?state=done&server=survival").json().get("operations").size()).isEqualTo(
            2
        );
    }

    @Test
    void aServerIsDefinedChangedAndRemoved() {
        assertThat(
            house.ask("PUT", "/api/servers/lobby", "{\"image\":\"a\",\"env\":{\"KEY\":\"hush\"}}").status()
        ).isEqualTo(201);
        assertThat(
            house.ask("PUT", "/api/servers/lobby", "{\"image\":\"b\",\"env\":{\"KEY\":\"hush\"}}").status()
        ).isEqualTo(200);
        Heard patched = house.ask(
            "PATCH",
            "/api/servers/lobby",
            "{\"motd\":\"hi\",\"env\":{\"B\":\"c\",\"KEY\":null}}"
        );
        assertThat(patched.json().get("definition").toString()).isEqualTo(
            "{\"image\":\"b\",\"env\":{\"B\":\"c\"},\"motd\":\"hi\"}"
        );

        Heard wrong = house.ask("PUT", "/api/servers/lobby", "{\"imag\":\"b\"}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.error()).isEqualTo("invalid_definition");
        assertThat(wrong.json().get("problems").get(0).get("path").asString()).isEqualTo("fleet.servers.lobby.imag");

        assertThat(house.ask("DELETE", "/api/servers/lobby", null).status()).isEqualTo(200);
        assertThat(house.get("/api/servers/lobby").status()).isEqualTo(404);
    }

    @Test
    void whoOnlyReadsSeesNoSecretsOfDefinitions() {
        house.ask("PUT", "/api/servers/lobby", "{\"image\":\"a\",\"env\":{\"PASSWORD\":\"hush\"}}");

        assertThat(house.get("/api/servers/lobby").body()).contains("hush");
        assertThat(house.ask("GET", "/api/servers/lobby", house.token(Scope.READ), null).body())
            .contains("PASSWORD")
            .doesNotContain("hush");
    }

    @Test
    void ownersChangeWhatIsTheirsToChange() throws Exception {
        house.define("survival", "Steve");
        String steve = house.token(Scope.OWNER);

        assertThat(
            house.ask("PATCH", "/api/servers/survival", steve, "{\"payPerUse\":false,\"motd\":\"x\"}").status()
        ).isEqualTo(200);
        Heard refused = house.ask("PATCH", "/api/servers/survival", steve, "{\"motd\":\"y\",\"image\":\"evil\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message()).contains("image");
        assertThat(
            house.ask("PATCH", "/api/servers/survival", steve, "{\"owners\":[\"Steve\",\"Alex\"]}").status()
        ).isEqualTo(403);
        assertThat(house.get("/api/servers/survival").json().get("definition").get("motd").asString()).isEqualTo("x");
    }

    @Test
    void ownersNeedNothingThatIsNotTheirs() throws Exception {
        house.define("survival", "Steve");
        house.define("shop", "Steve");
        house.define("victim", "Alex");
        String steve = house.token(Scope.OWNER);

        Heard refused = house.ask("PATCH", "/api/servers/survival", steve, "{\"wake\":{\"needs\":[\"victim\"]}}");
        Heard nobody = house.ask("PATCH", "/api/servers/survival", steve, "{\"wake\":{\"needs\":[\"nobody\"]}}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(nobody.status()).isEqualTo(403);
        assertThat(nobody.message())
            .as("nothing is given away")
            .isEqualTo(refused.message().replace("victim", "nobody"));
        assertThat(house.get("/api/servers/victim").json().get("phase").asString()).isEqualToIgnoringCase("asleep");

        assertThat(
            house.ask("PATCH", "/api/servers/survival", steve, "{\"wake\":{\"needs\":[\"shop\"]}}").status()
        ).isEqualTo(200);
        assertThat(
            house.ask("PATCH", "/api/servers/survival", "{\"wake\":{\"needs\":[\"victim\"]}}").status()
        ).isEqualTo(200);
        assertThat(house.ask("PATCH", "/api/servers/survival", steve, "{\"motd\":\"mine\"}").status())
            .as("what an admin wrote may stay")
            .isEqualTo(200);
    }

    @Test
    void ownersSendPlayersBetweenTheirServersOnly() throws Exception {
        house.define("mine", "Steve");
        house.define("mine2", "Steve");
        house.define("other", "Alex");
        house.join("Guest", "mine");
        house.join("Stranger", "other");
        String steve = house.token(Scope.OWNER);

        assertThat(house.ask("POST", "/api/players/guest/send", steve, "{\"server\":\"mine2\"}").status()).isEqualTo(
            200
        );
        assertThat(house.ask("POST", "/api/players/guest/send", steve, "{\"server\":\"other\"}").status()).isEqualTo(
            404
        );
        assertThat(house.ask("POST", "/api/players/Stranger/send", steve, "{\"server\":\"mine\"}").status()).isEqualTo(
            404
        );
        Heard list = house.ask("GET", "/api/players", steve, null);
        assertThat(house.names(list.json().get("players"), "name")).containsExactly("Guest");
        assertThat(list.body()).doesNotContain("192.0.2.1");
        assertThat(house.get("/api/players").body()).contains("192.0.2.1", "Stranger");
        assertThat(house.ask("POST", "/api/players/Guest/message", "{\"text\":\"<golden>x\"}").status()).isEqualTo(400);
        assertThat(house.said).hasSize(1);
    }

    @Test
    void whatComesFromElsewhereIsLeftAlone() throws Exception {
        house.fleet
            .define(
                ServerDefinition.named("fixed", new Workload.Image("x", Map.of())).managedBy(ManagedBy.YAML).build()
            )
            .get();
        for (Heard heard : List.of(
            house.ask("PUT", "/api/servers/fixed", "{\"image\":\"y\"}"),
            house.ask("PATCH", "/api/servers/fixed", "{\"payPerUse\":true}"),
            house.ask("DELETE", "/api/servers/fixed", null)
        )) {
            assertThat(heard.status()).isEqualTo(409);
            assertThat(heard.message()).isEqualTo(
                "fixed comes from the configuration files and can only be changed there."
            );
        }
    }

    @Test
    void applyingTellsWhatBecameOfEachAndOfAWrongTextDoesNothing() throws Exception {
        house.define("taken", "Steve");
        String text =
            "{\"nodes\":{\"n2\":{\"driver\":\"docker\"}},\"servers\":{\"a\":{\"image\":\"x\"},\"taken\":{\"image\":\"x\"}}}";

        Heard dry = house.ask("POST", "/api/apply?dryRun=true", text);
        assertThat(house.names(dry.json().get("results"), "result")).containsExactly("created", "created", "refused");
        assertThat(house.get("/api/servers/a").status()).isEqualTo(404);

        assertThat(house.names(house.ask("POST", "/api/apply", text).json().get("results"), "result")).containsExactly(
            "created",
            "created",
            "refused"
        );
        assertThat(house.names(house.ask("POST", "/api/apply", text).json().get("results"), "result")).containsExactly(
            "unchanged",
            "unchanged",
            "refused"
        );
        assertThat(
            house.ask("POST", "/api/apply", "{\"servers\":{\"b\":{\"image\":\"x\"},\"c\":{\"imag\":\"x\"}}}").status()
        ).isEqualTo(422);
        assertThat(house.get("/api/servers/b").status()).isEqualTo(404);
    }

    @Test
    void requestsAreCountedByTheRouteAsItIsDeclared() {
        house.get("/api/servers/a");
        house.get("/api/servers/b");
        house.get("/api/nonsense");

        assertThat(house.metered()).contains("GET /api/servers/{name} 404", "other 404").doesNotContain("a", "b");
    }
}
