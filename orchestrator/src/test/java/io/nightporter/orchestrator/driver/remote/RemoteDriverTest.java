package io.nightporter.orchestrator.driver.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.DriverEvent;
import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.NodeRefusedException;
import io.nightporter.orchestrator.driver.NodeUnreachableException;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.driver.SeenInstance.State;
import io.nightporter.orchestrator.driver.Subscription;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another system, over real HTTP, well and badly behaved. */
@Timeout(60)
class RemoteDriverTest {

    private static final String STATUS = "GET /base/api/servers/survival/status";

    @TempDir
    private Path folder;

    private OtherSystem other;
    private RemoteDriver driver;

    @BeforeEach
    void open() throws Exception {
        other = new OtherSystem(folder);
        driver = RemoteDriver.open(other.node("/base"), folder);
    }

    @AfterEach
    void close() {
        driver.close();
        other.close();
    }

    private SeenInstance look() throws DriverException {
        return driver.find("survival").orElseThrow();
    }

    @Test
    void itIsStartedAndStoppedWithTheToken() throws Exception {
        assertThat(look().state()).isEqualTo(State.ENDED);
        driver.start("survival");
        assertThat(look().state()).as("it takes a while until it is said to run").isEqualTo(State.RUNNING);
        assertThat(look().ports()).isEmpty();

        other.status = "{\"status\": \"Running\", \"host\": \"10.0.0.7\", \"port\": 25570}";
        driver.start("survival");
        assertThat(look().at(25_565)).isEqualTo(new HostAndPort("10.0.0.7", 25_570));

        other.status = "{\"status\": \"stopped\"}";
        driver.stop("survival");
        assertThat(look().state()).isEqualTo(State.ENDED);
        assertThat(other.requests).contains(
            "POST /base/api/servers/survival/start",
            "POST /base/api/servers/survival/stop"
        );
        assertThat(driver.list("any")).isEmpty();
    }

    @Test
    void namesAreNoWaysOut() throws Exception {
        driver.find("../../admin?x=1#y z");
        assertThat(other.requests).containsExactly("GET /base/api/servers/..%2F..%2Fadmin%3Fx%3D1%23y%20z/status");
        assertThatThrownBy(() -> driver.find("..")).isInstanceOf(BadDefinitionException.class);
    }

    @Test
    void whatItSaysInErrorBecomesASentenceThatSaysWhatToDo() {
        Map<Integer, String> words = Map.of(
            500,
            "Look into its log",
            401,
            "tokenFile",
            403,
            "tokenFile",
            429,
            "asked less often",
            405,
            "cannot do that"
        );
        words.forEach((code, remedy) -> {
            other.behaviour = OtherSystem.always(code, "<html>oh no</html>");
            assertThatThrownBy(() -> driver.find("s" + code))
                .isInstanceOf(NodeRefusedException.class)
                .hasMessageContaining("panel")
                .hasMessageContaining(remedy)
                .hasMessageNotContaining(OtherSystem.TOKEN);
        });
        other.behaviour = OtherSystem.always(503, "");
        assertThatThrownBy(() -> driver.start("survival")).isInstanceOf(NodeUnreachableException.class);
        for (String garbage : List.of("", "<html>", "[]")) {
            other.behaviour = OtherSystem.always(200, garbage);
            assertThatThrownBy(() -> driver.find("g" + garbage.length())).hasMessageContaining("no JSON object");
        }
    }

    @Test
    void aServerThatIsNotThereIsNotThere() throws Exception {
        other.behaviour = OtherSystem.always(404, "{}");
        assertThat(driver.find("survival")).isEmpty();
    }

    @Test
    void theTokenDoesNotGoWhereItIsRedirectedTo() throws Exception {
        try (var elsewhere = new OtherSystem(folder)) {
            other.behaviour = request -> {
                request.getResponseHeaders().add("Location", elsewhere.endpoint() + "/");
                OtherSystem.say(request, 307, "");
            };
            assertThatThrownBy(() -> driver.find("survival")).hasMessageContaining("redirects");
            assertThat(elsewhere.requests).isEmpty();
        }
    }

