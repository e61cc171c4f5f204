package io.nightporter.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlayerNamesTest {

    @ParameterizedTest
    @ValueSource(strings = { "a", "jeb_", "Notch", "0123456789ABCDEF", "_" })
    void namesOfAccountsAreWelcomeInBothModes(String name) {
        assertThat(PlayerNames.validOnline(name)).isTrue();
        assertThat(PlayerNames.validOffline(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { ".Bedrock", "a-b", "~!", "\"", "*", "a&b=c" })
    void otherVisibleCharactersAreForOfflineModeOnly(String name) {
        assertThat(PlayerNames.validOnline(name)).isFalse();
        assertThat(PlayerNames.validOffline(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "",
            "seventeen_letters",
            "a b",
            " ",
            "a\n",
            "a\u0000",
            "\u007f",
            "§4red",
            "ä",
            "a\u0660",
            "\uD83D\uDE00",
        }
    )
    void whatCannotBeANameIsRefusedInBothModes(String name) {
        assertThat(PlayerNames.validOnline(name)).isFalse();
        assertThat(PlayerNames.validOffline(name)).isFalse();
    }

    @Test
    void offlineIdsAreThoseThatVanillaServersGive() {
        assertThat(OfflineIds.of("Notch")).isEqualTo(UUID.fromString("b50ad385-829d-3141-a216-7e7d7539ba7f"));
        assertThat(OfflineIds.of("notch")).isNotEqualTo(OfflineIds.of("Notch"));
    }
}
