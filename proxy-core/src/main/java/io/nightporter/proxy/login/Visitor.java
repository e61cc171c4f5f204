package io.nightporter.proxy.login;

import io.nightporter.protocol.packet.BadPacketException;
import io.nightporter.protocol.text.Text;
import io.nightporter.proxy.config.NetworkSettings;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.context.Generation;
import io.nightporter.proxy.context.ProxyContext;
import io.nightporter.proxy.limits.Arrival;
import io.nightporter.proxy.limits.PeerLog;
import io.nightporter.proxy.player.Player;
import io.nightporter.proxy.routing.VirtualHost;
import io.nightporter.proxy.text.Messages;
import io.nightporter.proxy.text.Words;
import io.nightporter.proxy.wire.Wire;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose handshake has been read and who wants to play.
 *
 * @param arrival over as soon as the visitor is a player
 * @param from where they come from, behind whatever balancer there may be
 * @param server where they are to come in
 * @param network that the server is a lobby of, if the hostname leads to one
 * @param port the port that they typed
 * @param arrived {@link System#nanoTime} of the handshake
 */
public record Visitor(
    ProxyContext context,
    Generation generation,
    Wire wire,
    Arrival arrival,
    InetSocketAddress from,
    ServerSettings server,
    @Nullable NetworkSettings network,
    VirtualHost host,
    int port,
    long arrived
) {
    private static final PeerLog log = PeerLog.of(Visitor.class);

    /** The same, who is to come in at another lobby of the network. */
    Visitor at(ServerSettings lobby) {
        return new Visitor(context, generation, wire, arrival, from, lobby, network, host, port, arrived);
    }

    /** How long the login has been going on. */
    Duration waited() {
        return Duration.ofNanos(System.nanoTime() - arrived);
    }

    /** Sends the visitor away with a reason that the client shows. */
    void turnAway(String reason, Words message) {
        context.metrics().connection("refused");
        context.metrics().rejected(reason);
        log.info("login refused address={} server={} reason={}", wire.peerText(), server.name(), reason);
        Player.say(wire, text(message));
    }

    /** The client sent what cannot be right. */
    void refused(BadPacketException reason) {
        context.metrics().connection("refused");
        context.metrics().rejected(reason.reason());
        log.info(
            "login refused address={} server={} reason={} detail=\"{}\"",
            wire.peerText(),
            server.name(),
            reason.reason(),
            reason.getMessage()
        );
        Player.say(wire, text(Messages.garbled()));
    }

    /** The words as the client can show them; it tells its language when it is in the game. */
    Text text(Words words) {
        return generation.phrases().text(words, null);
    }

    /** The client went before it was in the game. */
    void left() {
        context.metrics().connection("left_in_login");
    }
}
