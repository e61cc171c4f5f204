package io.nightporter.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.HostAndPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusProbeTest {

    @Test
    void theNumberOfPlayersIsRead() {
        assertThat(StatusProbe.players("{\"players\":{\"max\":20,\"online\":3},\"description\":\"x\"}")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "",
            "no json",
            "[]",
            "17",
            "{}",
            "{\"players\":null}",
            "{\"players\":{\"online\":\"many\"}}",
            "{\"players\":{\"online\":1.5}}",
            "{\"players\":{\"online\":99999999999999}}",
            "{\"description\":{\"text\":\"hi\"",
        }
    )
    void whateverElseAServerAnswersTheNumberIsUnknown(String json) {
        assertThat(StatusProbe.players(json)).isNull();
    }

    @Test
    void whereNobodyListensNothingIsReached() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(ask(port)).isInstanceOfSatisfying(Probe.Result.NotYet.class, answer ->
            assertThat(answer.reached()).isFalse()
        );
    }

    @Test
    void whoHangsUpIsReachedAndNotReady() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try {
                    socket.accept().close();
                } catch (IOException _) {
                    // The test is over.
                }
            });
            assertThat(ask(socket.getLocalPort())).isInstanceOfSatisfying(Probe.Result.NotYet.class, answer ->
                assertThat(answer.reached()).isTrue()
            );
        }
    }

    @Test
    void whoShowsAStatusIsReadyHoweverOddItIs() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket client = socket.accept()) {
                    client.getInputStream().read();
                    // A frame with packet 0 and a string of two characters.
                    client.getOutputStream().write(new byte[] { 4, 0, 2, '[', ']' });
                    client.getInputStream().readAllBytes();
                } catch (IOException _) {
                    // The test is over.
                }
            });
            assertThat(ask(socket.getLocalPort())).isEqualTo(new Probe.Result.Ready(null));
        }
    }

    private static Probe.Result ask(int port) {
        return new StatusProbe(Duration.ofSeconds(5)).ask(new HostAndPort("127.0.0.1", port), false);
    }
}
