package io.nightporter.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

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
}
