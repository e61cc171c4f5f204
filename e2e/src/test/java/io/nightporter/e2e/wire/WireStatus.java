package io.nightporter.e2e.wire;

import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.StatusPing;
import io.nightporter.protocol.packet.StatusPong;
import io.nightporter.protocol.packet.StatusRequest;
import io.nightporter.protocol.packet.StatusResponse;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** The question of a server list. */
public final class WireStatus {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 20_000;

    private WireStatus() {}

    /** Asks for the status and pings; returns the status as JSON. */
    public static String ask(int port, ProtocolVersion version, String host) throws IOException {
        return ask(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), version, host);
    }

    /** The same at another machine. */
    public static String ask(InetSocketAddress where, ProtocolVersion version, String host) throws IOException {
        int port = where.getPort();
        var socket = new Socket();
        try {
            socket.connect(where, CONNECT_MILLIS);
            socket.setSoTimeout(READ_MILLIS);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        try (var link = new Link(socket, Direction.SERVERBOUND, version)) {
            link.send(State.HANDSHAKE, new Handshake(version.number(), host, port, Handshake.STATUS));
            link.send(State.STATUS, new StatusRequest());
            if (!(link.receive(State.STATUS).packet() instanceof StatusResponse response)) {
                throw new IOException("no status");
            }
            link.send(State.STATUS, new StatusPing(47));
            if (!(link.receive(State.STATUS).packet() instanceof StatusPong(long payload)) || payload != 47) {
                throw new IOException("no pong");
            }
            return response.json();
        }
    }
}
