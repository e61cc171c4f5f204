package io.nightporter.proxy.handshake;

import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.packet.StatusPing;
import io.nightporter.protocol.packet.StatusPong;
import io.nightporter.protocol.packet.StatusRequest;
import io.nightporter.protocol.packet.StatusResponse;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.context.Generation;
import io.nightporter.proxy.context.ProxyContext;
import io.nightporter.proxy.routing.Route;
import io.nightporter.proxy.wire.PacketPhase;
import io.nightporter.proxy.wire.Wire;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Answers the server list: one question, one ping, and goodbye. */
final class StatusPhase extends PacketPhase {

    private static final int MAX_FRAME = 64;

    private final ProxyContext context;
    private final Generation generation;
    private final Route route;
    private final int protocol;
    private boolean asked;
    private boolean answered;
    /** A ping that came before the status was there; its pong comes behind it. */
    private @Nullable Long pingBehind;

    StatusPhase(ProxyContext context, Generation generation, Wire wire, Route route, int protocol) {
        super(wire, State.STATUS, MAX_FRAME);
        this.context = context;
        this.generation = generation;
        this.route = route;
        this.protocol = protocol;
    }

    @Override
    protected void packet(Packet packet) {
        switch (packet) {
            case StatusRequest _ when !asked -> {
                asked = true;
                ask();
            }
            case StatusPing(long time) -> {
                if (asked && !answered) {
                    pingBehind = time;
                } else {
                    pong(time);
                }
            }
            default -> throw unexpected(packet);
        }
    }

    /** Most answers are there at once. */
    private void ask() {
        CompletableFuture<Optional<String>> answer = generation.status().answer(route, protocol).toCompletableFuture();
        if (answer.isDone()) {
            answered(answer.join());
        } else {
            answer.thenAcceptAsync(this::answered, wire.channel().eventLoop());
        }
    }

    private void answered(Optional<String> json) {
        if (json.isEmpty()) {
            wire.close();
        } else {
            answered = true;
            wire.send(new StatusResponse(json.get()));
            wire.flush();
            if (pingBehind != null) {
                pong(pingBehind);
            }
        }
    }

    private void pong(long time) {
        wire.send(new StatusPong(time));
        wire.hangUpOnSilentPeer();
    }

    @Override
    public void refused(Wire refused, BadPacketException reason) {
        context.metrics().rejected(reason.reason());
        wire.close();
    }

    @Override
    public void closed() {
        context.metrics().connection("status");
    }
}
