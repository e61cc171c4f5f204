package io.nightporter.orchestrator.driver.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.driver.remote.RemoteStatus.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every system has its own words. */
class RemoteStatusTest {

    private static RemoteStatus read(String json) {
        RemoteStatus status = RemoteStatus.read(json);
        if (status == null) {
            throw new AssertionError("not understood: " + json);
        }
        return status;
    }

    @Test
    void whateverMeansTheSameIsUnderstood() {
        for (String word : List.of("\"running\"", "\"ONLINE\"", "\" Started \"", "\"up\"", "true")) {
            assertThat(read("{\"status\": " + word + "}").state())
                .as(word)
                .isEqualTo(State.RUNNING);
        }
        assertThat(read("{\"state\": \"Booting\"}").state()).isEqualTo(State.STARTING);
        assertThat(read("{\"data\": {\"status\": \"shutting down\"}}").state()).isEqualTo(State.STOPPING);
        assertThat(read("{\"status\": {\"status\": \"offline\"}}").state()).isEqualTo(State.STOPPED);
        assertThat(read("{\"running\": false}").state()).isEqualTo(State.STOPPED);
        for (String odd : List.of("{}", "{\"status\": null}", "{\"status\": [1]}", "{\"status\": \"purple\"}")) {
            assertThat(read(odd).state()).as(odd).isEqualTo(State.UNKNOWN);
        }
    }

    @Test
    void whatIsNoJsonObjectSaysNothing() {
        for (String garbage : List.of("", "<html>", "[1]", "7", "null", "{\"status\": ", "[".repeat(5_000))) {
            assertThat(RemoteStatus.read(garbage)).as(garbage).isNull();
        }
    }

    @Test
    void addressesComeInSeveralForms() {
        assertThat(read("{\"address\": \"mc1.example.com:25570\"}").address()).hasToString("mc1.example.com:25570");
        assertThat(read("{\"address\": \"10.0.0.7\"}").address()).hasToString("10.0.0.7:25565");
        assertThat(read("{\"address\": \"10.0.0.7\", \"port\": \"25570\"}").address()).hasToString("10.0.0.7:25570");
        assertThat(read("{\"address\": \"[2001:db8::1]:25570\"}").address()).hasToString("[2001:db8::1]:25570");
        assertThat(read("{\"address\": \"2001:db8::1\"}").address()).hasToString("[2001:db8::1]:25565");
        assertThat(read("{\"host\": \"h\", \"port\": 25570}").address()).hasToString("h:25570");
        assertThat(read("{\"ip\": \"10.0.0.7\"}").address()).hasToString("10.0.0.7:25565");
        assertThat(read("{\"address\": {\"host\": \"h\", \"port\": 1}}").address()).hasToString("h:1");
        for (String odd : List.of(
            "{\"address\": \"h:0\"}",
            "{\"address\": \"h:99999\"}",
            "{\"host\": \"a b\"}",
            "{}"
        )) {
            assertThat(read(odd).address()).as(odd).isNull();
        }
    }
}
