package io.nightporter.bench.load;

import io.netty.buffer.ByteBuf;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.packet.PacketType;
import io.nightporter.protocol.packet.StatusPing;
import io.nightporter.protocol.packet.StatusPong;
import io.nightporter.protocol.packet.StatusRequest;
import io.nightporter.protocol.packet.StatusResponse;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.State;

/** Asks for the status as a server list does: status, ping, goodbye. */
final class Pinger extends Guest {

    private boolean answered;

    Pinger(Crowd crowd, int port) {
        super(crowd, port);
    }

    @Override
    void onConnected() {
        write(State.HANDSHAKE, new Handshake(version().number(), "localhost", port(), Handshake.STATUS));
        send(State.STATUS, new StatusRequest());
    }

    @Override
    void onFrame(ByteBuf frame, int length, int size) {
        ByteBuf payload = payload(frame, length, size);
        try {
            PacketType<?> type = PacketCodec.typeOf(
                version(),
                State.STATUS,
                Direction.CLIENTBOUND,
                VarInts.read(payload)
            );
            Packet packet = type == null ? null : PacketCodec.decode(version(), type, payload);
            switch (packet) {
                case StatusResponse _ -> send(State.STATUS, new StatusPing(age()));
                case StatusPong _ -> {
                    answered = true;
                    close();
                }
                case null, default -> throw new BadPacketException("unexpected", "an unexpected answer to a ping");
            }
        } finally {
            payload.release();
        }
    }

    @Override
    boolean hasArrived() {
        return answered;
    }
}
