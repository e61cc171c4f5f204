package io.nightporter.proxy.forwarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.LoginStart.ProfileKey;
import io.nightporter.protocol.packet.ProfileProperty;
import io.nightporter.proxy.auth.GameProfile;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModernForwardingTest {

    private static final String SECRET = "night porter ü";
    private static final UUID ID = UUID.fromString("069a79f4-44e9-4726-a5be-fca90e38aaf5");
    private static final GameProfile PLAIN = new GameProfile(ID, "Notch", List.of());
    private static final GameProfile SKINNED = new GameProfile(
        ID,
        "Notch",
        List.of(
            new ProfileProperty("textures", "e30=".repeat(100), Optional.of("c2ln")),
            new ProfileProperty("odd", "ä", Optional.empty())
        )
    );
    private static final ProfileKey KEY = new ProfileKey(
        1_662_034_800_123L,
        Bytes.of(new byte[] { 1, 2, 3 }),
        Bytes.of(new byte[300])
    );

    private final ModernForwarding forwarding = new ModernForwarding(SECRET);

    @Test
    void theAnswerIsSignedAsOtherImplementationsSignIt() throws Exception {
        byte[] answer = forwarding.answer(Bytes.of((byte) 4), 765, PLAIN, ip("203.0.113.9"), null).toArray();
        assertThat(HexFormat.of().formatHex(answer)).isEqualTo(
            "6b5f83f3168ac2d3da2d342b202a02d532e02ffb05bbe02f80599524634b03de" +
                "04" +
                "0b3230332e302e3131332e39" +
                "069a79f444e94726a5befca90e38aaf5" +
                "054e6f746368" +
                "00"
        );
    }

    @Test
    void anotherSecretGivesAnotherSignature() throws Exception {
        byte[] ours = forwarding.answer(Bytes.EMPTY, 765, PLAIN, ip("203.0.113.9"), null).toArray();
        byte[] theirs = new ModernForwarding("x").answer(Bytes.EMPTY, 765, PLAIN, ip("203.0.113.9"), null).toArray();
        assertThat(Arrays.copyOf(ours, 32)).isNotEqualTo(Arrays.copyOf(theirs, 32));
        assertThat(Arrays.copyOfRange(ours, 32, ours.length)).isEqualTo(Arrays.copyOfRange(theirs, 32, theirs.length));
    }

    @Test
    void theServerLearnsWhoThePlayerIs() throws Exception {
        Decoded decoded = decode(forwarding.answer(Bytes.of((byte) 1), 765, SKINNED, ip("fe80::1%1"), null));
        assertThat(decoded.ip).isEqualTo("fe80:0:0:0:0:0:0:1");
        assertThat(decoded.profile).isEqualTo(SKINNED);
        assertThat(decoded.expiry).isNull();
    }

    /** Question −1 stands for an empty one. */
    @ParameterizedTest
    @CsvSource({
        "393, -1, 1",
        "758, 4, 1",
        "759, -1, 1",
        "759, 0, 1",
        "759, 1, 1",
        "759, 2, 2",
        "759, 3, 2",
        "759, 4, 2",
        "760, 1, 1",
        "760, 2, 1",
        "760, 3, 3",
        "760, 4, 3",
        "760, 127, 3",
        "761, -1, 1",
        "761, 1, 1",
        "761, 2, 1",
        "761, 3, 1",
        "761, 4, 4",
        "777, 4, 4",
        "777, 9, 4",
        "777, -100, 1",
    })
    void clientWithKeyAndQuestionDecideTheVersion(int protocol, int asked, int version) throws Exception {
        Bytes question = asked == -1 ? Bytes.EMPTY : Bytes.of((byte) asked);
        Decoded decoded = decode(forwarding.answer(question, protocol, PLAIN, ip("203.0.113.9"), KEY));
        assertThat(decoded.version).isEqualTo(version);
        if (version == 2 || version == 3) {
            assertThat(decoded.expiry).isEqualTo(1_662_034_800_123L);
            assertThat(decoded.key).isEqualTo(HexFormat.of().formatHex(KEY.publicKey().toArray()));
            assertThat(decoded.signature).isEqualTo(HexFormat.of().formatHex(KEY.signature().toArray()));
        }
        assertThat(decoded.signer).isEqualTo(version == 3 ? ID : null);
    }

    @ParameterizedTest
    @CsvSource({ "393, 4, 1", "759, 4, 1", "760, 4, 1", "761, 4, 4" })
    void withoutKeyThereIsNoneToForward(int protocol, byte asked, int version) throws Exception {
        Bytes question = Bytes.of(asked);
        assertThat(decode(forwarding.answer(question, protocol, PLAIN, ip("203.0.113.9"), null)).version).isEqualTo(
            version
        );
    }

    @Test
    void aQuestionOfSeveralBytesIsTakenForTheOldestOne() throws Exception {
        Bytes question = Bytes.of(new byte[] { 4, 4 });
        assertThat(decode(forwarding.answer(question, 777, PLAIN, ip("203.0.113.9"), null)).version).isEqualTo(1);
    }

    @Test
    void clientsBefore113HaveNoPluginMessagesInLogin() {
        assertThat(ModernForwarding.supported(340)).isFalse();
        assertThat(ModernForwarding.supported(392)).isFalse();
        assertThat(ModernForwarding.supported(393)).isTrue();
        assertThat(ModernForwarding.supported(777)).isTrue();
    }

    @Test
    void anEmptySecretIsRefused() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new ModernForwarding(""))
            .withMessageContaining("empty");
    }

    private static InetAddress ip(String text) throws Exception {
        return InetAddress.getByName(text);
    }

    private record Decoded(
        int version,
        String ip,
        GameProfile profile,
        @Nullable Long expiry,
        @Nullable String key,
        @Nullable String signature,
        @Nullable UUID signer
    ) {}

    /** As a server reads it; fails on a wrong signature and on bytes too many. */
    private static Decoded decode(Bytes content) throws Exception {
        byte[] answer = content.toArray();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update(answer, 32, answer.length - 32);
        assertThat(Arrays.copyOf(answer, 32)).isEqualTo(mac.doFinal());
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(answer, 32, answer.length - 32));
        int version = varInt(in);
        String ip = string(in);
        UUID id = new UUID(in.readLong(), in.readLong());
        String name = string(in);
        List<ProfileProperty> properties = new ArrayList<>();
        for (int rest = varInt(in); rest > 0; rest--) {
            properties.add(
                new ProfileProperty(
                    string(in),
                    string(in),
                    in.readBoolean() ? Optional.of(string(in)) : Optional.empty()
                )
            );
        }
        boolean hasKey = version == 2 || version == 3;
        Decoded decoded = new Decoded(
            version,
            ip,
            new GameProfile(id, name, properties),
            hasKey ? in.readLong() : null,
            hasKey ? HexFormat.of().formatHex(in.readNBytes(varInt(in))) : null,
            hasKey ? HexFormat.of().formatHex(in.readNBytes(varInt(in))) : null,
            version == 3 && in.readBoolean() ? new UUID(in.readLong(), in.readLong()) : null
        );
        assertThat(in.available()).isZero();
        return decoded;
    }

    private static String string(DataInputStream in) throws IOException {
        return new String(in.readNBytes(varInt(in)), StandardCharsets.UTF_8);
    }

    private static int varInt(DataInputStream in) throws IOException {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int b = in.readUnsignedByte();
            value |= (b & 0x7F) << shift;
            if (b < 0x80) {
                return value;
            }
        }
    }
}
