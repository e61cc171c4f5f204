package io.nightporter.proxy.admin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.nightporter.orchestrator.model.AccessToken.Scope;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.proxy.admin.route.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what: every route, with every kind of token, at one's own server and at somebody else's. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessRulesTest {

    /** What is expected of each route, written down a second time. A route that is not here is not tested, and fails. */
    private enum Expected {
        NOBODY_NEEDS_A_TOKEN(true, true),
        EVERYBODY(true, true),
        OWN_AND_READ(true, true),
        OWN(false, true),
        READ(true, false),
        ADMIN(false, false);

        final boolean read;
        final boolean owner;

        Expected(boolean read, boolean owner) {
            this.read = read;
            this.owner = owner;
        }

        boolean hidesOthers() {
            return this == OWN || this == OWN_AND_READ;
        }
    }

    private record Case(Expected expected, @Nullable String body) {
        Case(Expected expected) {
            this(expected, null);
        }
    }

    private static final Map<String, Case> CASES = Map.ofEntries(
        Map.entry("GET /api/openapi.json", new Case(Expected.NOBODY_NEEDS_A_TOKEN)),
        Map.entry("GET /api/status", new Case(Expected.EVERYBODY)),
        Map.entry("GET /api/servers", new Case(Expected.EVERYBODY)),
        Map.entry("GET /api/servers/{name}", new Case(Expected.OWN_AND_READ)),
        Map.entry("GET /api/servers/{name}/status", new Case(Expected.OWN_AND_READ)),
        Map.entry("GET /api/servers/{name}/logs", new Case(Expected.OWN_AND_READ)),
        Map.entry("GET /api/servers/{name}/why", new Case(Expected.OWN_AND_READ)),
        Map.entry("POST /api/servers/{name}/start", new Case(Expected.OWN)),
        Map.entry("POST /api/servers/{name}/stop", new Case(Expected.OWN)),
        Map.entry("POST /api/servers/{name}/restart", new Case(Expected.OWN)),
        Map.entry("POST /api/servers/{name}/pin", new Case(Expected.OWN)),
        Map.entry("POST /api/servers/{name}/unpin", new Case(Expected.OWN)),
        Map.entry("PUT /api/servers/{name}", new Case(Expected.ADMIN, "{\"image\":\"other\"}")),
        Map.entry("PATCH /api/servers/{name}", new Case(Expected.OWN, "{\"payPerUse\":false}")),
        Map.entry("DELETE /api/servers/{name}", new Case(Expected.ADMIN)),
        Map.entry("GET /api/nodes", new Case(Expected.READ)),
        Map.entry("GET /api/nodes/{name}", new Case(Expected.READ)),
        Map.entry("PUT /api/nodes/{name}", new Case(Expected.ADMIN, "{\"driver\":\"docker\"}")),
        Map.entry("DELETE /api/nodes/{name}", new Case(Expected.ADMIN)),
        Map.entry("POST /api/nodes/{name}/drain", new Case(Expected.ADMIN)),
        Map.entry("POST /api/apply", new Case(Expected.ADMIN, "{}")),
        Map.entry("GET /api/players", new Case(Expected.EVERYBODY)),
        Map.entry("POST /api/players/{name}/send", new Case(Expected.OWN, "{\"server\":\"$SERVER\"}")),
        Map.entry("POST /api/players/{name}/kick", new Case(Expected.OWN, "{\"reason\":\"bye\"}")),
        Map.entry("POST /api/players/{name}/message", new Case(Expected.OWN, "{\"text\":\"hi\"}")),
        Map.entry("GET /api/operations", new Case(Expected.EVERYBODY)),
        Map.entry("GET /api/operations/{id}", new Case(Expected.OWN_AND_READ)),
        Map.entry("DELETE /api/operations/{id}", new Case(Expected.OWN)),
        Map.entry("GET /api/events", new Case(Expected.EVERYBODY)),
        Map.entry("GET /api/tokens", new Case(Expected.READ)),
        Map.entry("POST /api/tokens", new Case(Expected.ADMIN, "{\"name\":\"t-$SERVER\",\"scope\":\"read\"}")),
        Map.entry("DELETE /api/tokens/{id}", new Case(Expected.ADMIN)),
        Map.entry("GET /api/audit", new Case(Expected.READ))
    );

    private ApiHouse house;
    private final AtomicInteger number = new AtomicInteger();

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        house = new ApiHouse(folder);
    }

    @AfterAll
    void close() {
        house.close();
    }

    @Test
    void everyRouteHasItsCase() {
        assertThat(house.api.routes().routes().stream().map(Route::label)).containsExactlyInAnyOrderElementsOf(
            CASES.keySet()
        );
    }

    @TestFactory
    List<DynamicTest> everyRouteWithEveryToken() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Route route : house.api.routes().routes()) {
            tests.add(dynamicTest(route.label() + " without a token", () -> withoutToken(route)));
            for (Scope scope : Scope.values()) {
                for (boolean own : new boolean[] { true, false }) {
                    tests.add(
                        dynamicTest(route.label() + " " + scope + (own ? " own" : " other's"), () ->
                            withToken(route, scope, own)
                        )
                    );
                }
            }
        }
        return tests;
    }

    private Case of(Route route) {
        return Objects.requireNonNull(CASES.get(route.label()), () -> "there is no case for " + route.label());
    }

    private void withoutToken(Route route) throws Exception {
        Case expected = of(route);
        int status = house.ask(route.method(), path(route, true), null, body(expected)).status();
        assertThat(status).isEqualTo(expected.expected == Expected.NOBODY_NEEDS_A_TOKEN ? 200 : 401);
    }

    private void withToken(Route route, Scope scope, boolean own) throws Exception {
        Case expected = of(route);
        String path = path(route, own);
        var heard = house.ask(route.method(), path, house.token(scope), body(expected));
        boolean may = switch (scope) {
            case ADMIN -> true;
            case READ -> expected.expected.read;
            case OWNER -> expected.expected.owner;
        };
        if (!may) {
            assertThat(heard.status()).as(heard.body()).isEqualTo(403);
        } else if (scope == Scope.OWNER && !own && expected.expected.hidesOthers()) {
            assertThat(heard.status()).as(heard.body()).isEqualTo(404);
            assertThat(heard.body()).doesNotContain("Alex");
        } else {
            assertThat(heard.status()).as(heard.body()).isIn(200, 201, 202);
        }
    }

    private @Nullable String body(Case expected) {
        return expected.body == null ? null : expected.body.replace("$SERVER", "s" + number.get());
    }

    /** With something new in the place of the braces. */
    private String path(Route route, boolean own) throws Exception {
        String server = house.define("s" + number.incrementAndGet(), own ? "steve" : "Alex");
        String what = route.template().split("/")[2];
        String path = switch (what) {
            case "servers" -> route.template().replace("{name}", server);
            case "nodes" -> route.template().replace("{name}", node(server));
            case "players" -> route.template().replace("{name}", house.join("P" + server, server).name());
            case "operations" -> route.template().replace("{id}", house.operation(server, Operation.State.DONE).id());
            case "tokens" -> route
                .template()
                .replace("{id}", house.api.tokens().create(server, Scope.READ, null, null).orElseThrow().token().id());
            case "events" -> route.template() + "?follow=false";
            default -> route.template();
        };
        if (route.label().endsWith("/unpin")) {
            house.fleet.pin(server, "boss").get();
        }
        return path;
    }

    private String node(String name) {
        house.ask("PUT", "/api/nodes/n-" + name, "{\"driver\":\"docker\"}");
        return "n-" + name;
    }
}
