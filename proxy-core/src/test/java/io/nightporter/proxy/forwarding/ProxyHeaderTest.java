package io.nightporter.proxy.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ProxyHeaderTest {

    @Test
    void anIpv4PlayerIsWrittenAsTheSpecificationSays() {
        byte[] header = ProxyHeader.proxied(
            new InetSocketAddress("203.0.113.9", 50_000),
            new InetSocketAddress("192.0.2.1", 25_565)
        );
        assertThat(HexFormat.of().formatHex(header)).isEqualTo(
            "0d0a0d0a000d0a515549540a" + "21" + "11" + "000c" + "cb007109" + "c0000201" + "c350" + "63dd"
        );
    }

    @Test
    void anIpv6PlayerToo() {
        byte[] header = ProxyHeader.proxied(
            new InetSocketAddress("2001:db8::1", 65_535),
            new InetSocketAddress("2001:db8::2", 25_565)
        );
        assertThat(header).hasSize(16 + 36);
        HAProxyMessage read = read(header);
        assertThat(read.protocolVersion()).isEqualTo(HAProxyProtocolVersion.V2);
        assertThat(read.command()).isEqualTo(HAProxyCommand.PROXY);
        assertThat(read.proxiedProtocol()).isEqualTo(HAProxyProxiedProtocol.TCP6);
        assertThat(read.sourceAddress()).isEqualTo("2001:db8:0:0:0:0:0:1");
        assertThat(read.destinationAddress()).isEqualTo("2001:db8:0:0:0:0:0:2");
        assertThat(read.sourcePort()).isEqualTo(65_535);
        assertThat(read.destinationPort()).isEqualTo(25_565);
        read.release();
    }

    @Test
    void mixedFamiliesMeetInIpv6() {
        byte[] header = ProxyHeader.proxied(
            new InetSocketAddress("203.0.113.9", 1),
            new InetSocketAddress("2001:db8::2", 2)
        );
        assertThat(HexFormat.of().formatHex(header)).isEqualTo(
            "0d0a0d0a000d0a515549540a" +
                "21210024" +
                "00000000000000000000ffffcb007109" +
                "20010db8000000000000000000000002" +
                "00010002"
        );
    }

    @Test
    void ourOwnConnectionsSayThatTheyAre() {
        byte[] header = ProxyHeader.local();
        assertThat(header).hasSize(16);
        HAProxyMessage read = read(header);
        assertThat(read.command()).isEqualTo(HAProxyCommand.LOCAL);
        read.release();
    }

    private static HAProxyMessage read(byte[] header) {
        EmbeddedChannel channel = new EmbeddedChannel(new HAProxyMessageDecoder());
        channel.writeInbound(Unpooled.wrappedBuffer(header));
        HAProxyMessage message = channel.readInbound();
        assertThat(channel.<Object>readInbound()).isNull();
        return message;
    }
}
