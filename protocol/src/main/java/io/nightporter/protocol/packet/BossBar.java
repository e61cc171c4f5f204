package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.FLOAT;
import static io.nightporter.protocol.packet.WireTypes.TEXT;
import static io.nightporter.protocol.packet.WireTypes.UBYTE;
import static io.nightporter.protocol.packet.WireTypes.UUID_BINARY;
import static io.nightporter.protocol.packet.WireTypes.VARINT;
import static io.nightporter.protocol.packet.WireTypes.variant;

import io.nightporter.protocol.text.Text;
import java.util.List;
import java.util.UUID;

/** A bar at the top of the screen appears, changes or goes; since 1.9. */
public record BossBar(UUID id, Change change) implements Packet {
    private static final WireType<Style> STYLE = WireTypes.struct(f ->
        new Style(f.field(Style::color, VARINT), f.field(Style::division, VARINT))
    );

    private static final WireType<Add> ADD = WireTypes.struct(f ->
        new Add(
            f.field(Add::title, TEXT),
            f.field(Add::health, FLOAT),
            f.field(Add::style, STYLE),
            f.field(Add::flags, UBYTE)
        )
    );

    private static final WireType<Change> CHANGE = WireTypes.choice(
        List.of(
            variant(Add.class, ADD),
            variant(Remove.class, WireTypes.empty(new Remove())),
            variant(Health.class, FLOAT.as(Health::new, Health::health)),
            variant(Title.class, TEXT.as(Title::new, Title::title)),
            variant(Style.class, STYLE),
            variant(Flags.class, UBYTE.as(Flags::new, Flags::flags))
        )
    );

    public static final PacketType<BossBar> TYPE = PacketType.clientbound("BossBar", BossBar.class, f ->
        new BossBar(f.field(BossBar::id, UUID_BINARY), f.field(BossBar::change, CHANGE))
    );

    @Override
    public PacketType<BossBar> type() {
        return TYPE;
    }

    public sealed interface Change {}

    /**
     * @param health 0 … 1
     */
    public record Add(Text title, float health, Style style, int flags) implements Change {}

    public record Remove() implements Change {}

    /**
     * @param health 0 … 1
     */
    public record Health(float health) implements Change {}

    public record Title(Text title) implements Change {}

    /**
     * @param color 0 pink, 1 blue, 2 red, 3 green, 4 yellow, 5 purple, 6 white
     * @param division 0 none, then 6, 10, 12 and 20 notches
     */
    public record Style(int color, int division) implements Change {}

    /**
     * @param flags bits: dark sky, the dragon's music, fog
     */
    public record Flags(int flags) implements Change {}
}
