package io.nightporter.protocol.text;

import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A text of the game, in the form in which it came: a component, JSON, or NBT. It is translated when another form is
 * asked for, so a text that is only passed on stays as it was, whatever a newer version has put into it.
 */
public final class Text {

    /** From this protocol (1.20.3) on, texts are NBT on the wire, except in the login and status states. */
    public static final int NBT_SINCE = 765;

    private final Object form;
    private volatile @Nullable Component component;
    private volatile @Nullable Written lastWritten;

    /**
     * What was made of a text, for the next one who needs the same.
     *
     * @param form a string of JSON, or an array of NBT that nobody changes
     */
    private record Written(int protocol, Object form) {}

    private Text(Object form) {
        this.form = form;
    }

    public static Text of(Component component) {
        Text text = new Text(component);
        text.component = component;
        return text;
    }

    /** A text without any style. */
    public static Text plain(String text) {
        return of(Component.text(text));
    }

    /** What a version before 1.20.3, or the login state, has on the wire. Not checked until it is needed. */
    public static Text ofJson(String json) {
        return new Text(json);
    }

    /** What 1.20.3 and later have on the wire: an NBT tag without a name, type included. The array is taken over. */
    public static Text ofNbt(byte[] nbt) {
        return new Text(nbt);
    }

    /** The text as a component. What cannot be understood is shown as it came instead of being refused. */
    public Component component() {
        Component known = component;
        if (known == null) {
            known = switch (form) {
                case String json -> JsonText.readLeniently(json);
                case byte[] nbt -> NbtText.readLeniently(nbt);
                default -> throw new IllegalStateException("no such form of a text: " + form.getClass());
            };
            component = known;
        }
        return known;
    }

    /** The text as JSON that this protocol understands; JSON is passed on as it came. */
    public String json(int protocol) {
        if (form instanceof String json) {
            return json;
        }
        Written last = lastWritten;
        if (last != null && last.protocol == protocol && last.form instanceof String json) {
            return json;
        }
        String json = JsonText.write(component(), protocol);
        lastWritten = new Written(protocol, json);
        return json;
    }

    /** The text as JSON with all that the newest version understands. */
    public String json() {
        return json(Integer.MAX_VALUE);
    }

    /** The text as NBT that this protocol (1.20.3 or later) understands; NBT is passed on as it came. */
    public byte[] nbt(int protocol) {
        if (form instanceof byte[] nbt) {
            return nbt.clone();
        }
        Written last = lastWritten;
        if (last != null && last.protocol == protocol && last.form instanceof byte[] nbt) {
            return nbt.clone();
        }
        byte[] nbt = NbtText.write(component(), protocol);
        lastWritten = new Written(protocol, nbt.clone());
        return nbt;
    }

    /** The words alone, for logs; what the client would translate is its key or fallback. */
    public String words() {
        return PlainTextComponentSerializer.plainText().serialize(component());
    }

    /** Equal when the components are, whatever the forms. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Text that && component().equals(that.component());
    }

    @Override
    public int hashCode() {
        return component().hashCode();
    }

    /** The text as JSON, for messages of tests and logs. */
    @Override
    public String toString() {
        return json();
    }
}
