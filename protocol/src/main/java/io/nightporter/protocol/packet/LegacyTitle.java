package io.nightporter.protocol.packet;

import static io.nightporter.protocol.packet.WireTypes.INT;
import static io.nightporter.protocol.packet.WireTypes.TEXT;
import static io.nightporter.protocol.packet.WireTypes.choice;
import static io.nightporter.protocol.packet.WireTypes.empty;
import static io.nightporter.protocol.packet.WireTypes.variant;

import io.nightporter.protocol.packet.WireTypes.Variant;
import io.nightporter.protocol.text.Text;
import java.util.List;

/**
 * Large text in the middle of the screen, from 1.8 to 1.16.5; later there is a packet for each change, such as
 * {@link TitleText}.
 */
public record LegacyTitle(Change change) implements Packet {
    private static final Variant<Title> TITLE = variant(Title.class, TEXT.as(Title::new, Title::text));

    private static final Variant<Subtitle> SUBTITLE = variant(Subtitle.class, TEXT.as(Subtitle::new, Subtitle::text));

    private static final Variant<AboveHotBar> ABOVE_HOT_BAR = variant(
        AboveHotBar.class,
        TEXT.as(AboveHotBar::new, AboveHotBar::text)
    );

    private static final Variant<Times> TIMES = variant(
        Times.class,
        WireTypes.struct(f ->
            new Times(f.field(Times::fadeIn, INT), f.field(Times::stay, INT), f.field(Times::fadeOut, INT))
        )
    );

    private static final Variant<Hide> HIDE = variant(Hide.class, empty(new Hide()));

    private static final Variant<Reset> RESET = variant(Reset.class, empty(new Reset()));

    public static final PacketType<LegacyTitle> TYPE = PacketType.clientbound("LegacyTitle", LegacyTitle.class, f ->
        new LegacyTitle(
            f.field(
                LegacyTitle::change,
                WireTypes.<Change>choice(List.of(TITLE, SUBTITLE, TIMES, HIDE, RESET)).until(
                    210,
                    choice(List.of(TITLE, SUBTITLE, ABOVE_HOT_BAR, TIMES, HIDE, RESET))
                )
            )
        )
    );

    @Override
    public PacketType<LegacyTitle> type() {
        return TYPE;
    }

    public sealed interface Change {}

    /** Shows the text, and the subtitle with it. */
    public record Title(Text text) implements Change {}

    public record Subtitle(Text text) implements Change {}

    /** Since 1.11. */
    public record AboveHotBar(Text text) implements Change {}

    /** In ticks of 50 ms. */
    public record Times(int fadeIn, int stay, int fadeOut) implements Change {}

    public record Hide() implements Change {}

    /** Hides the title, forgets its texts and sets the times back. */
    public record Reset() implements Change {}
}
