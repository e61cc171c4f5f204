package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.BYTE;
import static io.nightporter.protocol.packet.WireTypes.IDENTIFIER;
import static io.nightporter.protocol.packet.WireTypes.INT;
import static io.nightporter.protocol.packet.WireTypes.NBT;
import static io.nightporter.protocol.packet.WireTypes.VARINT;

/** What kind of world a player is in; how versions say that changed a lot. */
public sealed interface Dimension {
    /** In {@link Respawn} and, from 1.16 on, in {@link JoinGame}. */
    WireType<Dimension> WIRE_TYPE = numbered(INT).until(
        578,
        named().until(736, described().until(758, named().until(765, numbered(VARINT))))
    );

    /** In {@link JoinGame} before 1.16: one byte until 1.9, four from 1.9.1 on. */
    WireType<Dimension> IN_JOIN_GAME = numbered(BYTE).until(107, WIRE_TYPE);

    /**
     * Until 1.15.2: -1 the nether, 0 the overworld, 1 the end. Since 1.20.5: the place in the registry
     * {@code dimension_type} as the server sent it.
     */
    record Numbered(int number) implements Dimension {}

    /** In 1.16 and 1.16.1 and from 1.19 to 1.20.4: the name of the dimension type. */
    record Named(String name) implements Dimension {}

    /** From 1.16.2 to 1.18.2: the dimension type itself. */
    record Described(Bytes nbt) implements Dimension {}

    private static WireType<Dimension> numbered(WireType<Integer> number) {
        return number.as(Numbered::new, dimension -> expect(Numbered.class, dimension).number());
    }

    private static WireType<Dimension> named() {
        return IDENTIFIER.as(Named::new, dimension -> expect(Named.class, dimension).name());
    }

    private static WireType<Dimension> described() {
        return NBT.as(Described::new, dimension -> expect(Described.class, dimension).nbt());
    }

    private static <D extends Dimension> D expect(Class<D> form, Dimension dimension) {
        if (!form.isInstance(dimension)) {
            throw new IllegalArgumentException(
                "this version wants a " + form.getSimpleName() + " dimension, not " + dimension
            );
        }
        return form.cast(dimension);
    }
}
