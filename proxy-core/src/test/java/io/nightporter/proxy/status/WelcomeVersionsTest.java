package io.nightporter.proxy.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.VersionRange;
import io.nightporter.proxy.config.Presentation;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.routing.SampleConfiguration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which versions the server list calls right for a server. */
class WelcomeVersionsTest {

    private static final WelcomeVersions WELCOME = new WelcomeVersions(ProtocolVersions.builtIn());

    /** It has no address in the configuration, and none at all while it sleeps. */
    @Test
    void aServerThatNightporterStartsTakesTheVersionsThatItSaysItself() {
        ServerSettings managed = SampleConfiguration.server("survival", List.of("survival.test"));
        assertThat(WELCOME.include(managed, 47)).isTrue();
        assertThat(WELCOME.toAskWith(managed, 47)).isEqualTo(47);

        ServerSettings modern = SampleConfiguration.server(
            "modern",
            List.of("modern.test"),
            new VersionRange(765, 767),
            Presentation.NOTHING
        );
        assertThat(WELCOME.include(modern, 766)).isTrue();
        assertThat(WELCOME.include(modern, 47)).isFalse();
        assertThat(WELCOME.newest(modern)).isEqualTo(767);
    }
}
