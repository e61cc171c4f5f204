package io.nightporter.proxy.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.frame.Zlib;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import java.util.Arrays;
import java.util.List;

/** Makes the bytes that a hostile peer sends, from chance and from what would be right at this place. */
final class Malice {

    private static final int KINDS = 15;

    private final Dice dice;
    private final ProtocolVersion version;
    private final State state;
    private final Direction direction;
    /** Of the connection: negative without compression. */
    private final int threshold;

    Malice(Dice dice, ProtocolVersion version, State state, Direction direction, int threshold) {
        this.dice = dice;
        this.version = version;
        this.state = state;
        this.direction = direction;
        this.threshold = threshold;
    }

    /** Some pieces of a stream, one behind the other, right and wrong ones. */
    byte[] stream() {
        ByteBuf out = Unpooled.buffer();
        int pieces = 1 + dice.of(6);
        for (int i = 0; i < pieces; i++) {
            piece(dice.of(KINDS), out);
        }
        return ByteBufUtil.getBytes(out);
    }

    private void piece(int kind, ByteBuf out) {
        switch (kind) {
            case 0 -> out.writeBytes(dice.bytes(1 + dice.of(300)));
            case 1, 2 -> frame(valid(), out);
            case 3, 4, 5 -> frame(mutated(valid()), out);
            case 6 -> frame(Samples.payload(dice.of(0x90), dice.bytes(dice.of(64))), out);
            case 7 -> wrongLength(out);
            case 8 -> truncated(out);
            case 9 -> oversized(out);
            case 10 -> compressedNonsense(out);
            case 11 -> bomb(out);
            case 12 -> frame(fromElsewhere(), out);
            case 13 -> tinyFrames(out);
            default -> endlessNumber(out);
        }
    }

    private byte[] valid() {
        return dice.one(Samples.of(version, state, direction));
    }

    /** What belongs into another state, or was to be said by the other side. */
    private byte[] fromElsewhere() {
        State elsewhere = dice.one(List.of(State.values()));
        return dice.one(Samples.of(version, elsewhere, dice.one(List.of(Direction.values()))));
    }

    /** The same bytes with some of them changed, left out, doubled, or replaced by a number at a limit. */
    byte[] mutated(byte[] bytes) {
        byte[] result = bytes;
        int changes = 1 + dice.of(3);
        for (int i = 0; i < changes && result.length > 0; i++) {
            int at = dice.of(result.length);
            result = switch (dice.of(5)) {
                case 0 -> flipped(result, at);
                case 1 -> spliced(result, at, Math.min(result.length, at + 1 + dice.of(8)), new byte[0]);
                case 2 -> spliced(result, at, at, dice.bytes(1 + dice.of(8)));
                case 3 -> spliced(result, at, at + 1, varint(dice.edge()));
                default -> Arrays.copyOf(result, at);
            };
        }
        return result;
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] result = bytes.clone();
        result[at] = (byte) (result[at] ^ (1 << dice.of(8)));
        return result;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] replacement) {
        ByteBuf out = Unpooled.buffer();
        out.writeBytes(bytes, 0, from)
            .writeBytes(replacement)
            .writeBytes(bytes, to, bytes.length - to);
        return ByteBufUtil.getBytes(out);
    }

    /** As this connection frames and compresses. */
    private void frame(byte[] payload, ByteBuf out) {
        if (payload.length > 0) {
            Frames.write(Unpooled.wrappedBuffer(payload), threshold, out, Zlib.ofThisThread());
        }
    }

    private void wrongLength(ByteBuf out) {
        byte[] payload = valid();
        int wrong = dice.oneIn(2) ? payload.length + dice.of(9) - 4 : dice.edge();
        VarInts.write(out, wrong);
        out.writeBytes(payload);
    }

    private void truncated(ByteBuf out) {
        ByteBuf whole = Unpooled.buffer();
        frame(valid(), whole);
        out.writeBytes(whole, dice.of(whole.readableBytes()));
    }

    private void oversized(ByteBuf out) {
        int claimed = dice.oneIn(2) ? Frames.MAX_CONTENT : 1 + dice.of(Frames.MAX_CONTENT);
        VarInts.write(out, claimed);
        // Seldom all of it: filling two mebibytes costs as much as a hundred other cases.
        out.writeZero(dice.oneIn(20) ? claimed : dice.of(5000));
    }

    /** A frame whose claim of a size, or whose zlib stream, is wrong, whether or not this connection compresses. */
    private void compressedNonsense(ByteBuf out) {
        byte[] payload = valid();
        ByteBuf content = Unpooled.buffer();
        boolean rightClaim = dice.oneIn(3);
        VarInts.write(content, rightClaim ? payload.length : dice.edge());
        ByteBuf zlib = Unpooled.buffer();
        Zlib.ofThisThread().deflate(Unpooled.wrappedBuffer(payload), zlib);
        byte[] stream = ByteBufUtil.getBytes(zlib);
        content.writeBytes(
            switch (dice.of(4)) {
                case 0 -> dice.bytes(1 + dice.of(100));
                case 1 -> Arrays.copyOf(stream, dice.of(stream.length));
                case 2 -> mutated(stream);
                default -> stream;
            }
        );
        VarInts.write(out, content.readableBytes());
        out.writeBytes(content);
    }

    /** Zeros that deflate to a thousandth, with an honest claim or one that lies. */
    private void bomb(ByteBuf out) {
        int size = 1 << (12 + dice.of(dice.oneIn(10) ? 12 : 6));
        ByteBuf plain = Unpooled.buffer(size + 5);
        VarInts.write(plain, dice.oneIn(2) ? dice.of(0x80) : valid()[0]);
        plain.writeZero(size);
        int honest = plain.readableBytes();
        ByteBuf content = Unpooled.buffer();
        VarInts.write(
            content,
            switch (dice.of(4)) {
                case 0 -> dice.edge();
                case 1 -> honest - 1 - dice.of(100);
                default -> honest;
            }
        );
        Zlib.ofThisThread().deflate(plain, content);
        VarInts.write(out, content.readableBytes());
        out.writeBytes(content);
    }

    private void tinyFrames(ByteBuf out) {
        int count = 1 + dice.of(400);
        int id = dice.of(0x80);
        for (int i = 0; i < count; i++) {
            if (threshold < 0) {
                out.writeByte(1).writeByte(id);
            } else {
                out.writeByte(2).writeByte(0).writeByte(id);
            }
        }
    }

    private void endlessNumber(ByteBuf out) {
        int digit = dice.oneIn(2) ? 0xFF : 0x80;
        int count = 1 + dice.of(12);
        for (int i = 0; i < count; i++) {
            out.writeByte(digit);
        }
    }

    private static byte[] varint(int number) {
        ByteBuf out = Unpooled.buffer();
        VarInts.write(out, number);
        return ByteBufUtil.getBytes(out);
    }
}
