package io.nightporter.proxy.status;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The pings of clients before 1.7, which know neither frames nor JSON: their first bytes, and the kick packet that
 * answers them.
 *
 * <table>
 *   <caption>What clients send</caption>
 *   <tr><td>beta 1.8 … 1.3</td><td>{@code FE}</td></tr>
 *   <tr><td>1.4, 1.5</td><td>{@code FE 01}</td></tr>
 *   <tr><td>1.6</td><td>{@code FE 01 FA}, "MC|PingHost", length of the rest (short), protocol (byte), hostname, port
 *   (int)</td></tr>
 * </table>
 *
 * <p>Strings are a count of UTF-16 units (short) and those units, big endian. Source: the article "Server List Ping"
 * of the Minecraft wiki (formerly wiki.vg).
 *
 * <p>{@code FE 01} may also be the length, 254, of a modern handshake: the third byte decides, since a handshake goes
 * on with its packet id, 0.
 */
public final class LegacyPing {

    /** The form in which a client understands the answer. */
    public enum Generation {
        /** Up to 1.3: MOTD, players and maximum. */
        BETA,
        /** 1.4 and 1.5: also the version. */
        SINCE_1_4,
        /** 1.6: as {@link #SINCE_1_4}, and the ping says which hostname was typed. */
        SINCE_1_6,
    }

    /** What the first bytes of a connection are. */
    public sealed interface Detection {
        /**
         * More bytes are needed. A client that sends no more of them has said all it knows to say.
         *
         * @param ifSilent what it was, if nothing more comes for a while (half a second, say); null: nothing yet
         */
        record NeedMore(@Nullable Ping ifSilent) implements Detection {}

        /** A modern client, or nonsense. */
        record NotLegacy() implements Detection {}

        /**
         * A ping, complete.
         *
         * @param host the hostname that the player typed, where the client says it; as untrustworthy as in a handshake
         */
        record Ping(Generation generation, @Nullable String host) implements Detection {}
    }

    private static final Detection NOTHING_YET = new Detection.NeedMore(null);
    private static final Detection NOT_LEGACY = new Detection.NotLegacy();

    private static final int PING = 0xFE;
    private static final int PAYLOAD = 0x01;
    private static final int PLUGIN_MESSAGE = 0xFA;
    private static final int KICK = 0xFF;
    private static final byte[] CHANNEL = utf16("MC|PingHost");
    private static final int HOST_LIMIT = 255;

    /** Of the kick reason, as the clients of these generations limit it when they read it. */
    private static final int LONGEST_BETA_ANSWER = 100;

    private static final int LONGEST_ANSWER = 256;

    /** A number that no client of these generations has: each shows the server as too new, with its version. */
    private static final String PROTOCOL = "127";

    private LegacyPing() {}

    /**
     * @param in what came so far from the first byte on; its indexes stay where they are
     */
    public static Detection detect(ByteBuf in) {
        int start = in.readerIndex();
        int length = in.readableBytes();
        if (length == 0) {
            return NOTHING_YET;
        }
        if (in.getUnsignedByte(start) != PING) {
            return NOT_LEGACY;
        }
        if (length == 1) {
            return new Detection.NeedMore(new Detection.Ping(Generation.BETA, null));
        }
        if (in.getUnsignedByte(start + 1) != PAYLOAD) {
            return NOT_LEGACY;
        }
        if (length == 2) {
            return new Detection.NeedMore(new Detection.Ping(Generation.SINCE_1_4, null));
        }
        if (in.getUnsignedByte(start + 2) != PLUGIN_MESSAGE) {
            return NOT_LEGACY;
        }
        return detectHost(in.slice(start + 3, length - 3));
    }

    /** The plugin message without its first byte. Only its beginning and the hostname are looked at. */
    private static Detection detectHost(ByteBuf in) {
        Detection.Ping withoutHost = new Detection.Ping(Generation.SINCE_1_6, null);
        int channelEnd = 2 + CHANNEL.length;
        for (int i = 0; i < Math.min(in.readableBytes(), channelEnd); i++) {
            int expected = i == 0 ? 0 : i == 1 ? CHANNEL.length / 2 : CHANNEL[i - 2];
            if (in.getByte(i) != expected) {
                return NOT_LEGACY;
            }
        }
        int hostAt = channelEnd + 2 + 1 + 2;
        if (in.readableBytes() < hostAt) {
            return new Detection.NeedMore(withoutHost);
        }
        int rest = in.getUnsignedShort(channelEnd);
        int hostLength = in.getUnsignedShort(hostAt - 2);
        if (hostLength > HOST_LIMIT || rest != 7 + 2 * hostLength) {
            return NOT_LEGACY;
        }
        if (in.readableBytes() < hostAt + 2 * hostLength + 4) {
            return new Detection.NeedMore(withoutHost);
        }
        return new Detection.Ping(Generation.SINCE_1_6, in.toString(hostAt, 2 * hostLength, StandardCharsets.UTF_16BE));
    }

    /**
     * The answer, after which the connection is closed.
     *
     * @param motd with § formatting, which clients before 1.4 cannot have: there it separates the fields
     * @param version shown in the place of the player count, since no such client can join
     * @return a kick packet; the caller releases it
     */
    static ByteBuf answer(Generation generation, String version, String motd, int online, int max) {
        String text;
        if (generation == Generation.BETA) {
            String figures = "§" + online + "§" + max;
            text = cut(oneLine(withoutFormatting(motd)), LONGEST_BETA_ANSWER - figures.length()) + figures;
        } else {
            String head = "§1\0" + PROTOCOL + "\0" + cut(oneLine(version), 64) + "\0";
            String figures = "\0" + online + "\0" + max;
            text = head + cut(oneLine(motd), LONGEST_ANSWER - head.length() - figures.length()) + figures;
        }
        byte[] units = utf16(text);
        ByteBuf out = Unpooled.buffer(3 + units.length);
        out.writeByte(KICK);
        out.writeShort(text.length());
        return out.writeBytes(units);
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.strip()
            .chars()
            .forEach(c -> line.append(c < ' ' ? ' ' : (char) c));
        return line.toString();
    }

    private static String withoutFormatting(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '§') {
                i++;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }

    /** At most so many characters, without half a character or half a formatting code at the end. */
    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        char last = text.charAt(length - 1);
        return text.substring(0, last == '§' || Character.isHighSurrogate(last) ? length - 1 : length);
    }

    private static byte[] utf16(String text) {
        return text.getBytes(StandardCharsets.UTF_16BE);
    }
}
