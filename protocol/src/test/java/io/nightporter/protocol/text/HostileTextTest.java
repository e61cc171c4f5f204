package io.nightporter.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.kyori.adventure.text.Component;

class HostileTextTest {

    private static final String JSON = """
    {"text":"a","color":"#00ff00","bold":true,"font":"minecraft:x","insertion":"i","shadow_color":[1,0,0.5,1],
    "click_event":{"action":"change_page","page":3},"clickEvent":{"action":"open_url","value":"x"},
    "hover_event":{"action":"show_entity","id":"pig","uuid":[1,2,3,4],"name":"n"},
    "hoverEvent":{"action":"show_item","contents":{"id":"minecraft:stone","count":2,"tag":"{}"}},
    "extra":["b",{"translate":"k","fallback":"f","with":[1,true,{"keybind":"key.jump"}]},
    {"score":{"name":"n","objective":"o"}},{"selector":"@p","separator":", "},{"nbt":"p","block":"1 2 3"},
    {"type":"object","player":{"name":"x","properties":[]},"hat":false}]}""";

    private static final String PIECES = "{}[]\":,\\ae19.-#\0§😀tfn";

    @Property(tries = 1_500)
    void anyJsonBecomesSomeText(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder json = new StringBuilder(JSON);
        for (int i = random.nextInt(6); i > 0; i--) {
            int at = random.nextInt(json.length());
            switch (random.nextInt(3)) {
                case 0 -> json.setCharAt(at, PIECES.charAt(random.nextInt(PIECES.length())));
                case 1 -> json.deleteCharAt(at);
                default -> json.delete(at, Math.min(json.length(), at + random.nextInt(40)));
            }
        }
        becomesSomeText(Text.ofJson(json.toString()));
    }

    @Property(tries = 1_500)
    void anyNbtBecomesSomeText(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] nbt = NbtText.write(JsonText.read(JSON), 777);
        for (int i = random.nextInt(6); i > 0; i--) {
            nbt[random.nextInt(nbt.length)] = (byte) random.nextInt(random.nextBoolean() ? 13 : 256);
        }
        becomesSomeText(Text.ofNbt(nbt));
    }

    @Property(tries = 1_000)
    void anyBytesBecomeSomeText(@ForAll byte[] bytes) {
        becomesSomeText(Text.ofNbt(bytes));
    }

    private static void becomesSomeText(Text text) {
        Component component = text.component();
        for (int protocol : new int[] { 4, 735, 770, 777 }) {
            assertThat(Text.of(component).json(protocol)).isNotEmpty();
        }
        assertThat(Text.of(component).nbt(777)).isNotEmpty();
    }
}
