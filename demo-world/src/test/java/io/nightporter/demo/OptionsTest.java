package io.nightporter.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.minestom.server.Auth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {

    @Test
    void withoutOptionsTheWorldIsOpenToThisMachineOnAnyFreePort() {
        Options options = Options.parse(List.of());

        assertThat(options.bind()).isEqualTo("127.0.0.1");
        assertThat(options.port()).isZero();
        assertThat(options.auth()).isInstanceOf(Auth.Offline.class);
        assertThat(options.watchStdin()).isFalse();
        assertThat(options.world()).isNull();
        assertThat(options.startDelay()).isZero();
        assertThat(options.neverReady()).isFalse();
        assertThat(options.status()).isNull();
    }

    @Test
    void whatRealServersDoCanBeTried() {
        Options options = Options.parse(
            List.of("--world", "world", "--start-delay", "3s", "--never-ready", "--status", "{}")
        );

        assertThat(options.world()).isEqualTo(Path.of("world"));
        assertThat(options.startDelay()).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.neverReady()).isTrue();
        assertThat(options.status()).isEqualTo("{}");
        assertThat(Options.parse(List.of("--start-delay", "0.5s")).startDelay()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void theVelocitySecretIsTheFileWithoutTheSpaceAroundIt(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("forwarding.secret"), "  s3cret\n");

        Options options = Options.parse(List.of("--velocity-secret-file", file.toString()));

        assertThat(options.auth()).isInstanceOfSatisfying(Auth.Velocity.class, velocity ->
            assertThat(velocity.key()).isEqualTo(Auth.Velocity.secretKey("s3cret"))
        );
    }

    @Test
    void bungeeGuardAcceptsTheTokenOfItsFileOnly(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "abc\n");

        Options options = Options.parse(List.of("--bungeeguard-token-file", file.toString()));

        assertThat(options.auth()).isInstanceOfSatisfying(Auth.Bungee.class, bungee -> {
            assertThat(bungee.validToken("abc")).isTrue();
            assertThat(bungee.validToken("abd")).isFalse();
        });
    }

    @Test
    void whatCannotBeUsedIsNamed() {
        assertThatThrownBy(() -> Options.parse(List.of("--prot", "1"))).hasMessage("unknown option --prot");
        assertThatThrownBy(() -> Options.parse(List.of("--end-with", "999999999"))).hasMessageContaining("999999999");
        assertThatThrownBy(() -> Options.parse(List.of("--port"))).hasMessage("--port needs a value");
        assertThatThrownBy(() -> Options.parse(List.of("--port", "x"))).hasMessageContaining("whole number, not x");
        assertThatThrownBy(() -> Options.parse(List.of("--start-delay", "soon"))).hasMessageContaining("such as 3s");
        assertThatThrownBy(() -> Options.parse(List.of("--port", "70000"))).hasMessageContaining("70000");
        assertThatThrownBy(() ->
            Options.parse(List.of("--velocity-secret-file", "/does/not/exist"))
        ).hasMessageContaining("/does/not/exist");
    }
}
