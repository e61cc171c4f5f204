package io.nightporter.proxy.status;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.orchestrator.ping.StatusPing;
import io.nightporter.orchestrator.ping.StatusPingException;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.routing.AddressBook;
import io.nightporter.proxy.text.Message;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the servers say of themselves. Lives as long as the process: reloads of the configuration don't forget it.
 *
 * <p>An answer is good for five seconds. For another 25 it is still given at once, while one request looks for a newer
 * one; after that an asker waits, but not for long. However many ask, one request per server and version is under way.
 */
public final class BackendStatuses {

    static final Duration FRESH = Duration.ofSeconds(5);
    static final Duration STALE = Duration.ofSeconds(30);

    /** A player looks at an empty line for as long as this, and then sees what the proxy knows by itself. */
    static final Duration LONGEST_WAIT = Duration.ofMillis(1_500);

    /** For one address of a server; nobody waits for that, it bounds how long a request can be under way. */
    private static final Duration PING_LIMIT = Duration.ofSeconds(3);

    private static final int MOST_SLOTS = 1_024;
    private static final BackendStatus NO_ANSWER_YET = new BackendStatus.Down(null, "no answer yet");

    private static final Logger log = LoggerFactory.getLogger(BackendStatuses.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final AddressBook addresses;
    private final LastKnownStatuses lastKnown;
    private final LongSupplier nanos;
    private final ConcurrentHashMap<String, String> withoutStatus = new ConcurrentHashMap<>();
    private final LinkedHashMap<Key, Slot> slots = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Slot> eldest) {
            return size() > MOST_SLOTS;
        }
    };

    /**
     * @param dataDir where last known statuses are kept, in a folder {@code status}
     */
    public BackendStatuses(Path dataDir, AddressBook addresses) {
        this(dataDir, addresses, System::nanoTime);
    }

    BackendStatuses(Path dataDir, AddressBook addresses, LongSupplier nanos) {
        this.addresses = addresses;
        this.lastKnown = new LastKnownStatuses(dataDir.resolve("status"), nanos);
        this.nanos = nanos;
    }

    /**
     * @param cached whether the answer was there before the question
     */
    record Seen(BackendStatus status, boolean cached) {}

    /**
     * How the server is. Never waits; the future never fails and is complete after {@link #LONGEST_WAIT} at the latest.
     *
     * @param protocol that the server is asked with. As many answers are kept as there are different ones, so it must
     *     not be just any number that a client made up
     */
    CompletableFuture<Seen> of(ServerSettings server, int protocol) {
        Slot slot = slot(server, protocol);
        CompletableFuture<BackendStatus> request;
        synchronized (slot) {
            long age = nanos.getAsLong() - slot.knownAt;
            BackendStatus known = slot.known;
            if (known != null && age <= FRESH.toNanos()) {
                return CompletableFuture.completedFuture(new Seen(known, true));
            }
            request = slot.request;
            if (request == null) {
                request = new CompletableFuture<>();
                slot.request = request;
                CompletableFuture<BackendStatus> started = request;
                Thread.ofVirtual()
                    .name("status-" + server.name())
                    .start(() -> refresh(slot, protocol, started));
            }
            if (known != null && age <= STALE.toNanos()) {
                return CompletableFuture.completedFuture(new Seen(known, true));
            }
        }
        return request
            .copy()
            .completeOnTimeout(NO_ANSWER_YET, LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)
            .thenApply(status -> new Seen(status.equals(NO_ANSWER_YET) ? notYet(server) : status, false));
    }

    /** A server that is known not to be there is not asked. */
    CompletableFuture<Seen> away(ServerSettings server, Message line) {
        if (lastKnown.isLoaded(server.name())) {
            return CompletableFuture.completedFuture(seenAway(server, line));
        }
        var loaded = new CompletableFuture<Seen>();
        Thread.ofVirtual()
            .name("status-" + server.name())
            .start(() -> {
                try {
                    lastKnown.load(server.name());
                } finally {
                    loaded.complete(seenAway(server, line));
                }
            });
        return loaded;
    }

    private Seen seenAway(ServerSettings server, Message line) {
        return new Seen(new BackendStatus.Down(lastKnown.peek(server.name()), "away", line), false);
    }

    private BackendStatus notYet(ServerSettings server) {
        return new BackendStatus.Down(lastKnown.peek(server.name()), "no answer yet");
    }

    /** A server that has another address now, by a reload or because it has slept, is another one. */
    private Slot slot(ServerSettings server, int protocol) {
        Key key = new Key(server.name(), protocol);
        synchronized (slots) {
            Slot slot = slots.get(key);
            if (
                slot == null ||
                !slot.addresses.equals(addresses.known(server)) ||
                slot.server.sendProxyProtocol() != server.sendProxyProtocol()
            ) {
                slot = new Slot(server, addresses.known(server));
                slots.put(key, slot);
            }
            return slot;
        }
    }

    private void refresh(Slot slot, int protocol, CompletableFuture<BackendStatus> request) {
        BackendStatus status = new BackendStatus.Down(lastKnown.peek(slot.server.name()), "fault");
        try {
            status = ask(slot.server, protocol);
        } catch (RuntimeException e) {
            log.error("status request failed server={}", slot.server.name(), e);
        } finally {
            synchronized (slot) {
                slot.known = status;
                slot.knownAt = nanos.getAsLong();
                slot.request = null;
            }
            request.complete(status);
        }
    }

    private BackendStatus ask(ServerSettings server, int protocol) {
        lastKnown.load(server.name());
        String reason = "no address for this version";
        for (ServerAddress address : addresses.candidates(server, protocol)) {
            try {
                StatusPing.Answer answer = ping(server, address.address(), protocol).ask();
                addresses.worked(address);
                if (JSON.readTree(answer.json()) instanceof ObjectNode status) {
                    status(server);
                    lastKnown.shareFavicon(server.name(), status);
                    lastKnown.remember(server.name(), status);
                    return new BackendStatus.Up(status);
                }
                reason = address.address() + ": the answer is not a JSON object";
                noStatus(server, reason);
            } catch (StatusPingException e) {
                reason = address.address() + ": " + e.getMessage();
                if (e.reached()) {
                    noStatus(server, reason);
                } else {
                    addresses.failed(address, String.valueOf(e.getMessage()));
                }
            } catch (JacksonException _) {
                reason = address.address() + ": the answer is not JSON";
                noStatus(server, reason);
            }
        }
        return new BackendStatus.Down(lastKnown.peek(server.name()), reason);
    }

    /** Blocks while it looks up the name. */
    private static StatusPing ping(ServerSettings server, HostAndPort address, int protocol) {
        List<String> hosts = server.hosts();
        String host = hosts
            .stream()
            .filter(name -> name.indexOf('*') < 0)
            .findFirst()
            .orElse(address.host());
        return new StatusPing(
            new InetSocketAddress(address.host(), address.port()),
            host,
            address.port(),
            protocol,
            PING_LIMIT,
            server.sendProxyProtocol()
        );
    }

    /** Servers that can be reached but give no status; of those that cannot, the address book tells. */
    private void noStatus(ServerSettings server, String reason) {
        if (!reason.equals(withoutStatus.put(server.name(), reason))) {
            log.info("server gives no status server={} reason=\"{}\"", server.name(), reason);
        }
    }

    private void status(ServerSettings server) {
        if (withoutStatus.remove(server.name()) != null) {
            log.info("server gives its status again server={}", server.name());
        }
    }

    private record Key(String server, int protocol) {}

    /** Guarded by itself. */
    private static final class Slot {

        final ServerSettings server;

        final List<ServerAddress> addresses;

        @Nullable
        BackendStatus known;

        long knownAt;

        @Nullable
        CompletableFuture<BackendStatus> request;

        Slot(ServerSettings server, List<ServerAddress> addresses) {
            this.server = server;
            this.addresses = addresses;
        }
    }
}
