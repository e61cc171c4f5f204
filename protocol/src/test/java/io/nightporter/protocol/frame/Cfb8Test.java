package io.nightporter.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class Cfb8Test {

    @Property(tries = 100)
    void bothDirectionsAgreeWithTheJdkHoweverTheStreamIsCut(@ForAll long seed) throws GeneralSecurityException {
        Random random = new Random(seed);
        byte[] secret = new byte[16];
        byte[] plain = new byte[1 + random.nextInt(5000)];
        random.nextBytes(secret);
        random.nextBytes(plain);
        Cipher jdk = Cipher.getInstance("AES/CFB8/NoPadding");
        jdk.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(secret, "AES"), new IvParameterSpec(secret));
        byte[] cipherText = jdk.doFinal(plain);

        assertThat(inPieces(Cfb8.encryption(secret), plain, random)).isEqualTo(cipherText);
        assertThat(inPieces(Cfb8.decryption(secret), cipherText, random)).isEqualTo(plain);
    }

    private static byte[] inPieces(Cfb8 cipher, byte[] input, Random random) {
        ByteBuf whole = Unpooled.buffer();
        for (int i = 0; i < input.length; ) {
            int n = Math.min(input.length - i, 1 + random.nextInt(1500));
            ByteBuf piece = Unpooled.wrappedBuffer(Arrays.copyOfRange(input, i, i + n));
            cipher.apply(piece);
            whole.writeBytes(piece);
            i += n;
        }
        return ByteBufUtil.getBytes(whole);
    }
}
