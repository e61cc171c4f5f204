package io.nightporter.protocol.packet;

/**
 * The wire form of a packet, declared once for both ways: {@link Fields} either reads each field from a buffer or
 * takes it from a packet and writes it, and the packet is made from what the fields gave. For example
 *
 * {@snippet :
 * record KeepAlive(long id) implements Packet {
 *     static final Layout<KeepAlive> LAYOUT = f ->
 *         new KeepAlive(f.field(KeepAlive::id, INT_AS_LONG.until(5, VARINT_AS_LONG.until(339, LONG))));
 * }
 * }
 *
 * <p>Java evaluates arguments from left to right, so the order of the calls is the order on the wire. Where the wire's
 * order is not the record's, or changed between versions, the fields are passed into local variables first.
 *
 * <p>Structures inside packets are declared the same way; {@link WireTypes#struct} makes a type of such a layout.
 */
@FunctionalInterface
public interface Layout<P> {
    P pass(Fields<P> fields);
}