    @Test
    void whoNeverFinishesIsGivenUp() {
        List<OtherSystem.Behaviour> slow = List.of(
            _ -> Thread.sleep(20_000),
            request -> {
                request.sendResponseHeaders(200, 0);
                try (OutputStream out = request.getResponseBody()) {
                    for (int i = 0; i < 200; i++) {
                        out.write(' ');
                        out.flush();
                        Thread.sleep(100);
                    }
                }
            },
            OtherSystem.always(200, "x".repeat(1 << 20))
        );
        for (int i = 0; i < slow.size(); i++) {
            other.behaviour = slow.get(i);
            String id = "slow" + i;
            long before = System.nanoTime();
            assertThatThrownBy(() -> driver.find(id)).isInstanceOf(NodeUnreachableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void afterAnErrorItIsLeftAloneForAWhile() throws Exception {
        other.behaviour = OtherSystem.always(500, "");
        for (int i = 0; i < 100; i++) {
            assertThat(catchThrowable(() -> driver.find("survival"))).isInstanceOf(NodeRefusedException.class);
            Thread.sleep(20);
        }
        assertThat(other.asked(STATUS)).isBetween(1L, 4L);
    }

    @Test
    void itIsWatchedOftenWhileItRunsAndSeldomWhileItDoesNot() throws Exception {
        BlockingQueue<DriverEvent> heard = new LinkedBlockingQueue<>();
        try (Subscription _ = driver.subscribe(heard::add)) {
            assertThat(look().state()).isEqualTo(State.ENDED);
            Thread.sleep(5_000);
            assertThat(other.asked(STATUS)).isLessThanOrEqualTo(2);
            assertThat(heard).isEmpty();

            driver.start("survival");
            other.status = "{\"status\": \"running\"}";
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isInstanceOfSatisfying(DriverEvent.Changed.class, event -> {
                assertThat(event.name()).isEqualTo("survival");
                assertThat(event.change()).isEqualTo(DriverEvent.Change.STARTED);
            });
            driver.stop("survival");
            other.status = "{\"status\": \"stopped\"}";
            heard.clear();
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isInstanceOfSatisfying(DriverEvent.Changed.class, event ->
                assertThat(event.change()).isEqualTo(DriverEvent.Change.ENDED)
            );
        }
    }

    @Test
    void anyAnswerIsASignOfLifeExceptThatTheTokenIsWrong() throws Exception {
        other.behaviour = OtherSystem.always(404, "");
        driver.ping();
        try (RemoteDriver second = RemoteDriver.open(other.node(""), folder)) {
            other.behaviour = OtherSystem.always(401, "");
            assertThatThrownBy(second::ping).isInstanceOf(NodeUnreachableException.class).hasMessageContaining("token");
            other.behaviour = OtherSystem.always(502, "");
            assertThatThrownBy(second::ping).isInstanceOf(NodeUnreachableException.class);
        }
        try (RemoteDriver nowhere = RemoteDriver.open(OtherSystem.node("http://127.0.0.1:1", Map.of()), folder)) {
            assertThatThrownBy(nowhere::ping).isInstanceOf(NodeUnreachableException.class);
        }
    }

    @Test
    void aNodeThatCannotBeUsedIsRefusedAtOnce() {
        Map<String, String> none = Map.of();
        for (String endpoint : List.of("", "tcp://h:1", "http://", "http://u:p@h", "http://h/?x", "http://h h")) {
            assertThatThrownBy(() -> RemoteDriver.open(OtherSystem.node(endpoint, none), folder))
                .as(endpoint)
                .isInstanceOf(BadDefinitionException.class)
                .hasMessageContaining("https://panel.example.com");
        }
        assertThatThrownBy(() -> RemoteDriver.open(OtherSystem.node("http://h", Map.of("token", "x")), folder))
            .isInstanceOf(BadDefinitionException.class)
            .hasMessageContaining("tokenFile");
        assertThatThrownBy(() -> RemoteDriver.open(OtherSystem.node("http://h", Map.of("tokenFile", "no")), folder))
            .isInstanceOf(BadDefinitionException.class)
            .hasMessageContaining("cannot be read");
    }
}
