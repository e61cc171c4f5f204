package io.nightporter.proxy.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.proxy.admin.route.Route;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The document that the API gives of itself. */
@Timeout(60)
class OpenApiTest {

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

    private SwaggerParseResult parsed(String document) {
        var options = new ParseOptions();
        options.setResolve(true);
        return new OpenAPIV3Parser().readContents(document, null, options);
    }

    @Test
    void itIsOpenApi() {
        SwaggerParseResult result = parsed(house.document.toString());

        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
        // The parser does complain about what is wrong.
        assertThat(
            parsed(house.document.toString().replace("\"responses\"", "\"respnses\"")).getMessages()
        ).isNotEmpty();
    }

    @Test
    void everyRouteIsInItAndNothingElse() {
        var documented = new TreeSet<String>();
        house.document
            .get("paths")
            .forEachEntry((path, item) ->
                item
                    .propertyNames()
                    .forEach(method -> documented.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path))
            );
        assertThat(documented).containsExactlyInAnyOrderElementsOf(
            house.api.routes().routes().stream().map(Route::label).toList()
        );
        var ids = new TreeSet<String>();
        house.document
            .findValues("operationId")
            .forEach(id -> assertThat(ids.add(id.asString())).as(id.asString()).isTrue());
    }

    /** Each answer is held against the document where it comes in. */
    @Test
    void everyAnswerThatIsDocumentedIsGivenAndHasItsShape() throws Exception {
        house.define("lobby", "Steve");
        house.join("Guest", "lobby");
        house.ask("POST", "/api/servers/lobby/unpin", null);
        house.ask("POST", "/api/servers/lobby/pin", null);
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (house.fleet.server("lobby").orElseThrow().phase() != Phase.AWAKE) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.sleep(20);
        }
        for (String path : new String[] {
            "/api/status",
            "/api/servers",
            "/api/servers/lobby",
            "/api/servers/lobby/status",
            "/api/servers/lobby/logs",
            "/api/servers/lobby/why",
            "/api/nodes",
            "/api/nodes/n1",
            "/api/players",
            "/api/operations",
            "/api/events?follow=false",
            "/api/tokens",
            "/api/audit",
            "/api/openapi.json",
        }) {
            house.get(path);
        }
        house.ask("POST", "/api/servers/lobby/restart", null);
        house.ask("POST", "/api/servers/lobby/stop", null);
        house.ask("POST", "/api/servers/lobby/start", null);
        house.ask("POST", "/api/players/Guest/send", "{\"server\":\"lobby\"}");
        house.ask("POST", "/api/players/Guest/kick", null);
        house.ask("POST", "/api/players/Guest/message", "{\"text\":\"hi\"}");
        house.ask("PATCH", "/api/servers/lobby", "{\"payPerUse\":true}");
        house.ask("PATCH", "/api/servers/lobby", "{\"nonsense\":true}");
        Operation operation = house.operation("lobby", Operation.State.RUNNING);
        house.get("/api/operations/" + operation.id());
        house.ask("DELETE", "/api/operations/" + operation.id(), null);
        for (String what : new String[] { "servers/new", "nodes/new" }) {
            house.ask("PUT", "/api/" + what, "{\"nonsense\":1}");
            house.ask("PUT", "/api/" + what, what.startsWith("n") ? "{\"driver\":\"docker\"}" : "{\"image\":\"x\"}");
            house.ask("PUT", "/api/" + what, what.startsWith("n") ? "{\"driver\":\"docker\"}" : "{\"image\":\"y\"}");
        }
        house.ask("POST", "/api/nodes/new/drain", "{\"draining\":true}");
        house.ask("DELETE", "/api/servers/new", null);
        house.ask("DELETE", "/api/nodes/new", null);
        house.ask("POST", "/api/apply", "{\"servers\":{\"x\":{\"image\":\"y\"}}}");
        house.ask("POST", "/api/apply", "{\"servers\":{\"x\":{\"nonsense\":\"y\"}}}");
        String id = house.ask("POST", "/api/tokens", "{\"name\":\"x\",\"scope\":\"read\"}").json().get("id").asString();
        house.ask("DELETE", "/api/tokens/" + id, null);

        for (Route route : house.api.routes().routes()) {
            assertThat(route.answers().keySet())
                .as("answers of %s among %s", route.label(), house.seen)
                .anyMatch(status -> status < 300 && house.seen.contains(route.label() + " " + status));
            if (route.answers().containsKey(422)) {
                assertThat(house.seen).contains(route.label() + " 422");
            }
        }
    }
}
