package io.nightporter.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.LoginStart.ProfileKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileKeysTest {

    private static final Instant NOW = Instant.parse("2022-09-01T12:00:00Z");
    private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));
    private static final UUID ID = UUID.fromString("069a79f4-44e9-4726-a5be-fca90e38aaf5");

    private static KeyPair mojang;
    private static KeyPair player;
    private static ProfileKeys keys;

    @BeforeAll
    static void makeKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        mojang = generator.generateKeyPair();
        player = generator.generateKeyPair();
        keys = new ProfileKeys(mojang.getPublic(), () -> NOW);
    }

    @Test
    void aKeyOf119IsTrustedWhenTheTextIsSigned() throws Exception {
        ProfileKey key = unlinked(TOMORROW, mojang.getPrivate());
        assertThat(keys.check(759, key, null)).isEqualTo(new ProfileKeyAnswer.Trusted(player.getPublic()));
        assertThat(keys.check(759, key, ID)).isInstanceOf(ProfileKeyAnswer.Trusted.class);
        assertThat(keys.check(760, key, ID)).isInstanceOf(ProfileKeyAnswer.Invalid.class);
    }

    @Test
    void aKeyOf1191IsTrustedForItsPlayerOnly() throws Exception {
        ProfileKey key = linked(TOMORROW, ID, mojang.getPrivate());
        assertThat(keys.check(760, key, ID)).isEqualTo(new ProfileKeyAnswer.Trusted(player.getPublic()));
        assertThat(keys.check(760, key, new UUID(1, 2))).isInstanceOf(ProfileKeyAnswer.Invalid.class);
        assertThat(keys.check(760, key, null)).isInstanceOf(ProfileKeyAnswer.Invalid.class);
        assertThat(keys.check(759, key, ID)).isInstanceOf(ProfileKeyAnswer.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(ints = { 4, 758, 761, 777 })
    void otherVersionsHaveNoSuchKeys(int protocol) throws Exception {
        assertThat(ProfileKeys.sentBy(protocol)).isFalse();
        ProfileKey key = linked(TOMORROW, ID, mojang.getPrivate());
        assertThat(keys.check(protocol, key, ID)).isInstanceOf(ProfileKeyAnswer.Invalid.class);
    }

    @Test
    void anExpiredKeyIsSaidToBeExpired() throws Exception {
        assertThat(keys.check(759, unlinked(NOW, mojang.getPrivate()), null)).isInstanceOf(
            ProfileKeyAnswer.Expired.class
        );
        assertThat(keys.check(760, linked(NOW.minusMillis(1), ID, mojang.getPrivate()), ID)).isInstanceOf(
            ProfileKeyAnswer.Expired.class
        );
        assertThat(keys.check(760, linked(NOW.plusMillis(1), ID, mojang.getPrivate()), ID)).isInstanceOf(
            ProfileKeyAnswer.Trusted.class
        );
    }

    @Test
    void aKeyThatThePlayerSignedThemselvesIsNotTrusted() throws Exception {
        assertThat(keys.check(759, unlinked(TOMORROW, player.getPrivate()), null)).isInstanceOf(
            ProfileKeyAnswer.Invalid.class
        );
        assertThat(keys.check(760, linked(TOMORROW, ID, player.getPrivate()), ID)).isInstanceOf(
            ProfileKeyAnswer.Invalid.class
        );
    }

    @Test
    void alteringTheTimeOrTheKeyBreaksTheSignature() throws Exception {
        ProfileKey key = unlinked(TOMORROW, mojang.getPrivate());
        ProfileKey later = new ProfileKey(key.expiry() + 1, key.publicKey(), key.signature());
        ProfileKey other = new ProfileKey(key.expiry(), Bytes.of(mojang.getPublic().getEncoded()), key.signature());
        assertThat(keys.check(759, later, null)).isInstanceOf(ProfileKeyAnswer.Invalid.class);
        assertThat(keys.check(759, other, null)).isInstanceOf(ProfileKeyAnswer.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 256, 4096 })
    void nonsenseIsNotTrusted(int length) {
        ProfileKey key = key(TOMORROW, new byte[length], new byte[length]);
        assertThat(keys.check(759, key, ID)).isInstanceOf(ProfileKeyAnswer.Invalid.class);
        assertThat(keys.check(760, key, ID)).isInstanceOf(ProfileKeyAnswer.Invalid.class);
    }

    @Test
    void bytesThatAreNoKeyAreNotTrustedEvenWhenSigned() throws Exception {
        byte[] noKey = { 1, 2, 3 };
        byte[] signature = sign("SHA1withRSA", mojang.getPrivate(), linkedBytes(TOMORROW, ID, noKey));
        assertThat(keys.check(760, key(TOMORROW, noKey, signature), ID)).isInstanceOf(ProfileKeyAnswer.Invalid.class);
    }

    @Test
    void aSignedVerifyTokenIsRecognised() throws Exception {
        var trusted = new ProfileKeyAnswer.Trusted(player.getPublic());
        Bytes token = Bytes.of(new byte[] { 1, 2, 3, 4 });
        long salt = -8_877_665_544_332_211L;
        byte[] signed = ByteBuffer.allocate(12).put(token.toArray()).putLong(salt).array();
        Bytes signature = Bytes.of(sign("SHA256withRSA", player.getPrivate(), signed));
        assertThat(trusted.signed(token, salt, signature)).isTrue();
        assertThat(trusted.signed(token, salt + 1, signature)).isFalse();
        assertThat(trusted.signed(Bytes.of(new byte[] { 1, 2, 3, 5 }), salt, signature)).isFalse();
        assertThat(trusted.signed(token, salt, Bytes.of(new byte[256]))).isFalse();
        assertThat(trusted.signed(token, salt, Bytes.of(new byte[3]))).isFalse();
        Bytes byAnother = Bytes.of(sign("SHA256withRSA", mojang.getPrivate(), signed));
        assertThat(trusted.signed(token, salt, byAnother)).isFalse();
    }

    @Test
    void mojangsOwnKeyIsPartOfTheProgram() throws Exception {
        ProfileKey key = unlinked(Instant.now().plus(Duration.ofDays(1)), mojang.getPrivate());
        assertThat(ProfileKeys.ofMojang().check(759, key, null)).isInstanceOf(ProfileKeyAnswer.Invalid.class);
    }

    private static ProfileKey key(Instant expiry, byte[] der, byte[] signature) {
        return new ProfileKey(expiry.toEpochMilli(), Bytes.of(der), Bytes.of(signature));
    }

    private static ProfileKey unlinked(Instant expiry, PrivateKey signer) throws Exception {
        byte[] der = player.getPublic().getEncoded();
        StringBuilder text = new StringBuilder()
            .append(expiry.toEpochMilli())
            .append("-----BEGIN RSA PUBLIC KEY-----\n");
        String base64 = Base64.getEncoder().encodeToString(der);
        for (int i = 0; i < base64.length(); i += 76) {
            text.append(base64, i, Math.min(i + 76, base64.length())).append('\n');
        }
        text.append("-----END RSA PUBLIC KEY-----\n");
        byte[] signed = text.toString().getBytes(StandardCharsets.US_ASCII);
        return key(expiry, der, sign("SHA1withRSA", signer, signed));
    }

    private static ProfileKey linked(Instant expiry, UUID holder, PrivateKey signer) throws Exception {
        byte[] der = player.getPublic().getEncoded();
        return key(expiry, der, sign("SHA1withRSA", signer, linkedBytes(expiry, holder, der)));
    }

    private static byte[] linkedBytes(Instant expiry, UUID holder, byte[] der) {
        return ByteBuffer.allocate(24 + der.length)
            .putLong(holder.getMostSignificantBits())
            .putLong(holder.getLeastSignificantBits())
            .putLong(expiry.toEpochMilli())
            .put(der)
            .array();
    }

    private static byte[] sign(String algorithm, PrivateKey key, byte[] data) throws Exception {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(data);
        return signature.sign();
    }
}
