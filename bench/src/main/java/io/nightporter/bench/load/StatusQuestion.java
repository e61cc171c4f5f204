package io.nightporter.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.Zlib;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.StatusRequest;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Objects;

/** One status request over a blocking socket, to learn whether somebody is there. */
final class StatusQuestion {

    private static final int TIMEOUT_MILLIS = 5_000;

    private StatusQuestion() {}

    static boolean isAnswered(int port, int protocol) {
        ProtocolVersion version = Objects.requireNonNull(ProtocolVersions.builtIn().find(protocol));
        ByteBuf question = Unpooled.buffer();
        add(question, version, State.HANDSHAKE, new Handshake(protocol, "localhost", port, Handshake.STATUS));
        add(question, version, State.STATUS, new StatusRequest());
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(ByteBufUtil.getBytes(question));
            return socket.getInputStream().read() > 0;
        } catch (IOException _) {
            return false;
        }
    }

    private static void add(ByteBuf out, ProtocolVersion version, State state, Packet packet) {
        ByteBuf payload = Unpooled.buffer();
        PacketCodec.encode(version, state, Direction.SERVERBOUND, packet, payload);
        Frames.write(payload, -1, out, Zlib.ofThisThread());
    }
}
