package io.nightporter.proxy.status;

import io.nightporter.protocol.text.JsonText;
import io.nightporter.protocol.text.MiniMessageText;
import java.util.ArrayList;
import java.util.List;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.TextComponent;
import net.kyori.adventure.text.serializer.legacy.LegacyComponentSerializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The text of a server in the list, in the forms in which it comes and goes. */
final class Motd {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Colours behind the sign §; unlike the protocol's form for clients before 1.7 it keeps line breaks. */
    private static final LegacyComponentSerializer LEGACY = LegacyComponentSerializer.legacySection();

    private static final int FIRST_WITH_COMPONENTS = 47;

    private Motd() {}

    /** From the configuration; the loader has checked it, so a text that is no MiniMessage is shown as it stands. */
    static Component ofConfiguration(String miniMessage) {
        try {
            return MiniMessageText.parse(miniMessage);
        } catch (IllegalArgumentException _) {
            return Component.text(miniMessage);
        }
    }

    /** From a server's status; what nobody understands becomes an empty text. */
    static Component ofStatus(JsonNode description) {
        try {
            return JsonText.read(JSON.writeValueAsString(description));
        } catch (RuntimeException _) {
            // the text's parser has many ways of saying no
            return Component.empty();
        }
    }

    /** For a status: what this client can show, an object in any case since many tools expect one. */
    static ObjectNode write(Component motd, int protocol) {
        if (protocol >= FIRST_WITH_COMPONENTS || protocol < 0) {
            int dialect = protocol < 0 ? Integer.MAX_VALUE : protocol;
            if (JSON.readTree(JsonText.write(motd, dialect)) instanceof ObjectNode object) {
                return object;
            }
        }
        return JsonNodeFactory.instance.objectNode().put("text", legacy(motd));
    }

    /** With § codes of the 16 colours. */
    static String legacy(Component motd) {
        return LEGACY.serialize(motd);
    }

    /** The first line of a text, and under it another one: the list shows no more than two. */
    static Component withSecondLine(Component motd, Component line) {
        return Component.textOfChildren(new FirstLine().of(motd), Component.newline(), line);
    }

    /** Walks through a text in the order of its characters and leaves out everything from the first line break on. */
    private static final class FirstLine {

        private boolean ended;

        Component of(Component component) {
            Component own = component;
            if (component instanceof TextComponent text) {
                int end = text.content().indexOf('\n');
                if (end >= 0) {
                    ended = true;
                    own = text.content(text.content().substring(0, end));
                }
            }
            List<Component> children = new ArrayList<>();
            for (Component child : component.children()) {
                if (!ended) {
                    children.add(of(child));
                }
            }
            return own.children(children);
        }
    }
}
