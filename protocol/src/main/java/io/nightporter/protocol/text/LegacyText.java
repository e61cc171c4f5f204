package io.nightporter.protocol.text;

import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.legacy.LegacyComponentSerializer;

/** Text with colours behind the sign §, the only form that server lists before 1.7 understand. */
public final class LegacyText {

    private static final LegacyComponentSerializer SERIALIZER = LegacyComponentSerializer.legacySection();

    private LegacyText() {}

    /** The component with named colours only; a line break becomes a space, since the old list shows one line. */
    public static String write(Component component) {
        return SERIALIZER.serialize(component).replace('\n', ' ');
    }

    public static Component read(String text) {
        return SERIALIZER.deserialize(text);
    }
}
