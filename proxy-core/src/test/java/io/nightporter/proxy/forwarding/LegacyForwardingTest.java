package io.nightporter.proxy.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.protocol.packet.ProfileProperty;
import io.nightporter.proxy.auth.GameProfile;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LegacyForwardingTest {

    private static final UUID ID = UUID.fromString("069a79f4-44e9-4726-a5be-fca90e38aaf5");
    private static final GameProfile PLAIN = new GameProfile(ID, "Notch", List.of());
    private static final GameProfile SKINNED = new GameProfile(
        ID,
        "Notch",
        List.of(
            new ProfileProperty("textures", "e30=", Optional.of("c2ln")),
            new ProfileProperty("odd", "\0\"\\ä\n", Optional.empty())
        )
    );

    @Test
    void theAddressHasFourPartsEvenWithoutProperties() throws Exception {
        assertThat(LegacyForwarding.address("play.example.org", "", ip("203.0.113.9"), PLAIN)).isEqualTo(
            "play.example.org\000203.0.113.9\000069a79f444e94726a5befca90e38aaf5\0[]"
        );
    }

    @Test
    void propertiesAreJsonWithoutRawControlCharacters() throws Exception {
        String[] parts = LegacyForwarding.address("h", "", ip("203.0.113.9"), SKINNED).split("\0", -1);
        assertThat(parts).hasSize(4);
        assertThat(parts[3]).doesNotContain("\n");
        JsonNode json = JsonMapper.shared().readTree(parts[3]);
        assertThat(json).isEqualTo(
            JsonMapper.shared().readTree(
                """
                [{"name":"textures","value":"e30=","signature":"c2ln"},{"name":"odd","value":"\\u0000\\"\\\\ä\\n"}]
                """
            )
        );
    }

    @Test
    void ipv6AddressesHaveNoScope() throws Exception {
        assertThat(LegacyForwarding.address("h", "", ip("fe80::1%1"), PLAIN).split("\0", -1)[1]).isEqualTo(
            "fe80:0:0:0:0:0:0:1"
        );
    }

    @Test
    void bungeeGuardAddsTheTokenAsLastProperty() throws Exception {
        String[] parts = LegacyForwarding.addressWithToken("h", "", ip("203.0.113.9"), SKINNED, "to\"ken").split(
            "\0",
            -1
        );
        assertThat(parts).hasSize(4);
        JsonNode json = JsonMapper.shared().readTree(parts[3]);
        assertThat(json).hasSize(3);
        assertThat(json.get(2)).isEqualTo(
            JsonMapper.shared().readTree("{\"name\":\"bungeeguard-token\",\"value\":\"to\\\"ken\",\"signature\":\"\"}")
        );
    }

    @Test
    void theMarkerOfOldForgeBecomesTwoProperties() throws Exception {
        assertThat(LegacyForwarding.address("h", "\0FML\0", ip("203.0.113.9"), PLAIN)).isEqualTo(
            "h\000203.0.113.9\000069a79f444e94726a5befca90e38aaf5\0" +
                "[{\"name\":\"forgeClient\",\"value\":\"true\",\"signature\":\"\"}," +
                "{\"name\":\"extraData\",\"value\":\"\\u0001FML\\u0001\",\"signature\":\"\"}]"
        );
    }

    @Test
    void otherMarkersBecomeOne() throws Exception {
        for (String name : List.of("FML2", "FML3", "FORGE")) {
            String address = LegacyForwarding.address("h", "\0" + name + "\0", ip("203.0.113.9"), PLAIN);
            assertThat(address.split("\0", -1)[3]).isEqualTo(
                "[{\"name\":\"extraData\",\"value\":\"\\u0001" + name + "\\u0001\",\"signature\":\"\"}]"
            );
        }
        String guarded = LegacyForwarding.addressWithToken("h", "\0FORGE", ip("203.0.113.9"), PLAIN, "t");
        assertThat(JsonMapper.shared().readTree(guarded.split("\0", -1)[3])).hasSize(2);
    }

    private static InetAddress ip(String text) throws Exception {
        return InetAddress.getByName(text);
    }
}
