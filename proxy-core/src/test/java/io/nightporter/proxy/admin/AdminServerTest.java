package io.nightporter.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.nightporter.orchestrator.HostAndPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AdminServerTest {

    private final Readiness readiness = new Readiness();
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile Supplier<String> metrics = () -> "a_metric 1\n";
    private AdminServer server;

    @BeforeEach
    void start() throws IOException {
        server = new AdminServer(loopback(0), () -> metrics.get(), readiness, null);
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void prometheusReadsTheMetrics() throws Exception {
        HttpResponse<String> answer = get("/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("a_metric 1\n");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(get("/metrics?name=x").statusCode()).isEqualTo(200);
    }

    @Test
    void theProcessIsHealthyAsLongAsItLives() throws Exception {
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        readiness.stopping();
        assertThat(get("/healthz").body()).isEqualTo("{\"status\":\"alive\"}");
    }

    @Test
    void itIsReadyOnlyWhileItListens() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).isEqualTo(
            "{\"error\":\"not_ready\",\"message\":\"Nightporter is starting and does not accept players yet.\"}"
        );
        readiness.listening();
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").body()).isEqualTo("{\"status\":\"ready\"}");
        readiness.stopping();
        readiness.listening();
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).contains("stopping");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/", "/metrics/", "/metricsx", "/apis", "/..%2fmetrics", "/%22" })
    void nothingElseIsThere(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).startsWith("{\"error\":\"not_found\",\"message\":\"");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = { "POST", "PUT", "DELETE", "OPTIONS" })
    void nothingCanBeChanged(String method) throws Exception {
        for (String path : List.of("/metrics", "/healthz", "/readyz")) {
            HttpResponse<String> answer = send(request(path).method(method, BodyPublishers.ofString("x")));
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.body()).startsWith("{\"error\":\"method_not_allowed\",");
            assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
        }
    }

    @Test
    void headIsAnsweredWithoutBody() throws Exception {
        HttpResponse<String> answer = send(request("/metrics").HEAD());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("11");
    }

    @Test
    void aFailureInsideIsNotShownOutside() throws Exception {
        metrics = () -> {
            throw new IllegalStateException("secret detail");
        };
        HttpResponse<String> answer = get("/metrics");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).startsWith("{\"error\":\"internal\",").doesNotContain("secret", "Exception");
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void requestsBeyondTheLimitAreTurnedAway() throws Exception {
        CountDownLatch inside = new CountDownLatch(16);
        CountDownLatch goOn = new CountDownLatch(1);
        metrics = () -> {
            inside.countDown();
            try {
                goOn.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return "";
        };
        List<CompletableFuture<HttpResponse<String>>> slow = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            slow.add(client.sendAsync(request("/metrics").build(), BodyHandlers.ofString()));
        }
        assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
        HttpResponse<String> refused = get("/healthz");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).startsWith("{\"error\":\"busy\",");
        goOn.countDown();
        for (CompletableFuture<HttpResponse<String>> answer : slow) {
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void afterTheEndNobodyAnswers() {
        server.close();
        assertThatIOException().isThrownBy(() -> get("/healthz"));
    }

    @Test
    void anAddressInUseIsNamed() throws IOException {
        try (
            ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            AdminServer second = new AdminServer(
                new HostAndPort("127.0.0.1", other.getLocalPort()),
                () -> "",
                readiness
            )
        ) {
            assertThatIOException()
                .isThrownBy(second::start)
                .withMessageStartingWith("admin.listen: cannot listen on 127.0.0.1 port " + other.getLocalPort())
                .withMessageContaining("another program");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "0.0.0.0", "::", "203.0.113.9" })
    void addressesThatOthersCanReachAreRefused(String host) {
        assertThatIOException()
            .isThrownBy(() -> new AdminServer(new HostAndPort(host, 8080), () -> "", readiness))
            .withMessageContaining(host)
            .withMessageContaining("use 127.0.0.1");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
