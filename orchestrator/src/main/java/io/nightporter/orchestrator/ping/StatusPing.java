package io.nightporter.orchestrator.ping;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.orchestrator.ping.StatusPingException.Reason;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.BadPacketException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks a Minecraft server for its status, as the server list of a client does. Blocks, for virtual threads; a time
 * limit covers everything from connecting to the last byte, however slowly the bytes come.
 *
 * <p>Source of the protocol: the article "Server List Ping" of the Minecraft wiki. The packets and their ids are the
 * same in all versions since 1.7.
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
     * @param json what the server sent, at most {@value #MAX_JSON_BYTES} bytes; not looked at, it may be anything
     * @param roundTrip from a ping to its pong; null for servers that don't answer it
     */
    public record Answer(String json, @Nullable Duration roundTrip) {}

    static final int MAX_FRAME_BYTES = (2 << 20) - 1;

    /** Clients read 32,767 characters; this is for servers whose favicon makes it longer and can be left out. */
    static final int MAX_JSON_BYTES = 256 << 10;

    private static final int STATUS = 0;
    private static final int PING = 1;
    private static final int STATUS_INTENT = 1;
    private static final int MAX_HANDSHAKE_HOST = 255;

    /** A server that has shown its status but does not pong is not waited for any longer than this. */
    private static final Duration LONGEST_PONG = Duration.ofSeconds(1);

    /** Signature, version 2 and command LOCAL, no address family, no addresses (HAProxy's proxy-protocol.txt, 2.2). */
    private static final byte[] PROXY_LOCAL = {
        0x0D,
        0x0A,
        0x0D,
        0x0A,
        0x00,
        0x0D,
        0x0A,
        0x51,
        0x55,
        0x49,
        0x54,
        0x0A,
        0x20,
        0x00,
        0x00,
        0x00,
    };

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
        ByteBuf handshake = Unpooled.buffer();
        VarInts.write(handshake, 0);
        VarInts.write(handshake, protocol);
        byte[] name = host.substring(0, Math.min(host.length(), MAX_HANDSHAKE_HOST)).getBytes(StandardCharsets.UTF_8);
        VarInts.write(handshake, name.length);
        handshake.writeBytes(name).writeShort(port);
        VarInts.write(handshake, STATUS_INTENT);

        ByteBuf out = Unpooled.buffer();
        if (proxyHeader) {
            out.writeBytes(PROXY_LOCAL);
        }
        VarInts.write(out, handshake.readableBytes());
        out.writeBytes(handshake);
        VarInts.write(out, 1);
        VarInts.write(out, STATUS);
        return bytes(out);
    }

    private static String status(ByteBuf frame) {
        int id = VarInts.read(frame);
        if (id != STATUS) {
            throw new BadPacketException("unexpected_packet", "it is packet " + id + " instead of 0");
        }
        int length = VarInts.read(frame);
        if (length < 2 || length > MAX_JSON_BYTES || length > frame.readableBytes()) {
            throw new BadPacketException("string_too_long", "it claims a text of " + length + " bytes");
        }
        return frame.toString(frame.readerIndex(), length, StandardCharsets.UTF_8);
    }

    /** Whatever goes wrong here does not spoil the status that we have. */
    private static @Nullable Duration roundTrip(Socket socket, FrameReader in, long deadline) {
        try {
            long start = System.nanoTime();
            ByteBuf ping = Unpooled.buffer(10).writeByte(9).writeByte(PING).writeLong(start);
            socket.getOutputStream().write(bytes(ping));
            long end = start + Math.min(deadline - start, LONGEST_PONG.toNanos());
            ByteBuf pong = in.next(9, end);
            boolean ours = pong.readableBytes() == 9 && pong.readByte() == PING && pong.readLong() == start;
            return ours ? Duration.ofNanos(System.nanoTime() - start) : null;
        } catch (IOException | BadPacketException _) {
            return null;
        }
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }
}
