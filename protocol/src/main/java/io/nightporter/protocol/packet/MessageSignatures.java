package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.bytes;
import static io.nightporter.protocol.packet.WireTypes.fixedBytes;

import java.util.Optional;

/** How signatures of chat are written: with their length until 1.19.2, as 256 bytes from 1.19.3 on. */
final class MessageSignatures {

    static final WireType<Bytes> WIRE_TYPE = bytes(4_096).until(760, fixedBytes(256));

    /** An empty one stands for none until 1.19.2; later a boolean says whether there is one. */
    static final WireType<Optional<Bytes>> OPTIONAL = WIRE_TYPE.as(
        signature -> signature.isEmpty() ? Optional.<Bytes>empty() : Optional.of(signature),
        signature -> signature.orElse(Bytes.EMPTY)
    ).until(760, WIRE_TYPE.optional());

    private MessageSignatures() {}
}
