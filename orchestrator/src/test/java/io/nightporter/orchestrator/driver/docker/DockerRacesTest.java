package io.nightporter.orchestrator.driver.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.NodeRefusedException;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Resources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an engine answers when a container has changed between the look at it and the deed; an engine's real words. */
class DockerRacesTest {

    private static final String ID = "462b4ff14d9e29834068d0666302cf8d2a0245fcdc9b366367c54e30cc4157f6";

    private final Queue<String> deeds = new ConcurrentLinkedQueue<>();
    private HttpServer engine;
    private DockerDriver driver;

    /** What containers are, and what the engine says to all that is to be done with them but for signals. */
    private String state = "";
    private int status;
    private String words = "";

    @BeforeEach
    void open() throws IOException, DriverException {
        engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        engine.createContext("/", this::answer);
        engine.start();
        driver = DockerDriver.open(
            new NodeDefinition(
                "n1",
                ManagedBy.API,
                "docker",
                "tcp://127.0.0.1:" + engine.getAddress().getPort(),
                Map.of(),
                null,
                Resources.UNLIMITED,
                null,
                false
            )
        );
    }

    @AfterEach
    void close() {
        driver.close();
        engine.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String deed = path.substring(path.lastIndexOf('/') + 1);
        String text = "";
        int code = 204;
        if (deed.equals("json")) {
            text = "{\"Id\":\"%s\",\"Name\":\"/a\",\"Config\":{},\"State\":{\"Status\":\"%s\"}}".formatted(ID, state);
            code = 200;
        } else {
            deeds.add(deed);
            if (!deed.equals("kill")) {
                text = "{\"message\":\"%s\"}".formatted(words);
                code = status;
            }
        }
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void refuses(String state, int status, String words) {
        this.state = state;
        this.status = status;
        this.words = words;
    }

    @Test
    void whatTheEngineResumedWithTheSignalIsStopped() throws DriverException {
        refuses("paused", 500, "Container " + ID + " is not paused");

        driver.stop(ID);

        assertThat(deeds).containsExactly("kill", "unpause");
    }

    @Test
    void whatEndedWhileItWasResumedIsStopped() throws DriverException {
        refuses("paused", 500, "Cannot unpause container " + ID + ": cannot resume a stopped container: unknown");

        driver.stop(ID);

        assertThat(deeds).containsExactly("kill", "unpause");
    }

    @Test
    void whatSomebodyElseResumedOrPausedIsAsItWasWanted() throws DriverException {
        refuses("paused", 500, "Container " + ID + " is not paused");
        driver.start(ID);
        driver.unpause(ID);
        refuses("running", 409, "Container " + ID + " is already paused");
        driver.pause(ID);

        assertThat(deeds).containsExactly("unpause", "unpause", "pause");
    }

    @Test
    void whatEndedMeanwhileCannotBePaused() {
        refuses("running", 500, "Cannot pause container " + ID + ": cannot pause a stopped container: unknown");

        assertThatThrownBy(() -> driver.pause(ID))
            .isInstanceOf(NodeRefusedException.class)
            .hasMessageContaining("docker ps -a");
    }
}
