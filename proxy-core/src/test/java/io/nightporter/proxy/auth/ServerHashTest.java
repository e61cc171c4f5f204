package io.nightporter.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerHashTest {

    /** The examples that the protocol's documentation gives: the hash over nothing but a name. */
    @ParameterizedTest
    @CsvSource({
        "Notch, 4ed1f46bbe04bc756bcb17c0c7ce3e4632f06a48",
        "jeb_, -7c9d5b0044c130109a5d7b5fb5c317c02b4e28c1",
        "simon, 88e16a1019277b15d58faf0541e11910eb756f6",
    })
    void isWrittenAsASignedNumber(String text, String hash) {
        assertThat(ServerHash.of(text, new byte[0], new byte[0])).isEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource({ "No, t, ch", "Notch, '', ''", "'', Notch, ''", "'', '', Notch" })
    void goesOverServerIdSecretAndKeyInThisOrder(String serverId, String secret, String key) {
        assertThat(
            ServerHash.of(serverId, secret.getBytes(StandardCharsets.US_ASCII), key.getBytes(StandardCharsets.US_ASCII))
        ).isEqualTo("4ed1f46bbe04bc756bcb17c0c7ce3e4632f06a48");
    }
}
