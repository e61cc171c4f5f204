package io.nightporter.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import net.kyori.adventure.key.Key;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.event.ClickEvent;
import net.kyori.adventure.text.event.HoverEvent;
import net.kyori.adventure.text.format.NamedTextColor;
import net.kyori.adventure.text.format.ShadowColor;
import net.kyori.adventure.text.format.TextColor;
import net.kyori.adventure.text.format.TextDecoration;
import net.kyori.adventure.text.minimessage.tag.resolver.Placeholder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

    private static final Component ORANGE = Component.text("Night", TextColor.color(0xFFAB01));

    @Test
    void colorsBecomeTheNearestNamedOneBefore116() {
        assertThat(JsonText.write(ORANGE, 578)).isEqualTo("{\"color\":\"gold\",\"text\":\"Night\"}");
        assertThat(JsonText.write(ORANGE, 735)).isEqualTo("{\"color\":\"#FFAB01\",\"text\":\"Night\"}");
    }

    @Test
    void shadowsAreLeftOutBefore1214() {
        Component shadowed = Component.text("x").shadowColor(ShadowColor.shadowColor(0x7F000000));
        assertThat(JsonText.write(shadowed, 768)).doesNotContain("shadow_color");
        assertThat(JsonText.write(shadowed, 769)).contains("shadow_color");
    }

    @Test
    void eventsHaveTheNamesOfTheVersion() {
        Component link = Component.text("x")
            .clickEvent(ClickEvent.runCommand("/hub"))
            .hoverEvent(HoverEvent.showText(Component.text("go")));
        assertThat(JsonText.write(link, 578))
            .contains("clickEvent")
            .contains("\"hoverEvent\":{\"action\":\"show_text\",\"value\":");
        assertThat(JsonText.write(link, 769)).contains("clickEvent").contains("hoverEvent").contains("\"contents\":");
        assertThat(JsonText.write(link, 770))
            .contains("click_event")
            .contains("hover_event")
            .contains("\"command\":\"/hub\"");
        for (int protocol : List.of(4, 578, 735, 765, 769, 770, 777)) {
            assertThat(JsonText.read(JsonText.write(link, protocol)))
                .as("protocol %d", protocol)
                .isEqualTo(link);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 765, 766, 769, 770, 771, 777 })
    void nbtCarriesTheSameTextAsJson(int protocol) {
        Component component = Component.text("a", ORANGE.color(), TextDecoration.BOLD)
            .append(Component.text("b").decoration(TextDecoration.ITALIC, false))
            .append(
                Component.translatable("multiplayer.disconnect.generic")
                    .fallback("bye")
                    .arguments(Component.text("x"), Component.keybind("key.jump"))
            )
            .append(
                Component.text("who").hoverEvent(
                    HoverEvent.showEntity(Key.key("player"), new UUID(1, -2), Component.text("N"))
                )
            )
            .append(Component.text("page").clickEvent(ClickEvent.copyToClipboard("2")))
            .append(Component.text("shift").insertion("ins").font(Key.key("x:y")));
        assertThat(NbtText.read(NbtText.write(component, protocol))).isEqualTo(component);
    }

    @Test
    void plainTextsAreNbtStrings() {
        assertThat(NbtText.write(Component.text("hi"), 765)).containsExactly(8, 0, 2, 'h', 'i');
        assertThat(NbtText.read(new byte[] { 8, 0, 2, 'h', 'i' })).isEqualTo(Component.text("hi"));
    }

    @Test
    void nbtStringsAreInModifiedUtf8() {
        Component component = Component.text("a\0😀");
        byte[] expected = { 8, 0, 9, 'a', (byte) 0xC0, (byte) 0x80, -19, -96, -67, -19, -72, -128 };
        assertThat(NbtText.write(component, 765)).isEqualTo(expected);
        assertThat(NbtText.read(expected)).isEqualTo(component);
    }

    @Test
    void listsOfDifferentTypesAreWrappedAsTheGameDoes() {
        Component mixed = Component.text("a")
            .append(Component.text("b"))
            .append(Component.text("c", NamedTextColor.RED));
        byte[] nbt = NbtText.write(mixed, 765);
        assertThat(NbtText.read(nbt)).isEqualTo(mixed);
        // {text:"a",extra:[{"":"b"},{…}]}: a compound list, whose first element has the empty name.
        assertThat(new String(nbt, java.nio.charset.StandardCharsets.ISO_8859_1)).contains("\n\0\0\0\2\b\0\0\0\1b\0");
    }

    @Test
    void whatIsPassedOnStaysAsItWas() {
        String json = "{\"text\":\"x\",\"new_in_2030\":{\"a\":[1,2.5,null]}}";
        assertThat(Text.ofJson(json).json(47)).isEqualTo(json);
        byte[] nbt = { 10, 8, 0, 1, 'q', 0, 1, 'z', 0 };
        assertThat(Text.ofNbt(nbt).nbt(777)).isEqualTo(nbt);
    }

    @Test
    void jsonAndNbtAreTranslatedIntoEachOther() {
        Text json = Text.ofJson("{\"text\":\"hi\",\"bold\":true}");
        Component expected = Component.text("hi").decorate(TextDecoration.BOLD);
        assertThat(json.component()).isEqualTo(expected);
        Text nbt = Text.ofNbt(json.nbt(777));
        assertThat(nbt).isEqualTo(json).hasSameHashCodeAs(json);
        assertThat(nbt.json(4)).isEqualTo("{\"bold\":true,\"text\":\"hi\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = { "You are banned", "{", "", "{\"text\":[]}", "[]", "nul", "{\"color\":\"nocolor\"}" })
    void whatIsNotATextIsShownAsItCame(String json) {
        assertThat(Text.ofJson(json).component()).isNotNull();
        assertThat(Text.ofJson(json).nbt(777)).isNotEmpty();
    }

    @Test
    void deepTextsDoNotExhaustTheStack() {
        String deep = "{\"extra\":[".repeat(20_000) + "{\"text\":\"x\"}" + "]}".repeat(20_000);
        assertThatThrownBy(() -> JsonText.read(deep)).hasMessage("a text of more than 128 levels");
        assertThat(Text.ofJson(deep).component()).isEqualTo(Component.text(deep));
        byte[] nbt = new byte[1 + 400 * 5 + 5];
        nbt[0] = 9;
        for (int i = 0; i < 400; i++) {
            nbt[1 + i * 5] = 9;
            nbt[1 + i * 5 + 4] = 1;
        }
        assertThat(Text.ofNbt(nbt).component()).isEqualTo(Component.text("(a text that cannot be shown)"));
    }

    @Test
    void legacyTextHasNamedColorsOnOneLine() {
        Component motd = MiniMessageText.parse("<gold>Night</gold>\n<#ffab01><bold>shift</bold></#ffab01>");
        assertThat(LegacyText.write(motd)).isEqualTo("§6Night§r §6§lshift");
        assertThat(LegacyText.read("§6Night")).isEqualTo(Component.text("Night", NamedTextColor.GOLD));
    }

    @Test
    void miniMessagesMayHavePlaceholders() {
        assertThat(MiniMessageText.parse("<gold><seconds> s</gold>", Placeholder.unparsed("seconds", "42"))).isEqualTo(
            Component.text("42 s", NamedTextColor.GOLD)
        );
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
            "<gold>Night | All tags must be explicitly closed while in strict mode. End of string found with open tags: gold",
            "§6Night | write colours as tags, such as <gold>…</gold>, not with the sign §",
            "<gold><bold>x</gold></bold> | Unclosed tag encountered",
            "<color:nocolor>x</color> | <color:nocolor> is not a known tag or has a bad value; if it is meant as text, write \\<color:nocolor>",
            "<gld>x</gld> | <gld> is not a known tag or has a bad value",
        }
    )
    void saysWhatIsWrongWithAMiniMessageInOneLine(String text, String message) {
        assertThatThrownBy(() -> MiniMessageText.parse(text))
            .isInstanceOf(IllegalArgumentException.class)
            .satisfies(e -> assertThat(e.getMessage()).startsWith(message).doesNotContain("\n"));
    }
}
