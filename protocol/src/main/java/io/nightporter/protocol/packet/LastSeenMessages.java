package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BYTE;
import static io.nightporter.protocol.packet.WireTypes.UUID_BINARY;
import static io.nightporter.protocol.packet.WireTypes.VARINT;
import static io.nightporter.protocol.packet.WireTypes.fixedBytes;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which signed messages the client had seen when it wrote one of its own. Not on the wire in 1.19.
 *
 * @param messages only in 1.19.1 and 1.19.2
 * @param lastRejected only in 1.19.1 and 1.19.2
 * @param offset how many messages came since the client last said so; since 1.19.3
 * @param acknowledged 20 bits in three bytes, one for each of the latest messages; since 1.19.3
 * @param checksum over the acknowledged messages, 0 for none; since 1.21.5
 */
public record LastSeenMessages(
    List<Seen> messages,
    Optional<Seen> lastRejected,
    int offset,
    Bytes acknowledged,
    int checksum
) {
    private static final Bytes NOTHING = Bytes.of((byte) 0, (byte) 0, (byte) 0);

    public static final LastSeenMessages NONE = new LastSeenMessages(List.of(), Optional.empty(), 0, NOTHING, 0);

    private static final WireType<Seen> SEEN = WireTypes.struct(f ->
        new Seen(f.field(Seen::sender, UUID_BINARY), f.field(Seen::signature, MessageSignatures.WIRE_TYPE))
    );

    static final WireType<List<Seen>> MESSAGES = SEEN.list(5).between(760, 760, List.of());

    static final WireType<Optional<Seen>> LAST_REJECTED = SEEN.optional().between(760, 760, Optional.empty());

    static final WireType<LastSeenMessages> WIRE_TYPE = WireTypes.struct(f ->
        new LastSeenMessages(
            f.field(LastSeenMessages::messages, MESSAGES),
            f.field(LastSeenMessages::lastRejected, LAST_REJECTED),
            f.field(LastSeenMessages::offset, VARINT.since(761, 0)),
            f.field(LastSeenMessages::acknowledged, fixedBytes(3).since(761, NOTHING)),
            f.field(LastSeenMessages::checksum, BYTE.since(770, 0))
        )
    );

    public record Seen(UUID sender, Bytes signature) {}
}
