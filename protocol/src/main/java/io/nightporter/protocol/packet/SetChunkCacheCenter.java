package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.VARINT;

/** Around which chunk the client keeps others; since 1.14. */
public record SetChunkCacheCenter(int chunkX, int chunkZ) implements Packet {
    public static final PacketType<SetChunkCacheCenter> TYPE = PacketType.clientbound(
        "SetChunkCacheCenter",
        SetChunkCacheCenter.class,
        f ->
            new SetChunkCacheCenter(
                f.field(SetChunkCacheCenter::chunkX, VARINT),
                f.field(SetChunkCacheCenter::chunkZ, VARINT)
            )
    );

    @Override
    public PacketType<SetChunkCacheCenter> type() {
        return TYPE;
    }
}
