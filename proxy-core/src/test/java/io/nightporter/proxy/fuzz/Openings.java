package io.nightporter.proxy.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.nightporter.proxy.forwarding.ProxyHeader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How connections may begin: PROXY headers, pings from before 1.7, handshakes. */
final class Openings {

    private static final byte[] SIGNATURE = ProxyHeader.local();
    private static final List<String> TEXT_HEADERS = List.of(
        "PROXY TCP4 203.0.113.7 127.0.0.1 4711 25565\r\n",
        "PROXY TCP6 2001:db8::7 ::1 4711 25565\r\n",
        "PROXY UNKNOWN\r\n",
        "PROXY TCP4 999.1.1.1 127.0.0.1 99999 25565\r\n",
        "PROXY TCP4 localhost example.org 1 2\r\n"
    );

    private Openings() {}

    static byte[] any(Dice dice) {
        return switch (dice.of(6)) {
            case 0 -> dice.one(TEXT_HEADERS).getBytes(StandardCharsets.US_ASCII);
            case 1 -> ProxyHeader.proxied(
                new InetSocketAddress(InetAddress.ofLiteral(dice.oneIn(2) ? "203.0.113.7" : "2001:db8::7"), 4711),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 25_565)
            );
            case 2 -> binaryHeader(dice);
            case 3 -> new byte[] { (byte) 0xFE, 1 };
            case 4 -> legacyPing("house.test");
            default -> new byte[] {
                0x0F,
                0,
                (byte) 0xFF,
                5,
                9,
                'h',
                'o',
                'u',
                's',
                'e',
                '.',
                't',
                'e',
                's',
                't',
                0,
                1,
                1,
            };
        };
    }

    /** Version 2 with any command, family, length and type-length-values. */
    private static byte[] binaryHeader(Dice dice) {
        ByteBuf out = Unpooled.buffer();
        out.writeBytes(SIGNATURE, 0, 12);
        out.writeByte(dice.oneIn(3) ? dice.of(256) : 0x20 + dice.of(2));
        out.writeByte(dice.oneIn(3) ? dice.of(256) : dice.one(List.of(0, 0x11, 0x12, 0x21, 0x22, 0x31)));
        byte[] rest = dice.bytes(dice.of(dice.oneIn(10) ? 5000 : 300));
        out.writeShort(dice.oneIn(4) ? dice.of(65_536) : rest.length);
        out.writeBytes(rest);
        return ByteBufUtil.getBytes(out);
    }

    private static byte[] legacyPing(String host) {
        ByteBuf out = Unpooled.buffer();
        out.writeByte(0xFE).writeByte(1).writeByte(0xFA);
        out.writeShort(11).writeBytes("MC|PingHost".getBytes(StandardCharsets.UTF_16BE));
        out.writeShort(7 + 2 * host.length());
        out.writeByte(74).writeShort(host.length()).writeBytes(host.getBytes(StandardCharsets.UTF_16BE));
        out.writeInt(25_565);
        return ByteBufUtil.getBytes(out);
    }
}
