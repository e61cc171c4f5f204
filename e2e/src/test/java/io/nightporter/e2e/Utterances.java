package io.nightporter.e2e;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.Frames;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.frame.Zlib;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.LoginStart;
import io.nightporter.protocol.packet.LoginSuccess;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.SetCompression;
import io.nightporter.protocol.packet.StatusPing;
import io.nightporter.protocol.packet.StatusRequest;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What crowds say, made once and said often: frames of a version in which a login leads into the game at once. */
final class Utterances {

    static final ProtocolVersion VERSION = Objects.requireNonNull(ProtocolVersions.builtIn().find(763));
    /** The proxy's own threshold towards players whose server does not compress. */
    static final int PROXY_THRESHOLD = 256;

    private Utterances() {}

    static byte[] status(String host) {
        return joined(
            frame(State.HANDSHAKE, new Handshake(VERSION.number(), host, 25_565, Handshake.STATUS)),
            frame(State.STATUS, new StatusRequest()),
            frame(State.STATUS, new StatusPing(4711))
        );
    }

    static byte[] login(String host, String name) {
        return joined(
            frame(State.HANDSHAKE, new Handshake(VERSION.number(), host, 25_565, Handshake.LOGIN)),
            frame(State.LOGIN, new LoginStart(name, Optional.empty(), Optional.of(new UUID(1, 2))))
        );
    }

    /** With compression for every later frame from that size on, unless it is negative. */
    static byte[] letIn(int threshold) {
        var success = new LoginSuccess(new UUID(1, 2), "Somebody", List.of(), false, LoginSuccess.NO_SESSION);
        byte[] payload = payload(State.LOGIN, Direction.CLIENTBOUND, success);
        return threshold < 0
            ? frame(payload, -1)
            : joined(
                  frame(payload(State.LOGIN, Direction.CLIENTBOUND, new SetCompression(threshold)), -1),
                  frame(payload, threshold)
              );
    }

    private static byte[] frame(State state, Packet packet) {
        return frame(payload(state, Direction.SERVERBOUND, packet), -1);
    }

    static byte[] payload(State state, Direction direction, Packet packet) {
        ByteBuf out = Unpooled.buffer();
        PacketCodec.encode(VERSION, state, direction, packet, out);
        return ByteBufUtil.getBytes(out);
    }

    static byte[] frame(byte[] payload, int threshold) {
        ByteBuf out = Unpooled.buffer();
        Frames.write(Unpooled.wrappedBuffer(payload), threshold, out, Zlib.ofThisThread());
        return ByteBufUtil.getBytes(out);
    }

    /** A length as it stands before a frame. */
    static byte[] varint(int number) {
        ByteBuf out = Unpooled.buffer();
        VarInts.write(out, number);
        return ByteBufUtil.getBytes(out);
    }

    /** Frames of game data, about so many bytes in all: none of them interests the proxy. */
    static byte[] traffic(int bytes, int threshold) {
        ByteBuf out = Unpooled.buffer();
        byte[] payload = new byte[1000];
        new java.util.SplittableRandom(5).nextBytes(payload);
        payload[0] = 0;
        while (out.readableBytes() < bytes) {
            out.writeBytes(frame(payload, threshold));
        }
        return ByteBufUtil.getBytes(out);
    }

    /** A frame whose content deflates to a thousandth. */
    static byte[] bomb(int claimed, int size) {
        ByteBuf content = Unpooled.buffer();
        VarInts.write(content, claimed);
        Zlib.ofThisThread().deflate(Unpooled.wrappedBuffer(new byte[size]), content);
        return joined(varint(content.readableBytes()), ByteBufUtil.getBytes(content));
    }

    static byte[] joined(byte[]... parts) {
        ByteBuf out = Unpooled.buffer();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return ByteBufUtil.getBytes(out);
    }
}
