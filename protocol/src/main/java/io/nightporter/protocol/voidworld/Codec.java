package io.nightporter.protocol.voidworld;

import io.netty.buffer.ByteBufInputStream;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import net.kyori.adventure.nbt.BinaryTagIO;
import net.kyori.adventure.nbt.CompoundBinaryTag;

/** All registries as one tag, as they are on the wire from 1.16.2 to 1.20.4. */
final class Codec {

    private Codec() {}

    /**
     * The names of a registry's entries, in the order of the tag; none where it does not have the registry.
     *
     * @param codec without a name, as from 1.20.2 on
     */
    static List<String> names(Bytes codec, String registry) {
        return read(codec)
            .getCompound(registry)
            .getList("value")
            .stream()
            .map(entry -> entry instanceof CompoundBinaryTag compound ? compound.getString("name") : "")
            .toList();
    }

    private static CompoundBinaryTag read(Bytes codec) {
        try (InputStream in = new ByteBufInputStream(codec.toBuffer())) {
            return BinaryTagIO.unlimitedReader().readNameless(in);
        } catch (IOException e) {
            throw new BadPacketException("bad_nbt", "registries that are not a compound tag");
        }
    }
}
