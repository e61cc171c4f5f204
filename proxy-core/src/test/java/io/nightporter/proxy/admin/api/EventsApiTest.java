package io.nightporter.proxy.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.model.AccessToken.Scope;
import io.nightporter.proxy.admin.route.Api;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class EventsApiTest {

    /** Somebody who reads the stream. */
    private final class Reader implements AutoCloseable {

        private final InputStream body;
        private final LinkedBlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
        private volatile boolean ended;

        Reader(Scope scope, @Nullable String lastId) throws Exception {
            HttpRequest.Builder request = house.request("GET", "/api/events", house.token(scope), null);
            if (lastId != null) {
                request.header("Last-Event-ID", lastId);
            }
            HttpResponse<InputStream> response = house.client.send(request.build(), BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
            body = response.body();
            var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
            assertThat(lines.readLine()).startsWith(":");
            Thread.ofVirtual().start(() -> read(lines));
        }

        private void read(BufferedReader lines) {
            try {
                String id = "";
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("id: ")) {
                        id = line.substring(4);
                    } else if (line.startsWith("data: ")) {
                        JsonNode event = JsonMapper.shared().readTree(line.substring(6));
                        assertThat(event.get("id").asString()).isEqualTo(id);
                        events.add(event);
                    }
                }
            } catch (IOException _) {
                // It was closed.
            }
            ended = true;
        }

        JsonNode next() throws InterruptedException {
            JsonNode event = events.poll(10, TimeUnit.SECONDS);
            assertThat(event).as("another event").isNotNull();
            return event;
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

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

    @Test
    void eventsComeAsTheyHappen() throws Exception {
        try (var reader = new Reader(Scope.ADMIN, null)) {
            house.define("survival", "Steve");

            JsonNode event = reader.next();
            assertThat(event.get("kind").asString()).isEqualTo("server_defined");
            assertThat(event.get("server").asString()).isEqualTo("survival");
        }
    }

    @Test
    void whoComesBackMissesNothingAndHearsNothingTwice() throws Exception {
        List<String> heard = new ArrayList<>();
        String last;
        try (var first = new Reader(Scope.ADMIN, null)) {
            house.define("s0", "Steve");
            last = first.next().get("id").asString();
        }
        heard.add(last);
        for (int round = 1; round <= 5; round++) {
            for (int i = 0; i < 4; i++) {
                house.define("s" + (round * 10 + i), "Steve");
            }
            // Others go on being defined while this one catches up.
            int current = round;
            Thread others = Thread.ofVirtual().start(() -> {
                try {
                    house.define("t" + current, "Steve");
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            try (var back = new Reader(Scope.ADMIN, last)) {
                for (int i = 0; i < 5; i++) {
                    last = back.next().get("id").asString();
                    heard.add(last);
                }
            }
            others.join();
        }
        assertThat(heard).hasSize(26);
        assertThat(new HashSet<>(heard)).hasSize(26);
    }

    @Test
    void afterARestartTheStoreKnowsWhatWasMissed() throws Exception {
        for (int i = 0; i < 7; i++) {
            house.define("s" + i, "Steve");
        }
        String first = house.get("/api/events?follow=false").json().get("events").get(0).get("id").asString();
        house.close();
        house = new ApiHouse(folder);
        try (var back = new Reader(Scope.ADMIN, first)) {
            List<String> missed = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                missed.add(String.valueOf(back.next().get("server").asString()));
            }
            house.define("new", "Steve");
            missed.add(back.next().get("server").asString());
            assertThat(missed).containsExactly("s0", "s1", "s2", "s3", "s4", "s5", "s6", "new");
        }
    }

    @Test
    void anOwnerHearsOfTheirServersOnly() throws Exception {
        house.define("theirs", "Alex");
        try (var reader = new Reader(Scope.OWNER, null)) {
            house.define("secret", "Alex");
            house.define("mine", "STEVE");
            assertThat(reader.next().get("server").asString()).isEqualTo("mine");
            house.ask("DELETE", "/api/servers/secret", null);
            house.define("mine2", "steve");
            assertThat(reader.next().get("server").asString()).isEqualTo("mine2");
        }
        String all = house.ask("GET", "/api/events?follow=false", house.token(Scope.OWNER), null).body();
        assertThat(all).contains("mine").doesNotContain("secret").doesNotContain("theirs");
    }

    @Test
    void aRevokedTokenHearsNothingMore() throws Exception {
        try (var reader = new Reader(Scope.READ, null)) {
            String id = house.api.tokens().caller(house.token(Scope.READ)).orElseThrow().token();
            house.ask("DELETE", "/api/tokens/" + id, null);
            house.define("survival", "Steve");

            assertThat(reader.events.poll(1, TimeUnit.SECONDS)).isNull();
            assertThat(reader.ended).isTrue();
        }
    }

    @Test
    void streamsAreLimitedAndTakeNoRoomFromRequests() throws Exception {
        List<Reader> readers = new ArrayList<>();
        try {
            for (int i = 0; i < Api.MAX_STREAMS; i++) {
                readers.add(new Reader(Scope.ADMIN, null));
            }
            assertThat(house.get("/api/status").status()).isEqualTo(200);
            var refused = house.get("/api/events");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.error()).isEqualTo("too_many_streams");
            house.define("survival", "Steve");
            for (Reader reader : readers) {
                assertThat(reader.next().get("server").asString()).isEqualTo("survival");
            }
        } finally {
            for (Reader reader : readers) {
                reader.close();
            }
        }
    }

    @Test
    void anIdThatIsNoneIsRefused() {
        assertThat(house.get("/api/events?after=yesterday").status()).isEqualTo(400);
    }
}
