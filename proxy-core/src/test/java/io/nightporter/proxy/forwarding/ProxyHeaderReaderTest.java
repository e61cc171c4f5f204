package io.nightporter.proxy.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.nightporter.proxy.config.Cidr;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProxyHeaderReaderTest {

    private static final InetSocketAddress BALANCER = new InetSocketAddress("10.1.2.3", 40_000);
    private static final InetSocketAddress STRANGER = new InetSocketAddress("203.0.113.66", 40_000);

    /** A handshake and the beginning of what follows; all that matters is that it arrives unchanged. */
    private static final byte[] GAME = { 0x08, 0x00, 0x05, 0x01, 'h', 0x63, (byte) 0xDD, 0x01, 0x01, 0x00, 0x0D };

    private static final InetSocketAddress PLAYER_V4 = new InetSocketAddress("198.51.100.7", 50_000);
    private static final InetSocketAddress PLAYER_V6 = new InetSocketAddress("2001:db8::7", 50_001);
    private static final byte[] V1 = ascii("PROXY TCP4 198.51.100.7 192.0.2.1 50000 25565\r\n");
    private static final byte[] V2 = ProxyHeader.proxied(PLAYER_V4, new InetSocketAddress("192.0.2.1", 25_565));

    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final List<EmbeddedChannel> channels = new ArrayList<>();

    @AfterEach
    void closeChannels() {
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    static Stream<Arguments> headersWithAPlayer() {
        return Stream.of(
            Arguments.of("v1 over IPv4", V1, PLAYER_V4),
            Arguments.of("v1 over IPv6", ascii("PROXY TCP6 2001:db8::7 2001:db8::1 50001 25565\r\n"), PLAYER_V6),
            Arguments.of("v2 over IPv4", V2, PLAYER_V4),
            Arguments.of(
                "v2 over IPv6",
                ProxyHeader.proxied(PLAYER_V6, new InetSocketAddress("2001:db8::1", 25_565)),
                PLAYER_V6
            ),
            Arguments.of("v2 with type-length-values", withTlv(2000), PLAYER_V4)
        );
    }

    static Stream<Arguments> headersWithoutAPlayer() {
        byte[] unix = new byte[16 + 216];
        System.arraycopy(ProxyHeader.SIGNATURE, 0, unix, 0, 12);
        unix[12] = 0x21;
        unix[13] = 0x31;
        unix[15] = (byte) 216;
        unix[16] = '/';
        unix[16 + 108] = '/';
        byte[] local = V2.clone();
        local[12] = 0x20;
        byte[] udp = V2.clone();
        udp[13] = 0x12;
        return Stream.of(
            Arguments.of("v2 LOCAL", ProxyHeader.local()),
            Arguments.of("v2 LOCAL with addresses", local),
            Arguments.of("v1 UNKNOWN", ascii("PROXY UNKNOWN\r\n")),
            Arguments.of("v1 UNKNOWN with addresses", ascii("PROXY UNKNOWN 1.2.3.4 1.2.3.4 1 1\r\n")),
            Arguments.of("v2 over a unix socket", unix),
            Arguments.of("v2 over UDP", udp)
        );
    }

    static Stream<Arguments> malformedHeaders() {
        byte[] version3 = V2.clone();
        version3[12] = 0x31;
        byte[] command = V2.clone();
        command[12] = 0x2F;
        byte[] family = V2.clone();
        family[13] = 0x77;
        byte[] tooShort = V2.clone();
        tooShort[15] = 4;
        byte[] tlvPastTheEnd = withTlv(10);
        tlvPastTheEnd[V2.length + 2] = 100;
        return Stream.of(
            Arguments.of("v1 without end", ascii("PROXY TCP4 " + "1".repeat(200))),
            Arguments.of("v1 without addresses", ascii("PROXY TCP4\r\n      ")),
            Arguments.of("v1 of an unknown family", ascii("PROXY TCP5 198.51.100.7 192.0.2.1 50000 25565\r\n")),
            Arguments.of("v1 with a name", ascii("PROXY TCP4 example.org 192.0.2.1 50000 25565\r\n")),
            Arguments.of("v1 with a port too large", ascii("PROXY TCP4 198.51.100.7 192.0.2.1 70000 25565\r\n")),
            Arguments.of("v1 with a port that is none", ascii("PROXY TCP4 198.51.100.7 192.0.2.1 x 25565\r\n")),
            Arguments.of("v1 with the other family", ascii("PROXY TCP4 2001:db8::7 2001:db8::1 50001 25565\r\n")),
            Arguments.of("v2 of version 3", version3),
            Arguments.of("v2 with an unknown command", command),
            Arguments.of("v2 of an unknown family", family),
            Arguments.of("v2 too short for its addresses", tooShort),
            Arguments.of("v2 with a value past its end", tlvPastTheEnd),
            Arguments.of("v2 too long", withTlv(60_000))
        );
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headersWithAPlayer")
    void aTrustedSourceTellsWhereThePlayerComesFrom(String name, byte[] header, InetSocketAddress player) {
        EmbeddedChannel channel = channel(BALANCER);
        channel.writeInbound(Unpooled.wrappedBuffer(header, GAME));
        assertThat(addresses).containsExactly(player);
        assertThat(received(channel)).isEqualTo(GAME);
        assertThatOnlyTheGameRemains(channel);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headersWithAPlayer")
    void alsoByteByByte(String name, byte[] header, InetSocketAddress player) {
        EmbeddedChannel channel = channel(BALANCER);
        for (byte b : header) {
            assertThat(received(channel)).isEmpty();
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] { b }));
        }
        assertThat(addresses).containsExactly(player);
        channel.writeInbound(Unpooled.wrappedBuffer(GAME));
        assertThat(received(channel)).isEqualTo(GAME);
        assertThatOnlyTheGameRemains(channel);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headersWithoutAPlayer")
    void aHeaderThatNamesNoPlayerLeavesTheAddressAsItIs(String name, byte[] header) {
        EmbeddedChannel channel = channel(BALANCER);
        channel.writeInbound(Unpooled.wrappedBuffer(header, GAME));
        assertThat(addresses).isEmpty();
        assertThat(received(channel)).isEqualTo(GAME);
        assertThatOnlyTheGameRemains(channel);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedHeaders")
    void aMalformedHeaderClosesTheConnectionOnce(String name, byte[] header) {
        EmbeddedChannel channel = channel(BALANCER);
        channel.writeInbound(Unpooled.wrappedBuffer(header, GAME));
        assertThat(refusals).containsExactly("proxy_header_malformed");
        assertThat(channel.isOpen()).isFalse();
        assertThat(addresses).isEmpty();
        assertThat(received(channel)).isEmpty();
        channel.checkException();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedHeaders")
    void aMalformedHeaderInPiecesToo(String name, byte[] header) {
        EmbeddedChannel channel = channel(BALANCER);
        for (int i = 0; i < header.length && channel.isOpen(); i++) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] { header[i] }));
        }
        assertThat(refusals).containsExactly("proxy_header_malformed");
        assertThat(channel.isOpen()).isFalse();
        assertThat(received(channel)).isEmpty();
        channel.checkException();
    }

    @Test
    void fromAStrangerAHeaderIsAForgery() {
        for (byte[] header : List.of(V1, V2)) {
            EmbeddedChannel channel = channel(STRANGER);
            channel.writeInbound(Unpooled.wrappedBuffer(header, GAME));
            assertThat(channel.isOpen()).isFalse();
            assertThat(received(channel)).isEmpty();
            channel.checkException();
        }
        assertThat(refusals).containsExactly("proxy_header_untrusted", "proxy_header_untrusted");
        assertThat(addresses).isEmpty();
    }

    @Test
    void evenByteByByte() {
        EmbeddedChannel channel = channel(STRANGER);
        for (int i = 0; i < V1.length && channel.isOpen(); i++) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] { V1[i] }));
        }
        assertThat(refusals).containsExactly("proxy_header_untrusted");
        assertThat(received(channel)).isEmpty();
    }

    @Test
    void withoutHeaderEverybodyIsWelcome() {
        for (InetSocketAddress source : List.of(BALANCER, STRANGER)) {
            EmbeddedChannel channel = channel(source);
            channel.writeInbound(Unpooled.wrappedBuffer(GAME));
            assertThat(received(channel)).isEqualTo(GAME);
            assertThatOnlyTheGameRemains(channel);
        }
        assertThat(addresses).isEmpty();
    }

    @Test
    void theShortestPingIsNotKeptWaitingForAHeader() {
        EmbeddedChannel channel = channel(BALANCER);
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] { (byte) 0xFE }));
        assertThat(received(channel)).containsExactly(0xFE);
    }

    @Test
    void whatOnlyBeginsLikeAHeaderGoesOnWhole() {
        for (byte[] almost : List.of(ascii("PROXIMITY"), new byte[] { 0x0D, 0x0A, 0x0D, 0x00 })) {
            EmbeddedChannel channel = channel(BALANCER);
            for (byte b : almost) {
                channel.writeInbound(Unpooled.wrappedBuffer(new byte[] { b }));
            }
            assertThat(received(channel)).isEqualTo(almost);
            assertThatOnlyTheGameRemains(channel);
        }
    }

    @Test
    void aConnectionThatEndsInTheMiddleOfAHeaderSaysNothing() {
        EmbeddedChannel channel = channel(BALANCER);
        channel.writeInbound(Unpooled.wrappedBuffer(V2, 0, 20));
        channel.finish();
        assertThat(addresses).isEmpty();
        assertThat(refusals).isEmpty();
    }

    private static void assertThatOnlyTheGameRemains(EmbeddedChannel channel) {
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.pipeline().toMap()).isEmpty();
        channel.checkException();
    }

    private EmbeddedChannel channel(InetSocketAddress source) {
        EmbeddedChannel channel = new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return source;
            }
        };
        channel.pipeline().addLast(
            new ProxyHeaderReader(
                List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("fd00::/8")),
                new ProxyHeaderReader.Listener() {
                    @Override
                    public void clientAddress(InetSocketAddress address) {
                        addresses.add(address);
                    }

                    @Override
                    public void refused(String reason, String message) {
                        assertThat(message).doesNotContain("Exception");
                        refusals.add(reason);
                    }
                }
            )
        );
        channels.add(channel);
        return channel;
    }

    private static byte[] received(EmbeddedChannel channel) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
            bytes.writeBytes(ByteBufUtil.getBytes(next));
            next.release();
        }
        return bytes.toByteArray();
    }

    private static byte[] withTlv(int valueLength) {
        byte[] header = new byte[V2.length + 3 + valueLength];
        System.arraycopy(V2, 0, header, 0, V2.length);
        int length = 12 + 3 + valueLength;
        header[14] = (byte) (length >> 8);
        header[15] = (byte) length;
        header[V2.length] = 0x05;
        header[V2.length + 1] = (byte) (valueLength >> 8);
        header[V2.length + 2] = (byte) valueLength;
        return header;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
