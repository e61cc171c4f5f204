package io.nightporter.protocol.frame;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-128 in CFB8 mode, key and initialisation vector being the shared secret, as the game encrypts a connection.
 *
 * <p>Each byte of key stream depends on the sixteen bytes of cipher text before it. Who decrypts has all of those at
 * hand, so the key stream of a whole buffer comes from one AES/ECB call over all shifted registers; who encrypts gets
 * them one by one and has to go through the JDK's serial mode. Works in place. One instance is one direction of one
 * connection, used by its event loop only.
 */
public abstract sealed class Cfb8 {

    private static final int BLOCK = 16;
    /** Bytes treated at once: their registers, sixteen times as many, stay in the first-level cache. */
    private static final int STEP = 512;

    private Cfb8() {}

    public static Cfb8 encryption(byte[] secret) {
        return new Encryption(secret);
    }

    public static Cfb8 decryption(byte[] secret) {
        return new Decryption(secret);
    }

    /** Replaces the readable bytes; the reader index stays where it is. */
    public abstract void apply(ByteBuf bytes);

    private static IllegalStateException impossible(GeneralSecurityException e) {
        return new IllegalStateException("AES is part of every JDK", e);
    }

    private static final class Encryption extends Cfb8 {

        private static final ThreadLocal<byte[]> STAGE = ThreadLocal.withInitial(() -> new byte[8 * STEP]);

        private final Cipher cipher;

        Encryption(byte[] secret) {
            try {
                cipher = Cipher.getInstance("AES/CFB8/NoPadding");
                cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(secret, "AES"), new IvParameterSpec(secret));
            } catch (GeneralSecurityException e) {
                throw impossible(e);
            }
        }

        @Override
        public void apply(ByteBuf bytes) {
            byte[] stage = STAGE.get();
            int end = bytes.writerIndex();
            try {
                for (int i = bytes.readerIndex(); i < end; ) {
                    int n = Math.min(stage.length, end - i);
                    bytes.getBytes(i, stage, 0, n);
                    cipher.update(stage, 0, n, stage, 0);
                    bytes.setBytes(i, stage, 0, n);
                    i += n;
                }
            } catch (ShortBufferException e) {
                throw impossible(e);
            }
        }
    }

    private static final class Decryption extends Cfb8 {

        private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(
            long[].class,
            ByteOrder.LITTLE_ENDIAN
        );
        private static final ThreadLocal<Stage> STAGE = ThreadLocal.withInitial(Stage::new);

        private final Cipher cipher;
        /** The sixteen bytes of cipher text that came last. */
        private final byte[] register;

        Decryption(byte[] secret) {
            register = secret.clone();
            try {
                cipher = Cipher.getInstance("AES/ECB/NoPadding");
                cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(secret, "AES"));
            } catch (GeneralSecurityException e) {
                throw impossible(e);
            }
        }

        @Override
        public void apply(ByteBuf bytes) {
            Stage stage = STAGE.get();
            byte[] text = stage.text;
            byte[] registers = stage.registers;
            int end = bytes.writerIndex();
            try {
                for (int i = bytes.readerIndex(); i < end; ) {
                    int n = Math.min(STEP, end - i);
                    System.arraycopy(register, 0, text, 0, BLOCK);
                    bytes.getBytes(i, text, BLOCK, n);
                    for (int k = 0; k < n; k++) {
                        LONGS.set(registers, k * BLOCK, (long) LONGS.get(text, k));
                        LONGS.set(registers, k * BLOCK + 8, (long) LONGS.get(text, k + 8));
                    }
                    cipher.update(registers, 0, n * BLOCK, registers, 0);
                    System.arraycopy(text, n, register, 0, BLOCK);
                    for (int k = 0; k < n; k++) {
                        text[BLOCK + k] ^= registers[k * BLOCK];
                    }
                    bytes.setBytes(i, text, BLOCK, n);
                    i += n;
                }
            } catch (ShortBufferException e) {
                throw impossible(e);
            }
        }

        private static final class Stage {

            final byte[] text = new byte[BLOCK + STEP];
            final byte[] registers = new byte[STEP * BLOCK];
        }
    }
}
