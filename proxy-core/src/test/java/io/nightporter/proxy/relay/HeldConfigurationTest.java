package io.nightporter.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HeldConfigurationTest {

    private static final ProtocolVersion VERSION = Objects.requireNonNull(ProtocolVersions.builtIn().find(772));

    private final HeldConfiguration held = new HeldConfiguration();

    /** name, then its entries. */
    private record Tag(String name, List<Integer> entries) {}

    @Test
    void aServerThatSaysItsTagsInAnotherOrderSaysNothingNew() {
        toldLogsAndWool();
        assertThat(
            held.isSameAs(told(new Tag("minecraft:wool", List.of(3)), new Tag("minecraft:logs", List.of(1, 2))))
        ).isTrue();
    }

    @Test
    void otherEntriesOfATagAreSomethingNew() {
        toldLogsAndWool();
        assertThat(
            held.isSameAs(told(new Tag("minecraft:wool", List.of(2)), new Tag("minecraft:logs", List.of(1, 3))))
        ).isFalse();
        assertThat(held.isSameAs(told(new Tag("minecraft:logs", List.of(1, 2))))).isFalse();
    }

    @Test
    void tagsThatCannotBeReadAreTakenAsTheyStand() {
        ByteBuf negative = Unpooled.buffer();
        VarInts.write(negative, 1);
        VarInts.write(negative, -5);
        ByteBuf other = negative.copy().writeByte(7);
        assertThat(digest(negative)).isEqualTo(digest(negative.copy())).isNotEqualTo(digest(other));
    }

    /** Each of these would be a megabyte, if a tag were kept with its registry's name. */
    @Test
    void manyTagsBehindALongNameTakeNoMemory() {
        ByteBuf body = Unpooled.buffer();
        VarInts.write(body, 1);
        string(body, "n".repeat(1 << 20));
        VarInts.write(body, 60_000);
        for (int i = 0; i < 60_000; i++) {
            string(body, "");
            VarInts.write(body, 0);
        }
        assertThat(digest(body)).isEqualTo(digest(body.copy()));
        assertThat(digest(body)).isNotEqualTo(digest(body.copy().setByte(10, 'm')));
    }

    @Test
    void registriesAreToldInAnyOrderToo() {
        ByteBuf one = Unpooled.buffer();
        ByteBuf other = Unpooled.buffer();
        VarInts.write(one, 2);
        VarInts.write(other, 2);
        for (int i = 0; i < 2; i++) {
            string(one, "registry" + i);
            string(other, "registry" + (1 - i));
            VarInts.write(one, 0);
            VarInts.write(other, 0);
        }
        assertThat(digest(one)).isEqualTo(digest(other));
    }

    private void toldLogsAndWool() {
        held.told(VERSION, "RegistryData", registry());
        held.told(
            VERSION,
            "UpdateTags",
            tags(new Tag("minecraft:logs", List.of(1, 2)), new Tag("minecraft:wool", List.of(3)))
        );
        held.passEnds();
    }

    private static byte[] digest(ByteBuf tags) {
        MessageDigest digest = HeldConfiguration.sha256();
        HeldConfiguration.update(digest, "UpdateTags", tags);
        return digest.digest();
    }

    private static byte[] told(Tag... tags) {
        MessageDigest digest = HeldConfiguration.sha256();
        HeldConfiguration.update(digest, "RegistryData", registry());
        HeldConfiguration.update(digest, "UpdateTags", tags(tags));
        return digest.digest();
    }

    private static ByteBuf registry() {
        ByteBuf body = Unpooled.buffer();
        string(body, "minecraft:dimension_type");
        VarInts.write(body, 1);
        string(body, "minecraft:overworld");
        body.writeBoolean(false);
        return body;
    }

    private static ByteBuf tags(Tag... tags) {
        ByteBuf body = Unpooled.buffer();
        VarInts.write(body, 1);
        string(body, "minecraft:block");
        VarInts.write(body, tags.length);
        for (Tag tag : List.of(tags)) {
            string(body, tag.name());
            VarInts.write(body, tag.entries().size());
            for (int entry : tag.entries()) {
                VarInts.write(body, entry);
            }
        }
        return body;
    }

    private static void string(ByteBuf out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        VarInts.write(out, utf8.length);
        out.writeBytes(utf8);
    }
}
