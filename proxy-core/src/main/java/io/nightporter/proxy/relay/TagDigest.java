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

    private TagDigest() {}

    /**
     * Adds the packet UpdateTags.
     *
     * @param body behind the id; not consumed
     */
    static void update(MessageDigest digest, ByteBuf body) {
        try {
            List<byte[]> tags = tags(body.duplicate());
            tags.sort(Arrays::compare);
            tags.forEach(digest::update);
        } catch (BadPacketException | IndexOutOfBoundsException _) {
            // Whatever it is, it equals itself.
            digest.update(body.nioBuffer());
        }
    }

    /** Each with the name of its registry in front. */
    private static List<byte[]> tags(ByteBuf in) {
        List<byte[]> all = new ArrayList<>();
        for (int registries = VarInts.read(in); registries > 0; registries--) {
            int nameStart = in.readerIndex();
            skipString(in);
            int nameLength = in.readerIndex() - nameStart;
            for (int tags = VarInts.read(in); tags > 0; tags--) {
                int start = in.readerIndex();
                skipString(in);
                for (int entries = VarInts.read(in); entries > 0; entries--) {
                    VarInts.read(in);
                }
                int length = in.readerIndex() - start;
                byte[] tag = new byte[nameLength + length];
                in.getBytes(nameStart, tag, 0, nameLength);
                in.getBytes(start, tag, nameLength, length);
                all.add(tag);
            }
        }
        // What stands behind must not be lost.
        all.add(ByteBufUtil.getBytes(in));
        return all;
    }

    private static void skipString(ByteBuf in) {
        in.skipBytes(VarInts.read(in));
    }
}
