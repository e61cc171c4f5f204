package io.nightporter.proxy.player;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.Bytes;
import io.nightporter.protocol.packet.KnownPacks;
import io.nightporter.protocol.packet.KnownPacks.Pack;
import io.nightporter.protocol.packet.PluginMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientTest {

    private final Client client = new Client();

    private static PluginMessage message(String channel, String data) {
        return new PluginMessage(channel, Bytes.utf8(data));
    }

    @Test
    void channelsAreRegisteredAgainAsTheyAreNow() {
        client.heard(message("minecraft:register", "a:b\0c:d\0e:f"));
        client.heard(message("minecraft:unregister", "c:d"));
        client.heard(message("minecraft:register", "g:h"));
        assertThat(client.registrations(true)).containsExactly(message("minecraft:register", "a:b\0e:f\0g:h"));
        assertThat(client.registrations(false)).containsExactly(message("REGISTER", "a:b\0e:f\0g:h"));
    }

    @Test
    void aClientWithoutChannelsRegistersNone() {
        assertThat(client.registrations(true)).isEmpty();
    }

    @Test
    void channelsWithoutEndAreNotRememberedWithoutEnd() {
        for (int i = 0; i < 5_000; i++) {
            client.heard(message("REGISTER", "some:channel" + "x".repeat(200) + i));
        }
        client.heard(message("REGISTER", "y".repeat(300)));
        List<PluginMessage> messages = client.registrations(true);
        assertThat(
            messages
                .stream()
                .mapToInt(message -> message.data().asUtf8().split("\0").length)
                .sum()
        ).isEqualTo(1_024);
        assertThat(messages).allMatch(message -> message.data().size() <= 32_000);
        assertThat(messages).noneMatch(message -> message.data().asUtf8().contains("yyy"));
    }

    @Test
    void packsAreChosenAsTheClientWouldChooseThem() {
        Pack core = new Pack("minecraft", "core", "1.21.8");
        Pack other = new Pack("server", "own", "1");
        client.has(new KnownPacks(List.of(core)));
        assertThat(client.choose(new KnownPacks(List.of(other, core)))).isEqualTo(new KnownPacks(List.of(core)));
        assertThat(new Client().choose(new KnownPacks(List.of(core))).packs()).isEmpty();
    }

    @Test
    void forgesNegotiateTheirContentAndOthersDoNot() {
        client.heard(message("minecraft:brand", "\u0007vanilla"));
        assertThat(client.negotiatesContent()).isFalse();
        client.heard(message("minecraft:brand", "\u0006fabric"));
        assertThat(client.negotiatesContent()).isFalse();
        client.heard(message("minecraft:brand", "\u0008neoforge"));
        assertThat(client.negotiatesContent()).isTrue();
    }

    @Test
    void whatIsAboutTheClientItselfIsSeenByTheChannelAlone() {
        assertThat(Client.isAboutItself(body("minecraft:brand"))).isTrue();
        assertThat(Client.isAboutItself(body("MC|Brand"))).isTrue();
        assertThat(Client.isAboutItself(body("REGISTER"))).isTrue();
        assertThat(Client.isAboutItself(body("minecraft:unregister"))).isTrue();
        assertThat(Client.isAboutItself(body("some:thing"))).isFalse();
        ByteBuf lying = Unpooled.buffer();
        VarInts.write(lying, 15);
        assertThat(Client.isAboutItself(lying.writeByte('m'))).isFalse();
        lying.clear();
        VarInts.write(lying, -463_977_732);
        assertThat(Client.isAboutItself(lying.writeByte('m'))).isFalse();
    }

    private static ByteBuf body(String channel) {
        ByteBuf body = Unpooled.buffer();
        VarInts.write(body, channel.length());
        body.writeCharSequence(channel, StandardCharsets.US_ASCII);
        return body.writeByte(1);
    }
}
