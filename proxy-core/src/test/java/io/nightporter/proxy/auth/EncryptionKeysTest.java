package io.nightporter.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionKeysTest {

    private static final EncryptionKeys KEYS = EncryptionKeys.generate();

    @Test
    void thePublicKeyHasTheSizeThatClientsKnow() {
        assertThat(KEYS.publicKeyDer().size()).isEqualTo(162);
    }

    @Test
    void theSecretThatAClientEncryptsIsUnderstood() throws Exception {
        byte[] secret = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        assertThat(KEYS.decryptSecret(encrypt(secret))).isEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 15, 17, 32 })
    void aSecretOfAnotherLengthIsRefused(int length) throws Exception {
        Bytes encrypted = encrypt(new byte[length]);
        assertThatExceptionOfType(BadPacketException.class).isThrownBy(() -> KEYS.decryptSecret(encrypted));
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 127, 128, 129, 100_000 })
    void whatWasNotEncryptedForUsIsRefusedWithoutSayingWhy(int length) {
        byte[] garbage = new byte[length];
        Arrays.fill(garbage, (byte) 0x55);
        assertThatExceptionOfType(BadPacketException.class)
            .isThrownBy(() -> KEYS.decryptSecret(Bytes.of(garbage)))
            .satisfies(e -> assertThat(e.reason()).isEqualTo("encryption_invalid"))
            .withMessage("the encryption response does not fit the request")
            .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    }

    @Test
    void theVerifyTokenMustComeBack() throws Exception {
        Bytes sent = KEYS.newVerifyToken();
        byte[] token = sent.toArray();
        assertThat(token).hasSize(4);
        Bytes encrypted = encrypt(token);
        assertThatCode(() -> KEYS.checkVerifyToken(sent, encrypted)).doesNotThrowAnyException();
        byte[] other = { token[0], token[1], token[2], (byte) (token[3] + 1) };
        Bytes encryptedOther = encrypt(other);
        assertThatExceptionOfType(BadPacketException.class).isThrownBy(() ->
            KEYS.checkVerifyToken(sent, encryptedOther)
        );
        Bytes encryptedPart = encrypt(new byte[] { token[0], token[1], token[2] });
        assertThatExceptionOfType(BadPacketException.class).isThrownBy(() ->
            KEYS.checkVerifyToken(sent, encryptedPart)
        );
    }

    @Test
    void everyVerifyTokenIsAnotherOne() {
        assertThat(Stream.generate(KEYS::newVerifyToken).limit(20).distinct()).hasSizeGreaterThan(15);
    }

    private static Bytes encrypt(byte[] plain) throws Exception {
        PublicKey key = KeyFactory.getInstance("RSA").generatePublic(
            new X509EncodedKeySpec(KEYS.publicKeyDer().toArray())
        );
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, key);
        return Bytes.of(cipher.doFinal(plain));
    }
}
