package io.nightporter.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    private static final List<String> KNOWN = List.of("idleAfter", "onlineMode", "motd", "hosts", "dns");

    @ParameterizedTest
    @CsvSource({
        "idelAfter, idleAfter",
        "idleafter, idleAfter",
        "idle_after, idleAfter",
        "onlinMode, onlineMode",
        "mtod, motd",
        "host, hosts",
        "dsn, dns",
    })
    void theWordThatWasProbablyMeantIsFound(String written, String meant) {
        assertThat(Spelling.closest(written, KNOWN)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({ "colour", "favicon", "x", "ip" })
    void nothingIsSuggestedThatIsNotNear(String written) {
        assertThat(Spelling.closest(written, KNOWN)).isNull();
    }
}
