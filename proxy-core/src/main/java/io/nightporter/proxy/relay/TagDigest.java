package io.nightporter.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.BadPacketException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Digests the tags of a configuration. Servers write them in the order in which their hash tables happen to have them,
 * so that the same server says them differently after each start; to the client that is all the same. The order of the
 * entries within a tag stays, as clients show them in it.
 */
final class TagDigest {

    /** Of registries and tags; modded servers have some ten thousand. More are taken in the order in which they come. */
    private static final int MOST_NAMES = 65_536;

    private final ByteBuf in;
    private int names;

    private TagDigest(ByteBuf in) {
        this.in = in;
    }

    /**
     * Adds the packet UpdateTags.
     *
     * @param body behind the id; not consumed
     */
    static void update(MessageDigest digest, ByteBuf body) {
        try {
            List<byte[]> parts = new TagDigest(body.duplicate()).registries();
            parts.forEach(digest::update);
        } catch (BadPacketException | IndexOutOfBoundsException _) {
            // Whatever it is, it equals itself.
            digest.update(body.nioBuffer());
        }
    }

    /** A digest of each, in an order of their own, and what stands behind them. */
    private List<byte[]> registries() {
        List<byte[]> all = new ArrayList<>();
        for (int registries = VarInts.read(in); registries > 0; registries--) {
            all.add(registry());
        }
        all.sort(Arrays::compare);
        all.add(ByteBufUtil.getBytes(in));
        return all;
    }

    private byte[] registry() {
        MessageDigest digest = HeldConfiguration.sha256();
        int start = in.readerIndex();
        skipName();
        digest.update(in.nioBuffer(start, in.readerIndex() - start));
        List<byte[]> all = new ArrayList<>();
        for (int rest = VarInts.read(in); rest > 0; rest--) {
            all.add(tag());
        }
        all.sort(Arrays::compare);
        all.forEach(digest::update);
        return digest.digest();
    }

    private byte[] tag() {
        int start = in.readerIndex();
        skipName();
        for (int entries = VarInts.read(in); entries > 0; entries--) {
            VarInts.read(in);
        }
        return ByteBufUtil.getBytes(in, start, in.readerIndex() - start);
    }

    private void skipName() {
        if (++names > MOST_NAMES) {
            throw new BadPacketException("too_many_tags", "more tags than can be put in order");
        }
        int length = VarInts.read(in);
        if (length < 0) {
            throw new BadPacketException("string_too_long", "a name of " + length + " bytes");
        }
        in.skipBytes(length);
    }
}
