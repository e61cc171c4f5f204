package io.nightporter.proxy.login;

import io.nightporter.proxy.config.ForwardingSettings.Mode;
import io.nightporter.proxy.config.NetworkSettings;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.forwarding.ModernForwarding;
import io.nightporter.proxy.routing.Lobbies;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The lobbies of a visitor's network that have not been tried yet, best first. */
final class Doors {

    private final Deque<ServerSettings> left = new ArrayDeque<>();

    Doors(Visitor visitor) {
        NetworkSettings network = visitor.network();
        if (network != null) {
            int protocol = visitor.wire().version().number();
            new Lobbies(visitor.context().addresses())
                .order(network, protocol)
                .stream()
                .filter(lobby -> !lobby.equals(visitor.server()) && !lobby.passthrough())
                .filter(lobby -> lobby.forwarding().mode() != Mode.MODERN || ModernForwarding.supported(protocol))
                .forEach(left::add);
        }
    }

    /** Null: there is none. */
    @Nullable
    ServerSettings next() {
        return left.poll();
    }

    boolean isEmpty() {
        return left.isEmpty();
    }
}
