package io.nightporter.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.nightporter.protocol.packet.ProfileProperty;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SessionServerTest {

    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final byte[] KEY = "public key".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SECRET = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String NOTCH = "069a79f444e94726a5befca90e38aaf5";

    private final ConcurrentLinkedQueue<String> questions = new ConcurrentLinkedQueue<>();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<SessionServer> opened = new ArrayList<>();

    private HttpServer http;
    private volatile HttpHandler behaviour = exchange -> answer(exchange, 204, "");

    @BeforeEach
    void startHttp() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", exchange -> {
            questions.add(exchange.getRequestURI().toString());
            connections.add(exchange.getRemoteAddress());
            try (exchange) {
                behaviour.handle(exchange);
            }
        });
        http.start();
    }

    @AfterEach
    void stopHttp() {
        goOn.countDown();
        opened.forEach(SessionServer::close);
        http.stop(0);
    }

    @Test
    void aPlayerWhoJoinedIsWhoTheSessionServerSays() throws Exception {
        behaviour = exchange ->
            answer(
                exchange,
                200,
                """
                {"id":"%s","name":"Notch","profileActions":[],"properties":[
                 {"name":"textures","value":"e30=","signature":"c2ln"},{"name":"plain","value":"","signature":null}]}
                """.formatted(NOTCH)
            );
        assertThat(ask(server(PATIENT), "notch")).isEqualTo(
            new SessionAnswer.Authenticated(
                new GameProfile(
                    UUID.fromString("069a79f4-44e9-4726-a5be-fca90e38aaf5"),
                    "Notch",
                    List.of(
                        new ProfileProperty("textures", "e30=", Optional.of("c2ln")),
                        new ProfileProperty("plain", "", Optional.empty())
                    )
                )
            )
        );
        assertThat(questions).containsExactly(
            "/session/minecraft/hasJoined?username=notch&serverId=" + ServerHash.of("", SECRET, KEY)
        );
    }

    @Test
    void aProfileNeedsNoProperties() throws Exception {
        behaviour = exchange -> answer(exchange, 200, "{\"id\":\"%s\",\"name\":\"a\"}".formatted(NOTCH));
        assertThat(ask(server(PATIENT), "a")).isInstanceOfSatisfying(SessionAnswer.Authenticated.class, answer ->
            assertThat(answer.profile().properties()).isEmpty()
        );
    }

    @Test
    void somebodyWhoDidNotJoinIsToldFromASilentServer() throws Exception {
        assertThat(ask(server(PATIENT), "Notch")).isEqualTo(new SessionAnswer.NotJoined());
        behaviour = exchange -> answer(exchange, 200, "");
        assertThat(ask(server(PATIENT), "Notch")).isEqualTo(new SessionAnswer.NotJoined());
    }

    @Test
    void theNameCannotAddToTheQuestion() throws Exception {
        ask(server(PATIENT), "a&ip=1.2.3.4 ä#");
        assertThat(questions.poll()).startsWith(
            "/session/minecraft/hasJoined?username=a%26ip%3D1.2.3.4+%C3%A4%23&serverId="
        );
    }

    @Test
    void theWholeAddressOfTheQuestionMayBeConfiguredToo() throws Exception {
        ask(server("/auth/sessionserver/session/minecraft/hasJoined", PATIENT, false, 8), "a");
        ask(server("/other/", PATIENT, false, 8), "a");
        ask(server("/hasJoined?world=2", PATIENT, false, 8), "a");
        String rest = "username=a&serverId=" + ServerHash.of("", SECRET, KEY);
        assertThat(questions).containsExactly(
            "/auth/sessionserver/session/minecraft/hasJoined?" + rest,
            "/other/session/minecraft/hasJoined?" + rest,
            "/hasJoined?world=2&" + rest
        );
    }

    @ParameterizedTest
    @ValueSource(strings = { "ftp://127.0.0.1/", "sessionserver.mojang.com", "file:///etc", "http:///x" })
    void anAddressThatIsNoneOfAWebServerIsRefusedAtOnce(String address) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new SessionServer(URI.create(address), PATIENT, false, KEY, 8))
            .withMessageContaining(address);
    }

    @Test
    void thePlayersAddressIsNamedOnlyWhenProxiesAreToBePrevented() throws Exception {
        InetAddress v6 = InetAddress.getByName("fe80::1%1");
        InetAddress v4 = InetAddress.getByName("203.0.113.9");
        server("", PATIENT, false, 8).hasJoined("a", SECRET, "", v4).toCompletableFuture().get();
        assertThat(questions.poll()).doesNotContain("ip=");
        SessionServer strict = server("", PATIENT, true, 8);
        strict.hasJoined("a", SECRET, "", v4).toCompletableFuture().get();
        assertThat(questions.poll()).endsWith("&ip=203.0.113.9");
        strict.hasJoined("a", SECRET, "", v6).toCompletableFuture().get();
        assertThat(questions.poll()).endsWith("&ip=fe80%3A0%3A0%3A0%3A0%3A0%3A0%3A1");
        strict.hasJoined("a", SECRET, "", null).toCompletableFuture().get();
        assertThat(questions.poll()).doesNotContain("ip=");
    }

    @Test
    void oneConnectionServesManyQuestions() throws Exception {
        SessionServer server = server(PATIENT);
        for (int i = 0; i < 5; i++) {
            ask(server, "Notch");
        }
        assertThat(questions).hasSize(5);
        assertThat(connections).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = { 403, 429, 500, 503 })
    void anyOtherStatusMeansThatNobodyCanSay(int status) throws Exception {
        behaviour = exchange -> answer(exchange, status, "{\"id\":\"%s\",\"name\":\"a\"}".formatted(NOTCH));
        assertThat(ask(server(PATIENT), "a")).isEqualTo(new SessionAnswer.Unavailable("status_" + status));
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        behaviour = exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            answer(exchange, 302, "");
        };
        assertThat(ask(server(PATIENT), "a")).isEqualTo(new SessionAnswer.Unavailable("status_302"));
        assertThat(questions).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "<html>captive portal</html>",
            "[]",
            "null",
            "{}",
            "{\"id\":\"069a79f444e94726a5befca90e38aaf5\"}",
            "{\"name\":\"Notch\"}",
            "{\"id\":\"069a79f444e94726a5befca90e38aaf\",\"name\":\"Notch\"}",
            "{\"id\":\"069a79f4-44e9-4726-a5be-fca90e38aaf5\",\"name\":\"Notch\"}",
            "{\"id\":\"zzza79f444e94726a5befca90e38aaf5\",\"name\":\"Notch\"}",
            "{\"id\":\"069a79f444e94726a5befca90e38aaf5\",\"name\":\"\"}",
            "{\"id\":\"069a79f444e94726a5befca90e38aaf5\",\"name\":\"a b\"}",
            "{\"id\":\"069a79f444e94726a5befca90e38aaf5\",\"name\":\"seventeen_letters\"}",
            "{\"id\":\"069a79f444e94726a5befca90e38aaf5\",\"name\":7}",
            "{\"id\":\"069a79f444e94726a5befca90e38aaf5\",\"name\":\"a\",\"name\":\"b\"}",
            "{\"id\":\"069a79f444e94726a5befca90e38aaf5\",\"name\":\"a\"} {}",
            "{\"id\":\"069a79f444e94726a5befca90e38aaf5\",\"name\":\"a\",\"properties\":{}}",
            "{\"id\":\"069a79f444e94726a5befca90e38aaf5\",\"name\":\"a\",\"properties\":[7]}",
            "{\"id\":\"069a79f444e94726a5befca90e38aaf5\",\"name\":\"a\",\"properties\":[{\"name\":\"x\"}]}",
            "{\"id\":\"069a79f444e94726a5befca90e38aaf5\",\"name\":\"a\",\"properties\":[{\"name\":\"x\",\"value\":\"\",\"signature\":7}]}",
        }
    )
    void nonsenseIsNotBelieved(String body) throws Exception {
        behaviour = exchange -> answer(exchange, 200, body);
        assertThat(ask(server(PATIENT), "a")).isEqualTo(new SessionAnswer.Unavailable("answer_invalid"));
    }

    @Test
    void propertiesThatNoPacketCouldCarryAreNotBelieved() throws Exception {
        String good = property("n".repeat(64), "v".repeat(32_767), "s".repeat(1024));
        assertThat(askForProperties(good)).isInstanceOf(SessionAnswer.Authenticated.class);
        var invalid = new SessionAnswer.Unavailable("answer_invalid");
        assertThat(askForProperties(property("n".repeat(65), "v", "s"))).isEqualTo(invalid);
        assertThat(askForProperties(property("n", "v".repeat(32_768), "s"))).isEqualTo(invalid);
        assertThat(askForProperties(property("n", "v", "s".repeat(1025)))).isEqualTo(invalid);
        String small = property("n", "v", "s");
        assertThat(askForProperties(small + ("," + small).repeat(15))).isInstanceOf(SessionAnswer.Authenticated.class);
        assertThat(askForProperties(small + ("," + small).repeat(16))).isEqualTo(invalid);
    }

    @Test
    void aHugeAnswerIsCutOff() throws Exception {
        behaviour = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                byte[] spaces = " ".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
                for (int i = 0; i < 1024; i++) {
                    out.write(spaces);
                }
            }
        };
        assertThat(ask(server(PATIENT), "a")).isEqualTo(new SessionAnswer.Unavailable("answer_too_large"));
    }

    @Test
    void aServerThatDoesNotAnswerIsNotWaitedForLongerThanConfigured() throws Exception {
        behaviour = exchange -> waitForTheEnd();
        assertThat(ask(server(Duration.ofMillis(300)), "a")).isEqualTo(new SessionAnswer.Unavailable("timeout"));
    }

    @Test
    void neitherIsOneThatStopsInTheMiddleOfItsAnswer() throws Exception {
        behaviour = exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            waitForTheEnd();
        };
        assertThat(ask(server(Duration.ofMillis(500)), "a")).isEqualTo(new SessionAnswer.Unavailable("timeout"));
    }

    @Test
    void aServerThatIsDownIsUnreachable() throws Exception {
        SessionServer server = server(PATIENT);
        http.stop(0);
        assertThat(ask(server, "a")).isEqualTo(new SessionAnswer.Unavailable("unreachable"));
    }

    @Test
    void soIsOneThatHangsUp() throws Exception {
        behaviour = exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            throw new IOException("hang up");
        };
        assertThat(ask(server(PATIENT), "a")).isEqualTo(new SessionAnswer.Unavailable("unreachable"));
    }

    @Test
    void moreQuestionsThanAllowedAreNotEvenAsked() throws Exception {
        behaviour = exchange -> {
            waitForTheEnd();
            answer(exchange, 204, "");
        };
        SessionServer server = server("", PATIENT, false, 2);
        Future<SessionAnswer> first = server.hasJoined("a", SECRET, "", null).toCompletableFuture();
        Future<SessionAnswer> second = server.hasJoined("b", SECRET, "", null).toCompletableFuture();
        assertThat(ask(server, "c")).isEqualTo(new SessionAnswer.Unavailable("busy"));
        goOn.countDown();
        assertThat(first.get()).isEqualTo(new SessionAnswer.NotJoined());
        assertThat(second.get()).isEqualTo(new SessionAnswer.NotJoined());
        assertThat(ask(server, "d")).isEqualTo(new SessionAnswer.NotJoined());
        assertThat(questions).noneMatch(question -> question.contains("username=c"));
    }

    @Test
    void questionsThatTimedOutMakeRoomForOthers() throws Exception {
        behaviour = exchange -> waitForTheEnd();
        SessionServer server = server("", Duration.ofMillis(200), false, 1);
        for (int i = 0; i < 3; i++) {
            assertThat(ask(server, "a")).isEqualTo(new SessionAnswer.Unavailable("timeout"));
        }
    }

    @Test
    void aClosedSessionServerAnswersToo() throws Exception {
        SessionServer server = server(PATIENT);
        server.close();
        assertThat(ask(server, "a")).isEqualTo(new SessionAnswer.Unavailable("unreachable"));
    }

    private SessionAnswer askForProperties(String properties) throws Exception {
        behaviour = exchange ->
            answer(exchange, 200, "{\"id\":\"%s\",\"name\":\"a\",\"properties\":[%s]}".formatted(NOTCH, properties));
        return ask(server(PATIENT), "a");
    }

    private static String property(String name, String value, String signature) {
        return "{\"name\":\"%s\",\"value\":\"%s\",\"signature\":\"%s\"}".formatted(name, value, signature);
    }

    private void waitForTheEnd() {
        try {
            goOn.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static SessionAnswer ask(SessionServer server, String name) throws Exception {
        return server.hasJoined(name, SECRET, "", null).toCompletableFuture().get();
    }

    private SessionServer server(Duration timeout) {
        return server("", timeout, false, 8);
    }

    private SessionServer server(String path, Duration timeout, boolean preventProxyConnections, int maxInFlight) {
        URI address = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + path);
        SessionServer server = new SessionServer(address, timeout, preventProxyConnections, KEY, maxInFlight);
        opened.add(server);
        return server;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
