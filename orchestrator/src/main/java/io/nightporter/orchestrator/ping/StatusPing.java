package io.nightporter.orchestrator.ping;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.orchestrator.ping.StatusPingException.Reason;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.StatusPong;
import io.nightporter.protocol.packet.StatusRequest;
import io.nightporter.protocol.packet.StatusResponse;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Asks a Minecraft server for its status, as the server list of a client does. Blocks, for virtual threads; a time
 * limit covers everything from connecting to the last byte, however slowly the bytes come.
 *
 * <p>Source of the protocol: the article "Server List Ping" of the Minecraft wiki.
 *
 * @param address where to connect
 * @param host the hostname that the handshake says the player typed
 * @param port the port that the handshake says
 * @param protocol the version that the handshake says
 * @param timeout for everything together
 * @param proxyHeader whether the server expects a PROXY protocol header; it gets one (version 2, LOCAL) that says that
 *     the connection is the proxy's own
 */
public record StatusPing(
    InetSocketAddress address,
    String host,
    int port,
    int protocol,
    Duration timeout,
    boolean proxyHeader
) {
    /**
     * @param json what the server sent, at most 262,144 characters; not looked at, it may be anything
     * @param roundTrip from a ping to its pong; null for servers that don't answer it
     */
    public record Answer(String json, @Nullable Duration roundTrip) {}

    static final int MAX_FRAME_BYTES = (2 << 20) - 1;

    /** Any will do: these packets and their ids are the same in all versions since 1.7. */
    private static final ProtocolVersion VERSION = ProtocolVersions.builtIn().newest();

    /** A server that has shown its status but does not pong is not waited for any longer than this. */
    private static final Duration LONGEST_PONG = Duration.ofMillis(500);

    /** Signature, version 2 and command LOCAL, no address family, no addresses (HAProxy's proxy-protocol.txt, 2.2). */
    private static final byte[] PROXY_LOCAL = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a" + "20000000");

    /**
     * @throws StatusPingException when there is no answer that looks like a status
     */
    public Answer ask() throws StatusPingException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (Socket socket = new Socket()) {
            connect(socket);
            return ask(socket, deadline);
        } catch (IOException e) {
            throw new StatusPingException(Reason.CLOSED, "the connection broke: " + e.getMessage());
        }
    }

    private void connect(Socket socket) throws StatusPingException {
        if (address.isUnresolved()) {
            throw new StatusPingException(Reason.UNRESOLVED, "the name " + address.getHostString() + " has no address");
        }
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, Math.max(1, (int) timeout.toMillis()));
        } catch (IOException e) {
            throw switch (e) {
                case SocketTimeoutException _ -> new StatusPingException(
                    Reason.CONNECT_TIMED_OUT,
                    "no connection within " + timeout.toMillis() + " ms"
                );
                case NoRouteToHostException _ -> new StatusPingException(Reason.UNREACHABLE, "no route to the host");
                case ConnectException _ -> new StatusPingException(Reason.REFUSED, "connection refused");
                default -> new StatusPingException(Reason.UNREACHABLE, "cannot be reached: " + e.getMessage());
            };
        }
    }

    private Answer ask(Socket socket, long deadline) throws StatusPingException, IOException {
        FrameReader in = new FrameReader(socket);
        try {
            socket.getOutputStream().write(request());
            String json = status(in.next(MAX_FRAME_BYTES, deadline));
            return new Answer(json, roundTrip(socket, in, deadline));
        } catch (SocketTimeoutException _) {
            throw new StatusPingException(
                Reason.ANSWER_TIMED_OUT,
                "connected, but no whole answer within " + timeout.toMillis() + " ms"
            );
        } catch (EOFException _) {
            throw new StatusPingException(Reason.CLOSED, "connected, but it hung up before it had answered");
        } catch (BadPacketException e) {
            throw new StatusPingException(Reason.NONSENSE, "the answer is not a status: " + e.getMessage());
        }
    }

    /** Handshake and status request in one go. */
    private byte[] request() {
        ByteBuf out = Unpooled.buffer();
        if (proxyHeader) {
            out.writeBytes(PROXY_LOCAL);
        }
        frame(State.HANDSHAKE, new Handshake(protocol, host, port, Handshake.STATUS), out);
        frame(State.STATUS, new StatusRequest(), out);
        return bytes(out);
    }

    private static String status(ByteBuf frame) {
        int id = VarInts.read(frame);
        if (id != VERSION.id(State.STATUS, Direction.CLIENTBOUND, StatusResponse.TYPE.name())) {
            throw new BadPacketException("unexpected_packet", "it begins with packet " + id);
        }
        return PacketCodec.decode(VERSION, StatusResponse.TYPE, frame).json();
    }

    /** Whatever goes wrong here does not spoil the status that we have. */
    private static @Nullable Duration roundTrip(Socket socket, FrameReader in, long deadline) {
        try {
            long start = System.nanoTime();
            ByteBuf ping = Unpooled.buffer();
            frame(State.STATUS, new io.nightporter.protocol.packet.StatusPing(start), ping);
            socket.getOutputStream().write(bytes(ping));
            ByteBuf frame = in.next(MAX_FRAME_BYTES, start + Math.min(deadline - start, LONGEST_PONG.toNanos()));
            int id = VarInts.read(frame);
            boolean ours =
                id == VERSION.id(State.STATUS, Direction.CLIENTBOUND, StatusPong.TYPE.name()) &&
                PacketCodec.decode(VERSION, StatusPong.TYPE, frame).payload() == start;
            return ours ? Duration.ofNanos(System.nanoTime() - start) : null;
        } catch (IOException | BadPacketException _) {
            return null;
        }
    }

    private static void frame(State state, Packet packet, ByteBuf out) {
        ByteBuf content = Unpooled.buffer();
        PacketCodec.encode(VERSION, state, Direction.SERVERBOUND, packet, content);
        VarInts.write(out, content.readableBytes());
        out.writeBytes(content);
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }
}
