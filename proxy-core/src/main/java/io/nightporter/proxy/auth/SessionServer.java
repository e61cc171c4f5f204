package io.nightporter.proxy.auth;

import io.nightporter.proxy.config.ProxySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the session server whether a player who wants to join has told it so. Calls return at once; the answer comes
 * within the configured time on a virtual thread and is never an exception.
 */
public final class SessionServer implements AutoCloseable {

    private static final String PATH = "/session/minecraft/hasJoined";
    private static final int MAX_ANSWER_BYTES = 256 * 1024;
    private static final int MAX_IN_FLIGHT = 256;

    private final String address;
    private final Duration timeout;
    private final boolean preventProxyConnections;
    private final byte[] publicKeyDer;
    private final Semaphore free;
    private final Executor threads = task -> Thread.ofVirtual().name("session-server").start(task);
    private @Nullable HttpClient http;
    private boolean closed;

    /**
     * @throws IllegalArgumentException when the address in the settings is not one of a web server
     */
    public SessionServer(ProxySettings settings, EncryptionKeys keys) {
        this(
            settings.sessionServer(),
            settings.timeouts().sessionServer(),
            settings.preventProxyConnections(),
            keys.publicKeyDer().toArray(),
            MAX_IN_FLIGHT
        );
    }

    SessionServer(
        URI address,
        Duration timeout,
        boolean preventProxyConnections,
        byte[] publicKeyDer,
        int maxInFlight
    ) {
        this.address = hasJoinedAddress(address);
        this.timeout = timeout;
        this.preventProxyConnections = preventProxyConnections;
        this.publicKeyDer = publicKeyDer.clone();
        this.free = new Semaphore(maxInFlight);
    }

    /** Made when it is first needed: it brings certificates and a thread, which offline mode never uses. */
    private synchronized HttpClient http() {
        if (closed) {
            throw new IllegalStateException("the session server is not asked any more");
        }
        if (http == null) {
            http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .executor(threads)
                .build();
        }
        return http;
    }

    /**
     * Whether the player with this name and secret is joining us.
     *
     * @param name as the client gave it
     * @param sharedSecret the 16 bytes that the client chose
     * @param serverId what was written into the encryption request, usually empty
     * @param clientIp where the client comes from; sent only when proxies before the player are to be prevented
     */
    public CompletionStage<SessionAnswer> hasJoined(
        String name,
        byte[] sharedSecret,
        String serverId,
        @Nullable InetAddress clientIp
    ) {
        if (!free.tryAcquire()) {
            return CompletableFuture.completedFuture(new SessionAnswer.Unavailable("busy"));
        }
        HttpRequest request = HttpRequest.newBuilder(
            question(name, ServerHash.of(serverId, sharedSecret, publicKeyDer), clientIp)
        )
            .header("Accept", "application/json")
            .GET()
            .build();
        return CompletableFuture.supplyAsync(this::http, threads)
            .thenCompose(client -> ask(client, request))
            .handleAsync((response, failure) -> {
                free.release();
                return failure == null ? answer(response) : new SessionAnswer.Unavailable(reason(failure));
            }, threads);
    }

    /** HttpRequest.timeout would end with the answer's head; a body that trickles in must not take longer either. */
    private CompletionStage<HttpResponse<byte[]>> ask(HttpClient client, HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(
            request,
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES)
        );
        return exchange
            .copy()
            .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
            .whenComplete((_, _) -> exchange.cancel(true));
    }

    /** Lets running requests come to their end and takes no new ones; does not wait. */
    @Override
    public synchronized void close() {
        closed = true;
        if (http != null) {
            http.shutdown();
        }
    }

    private URI question(String name, String hash, @Nullable InetAddress clientIp) {
        StringBuilder uri = new StringBuilder(address)
            .append(address.indexOf('?') < 0 ? '?' : '&')
            .append("username=")
            .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
            .append("&serverId=")
            .append(hash);
        if (preventProxyConnections && clientIp != null) {
            uri.append("&ip=").append(URLEncoder.encode(ClientIp.text(clientIp), StandardCharsets.UTF_8));
        }
        return URI.create(uri.toString());
    }

    private static SessionAnswer answer(HttpResponse<byte[]> response) {
        byte[] body = response.body();
        return switch (response.statusCode()) {
            case 204 -> new SessionAnswer.NotJoined();
            case 200 -> body.length == 0
                ? new SessionAnswer.NotJoined()
                : ProfileReader.read(body)
                      .<SessionAnswer>map(SessionAnswer.Authenticated::new)
                      .orElseGet(() -> new SessionAnswer.Unavailable("answer_invalid"));
            default -> new SessionAnswer.Unavailable("status_" + response.statusCode());
        };
    }

    private static String reason(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapped when wrapped.getCause() != null -> reason(wrapped.getCause());
            case TimeoutException _, HttpTimeoutException _ -> "timeout";
            case IOException tooLarge when isTooLarge(tooLarge) -> "answer_too_large";
            default -> "unreachable";
        };
    }

    /** The JDK says only in words that a body was cut off at the limit. */
    private static boolean isTooLarge(IOException failure) {
        String message = failure.getMessage();
        return message != null && message.contains("exceed");
    }

    /** Takes the base address of a session server as well as the whole address of its question. */
    private static String hasJoinedAddress(URI configured) {
        String scheme = configured.getScheme();
        if (configured.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException(
                "sessionServer: '" + configured + "' is not an address such as https://sessionserver.mojang.com"
            );
        }
        String path = configured.getPath();
        if (path != null && path.endsWith("/hasJoined")) {
            return configured.toString();
        }
        String base = configured.toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + PATH;
    }
}
