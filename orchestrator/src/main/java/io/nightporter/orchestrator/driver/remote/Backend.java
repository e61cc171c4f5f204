package io.nightporter.orchestrator.driver.remote;

import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.NodeUnreachableException;
import io.nightporter.orchestrator.model.NodeDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The other system. Every request has a limit to its time and to the length of its answer; redirections are not followed,
 * because the token would go along. The token is read anew for each request, so that it can be changed.
 */
final class Backend implements AutoCloseable {

    /** The one setting: a file with the token in its first line. */
    static final String TOKEN_FILE = "tokenFile";

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int LONGEST_TOKEN = 4_096;
    private static final long LONGEST_ANSWER = 256 * 1024;

    /** @param body as much of it as there was */
    record Answer(int status, String body) {}

    private final String node;
    private final URI base;
    private final @Nullable Path tokenFile;
    private final HttpClient client;

    private Backend(String node, URI base, @Nullable Path tokenFile) {
        this.node = node;
        this.base = base;
        this.tokenFile = tokenFile;
        this.client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    }

    /**
     * Does not connect.
     *
     * @param folder what the token's file is relative to
     */
    static Backend of(NodeDefinition node, Path folder) throws BadDefinitionException {
        for (String setting : node.settings().keySet()) {
            if (!setting.equals(TOKEN_FILE)) {
                throw bad(
                    node,
                    "has a setting that the driver remote does not know: " + setting,
                    "It knows tokenFile."
                );
            }
        }
        String endpoint = node.endpoint() == null ? "" : node.endpoint();
        URI uri;
        try {
            uri = URI.create(endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint);
        } catch (IllegalArgumentException _) {
            throw bad(node, "has an endpoint that is no address", FORM);
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw bad(node, "has no endpoint that begins with http:// or https://", FORM);
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw bad(node, "has an endpoint with more than a host and a path", FORM);
        }
        String file = node.settings().get(TOKEN_FILE);
        try {
            Path token = file == null ? null : folder.resolve(file);
            var backend = new Backend(node.name(), uri, token);
            backend.token();
            return backend;
        } catch (IOException | InvalidPathException e) {
            throw bad(node, "has no usable token: " + e.getMessage(), TOKEN_HELP);
        }
    }

    private static final String FORM =
        "Write where the other system listens, such as `endpoint: https://panel.example.com`; the token is in the file " +
        "that the setting tokenFile names.";

    private static final String TOKEN_HELP =
        "Write the other system's token into the first line of that file, readable for Nightporter.";

    private static BadDefinitionException bad(NodeDefinition node, String problem, String remedy) {
        return new BadDefinitionException("node " + node.name() + " " + problem, remedy, null);
    }

    /** Whether the token can be read on its way by others. */
    boolean exposed() {
        String host = base.getHost();
        boolean here = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
        return tokenFile != null && "http".equalsIgnoreCase(base.getScheme()) && !here;
    }

    private @Nullable String token() throws IOException {
        Path file = tokenFile;
        if (file == null) {
            return null;
        }
        String text;
        try (InputStream in = Files.newInputStream(file)) {
            text = new String(in.readNBytes(LONGEST_TOKEN), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IOException("the file " + file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
        String token = text.lines().findFirst().orElse("").strip();
        if (!token.matches("[\\x21-\\x7e]+")) {
            throw new IOException("the file " + file + " has no token in its first line");
        }
        return token;
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param method such as {@code GET}
     * @param server the other system's id of it; null: none in particular
     * @param what behind it, such as {@code status}
     * @throws NodeUnreachableException when none came in time, or the calling thread was interrupted
     */
    Answer ask(String method, @Nullable String server, String what, Duration limit) throws NodeUnreachableException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(server, what))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Accept", "application/json")
            .timeout(limit);
        try {
            String token = token();
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
        } catch (IOException e) {
            throw unreachable(String.valueOf(e.getMessage()), e);
        }
        var handler = HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), LONGEST_ANSWER);
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request.build(), handler);
        try {
            // The limit of the request ends with the answer's first line.
            HttpResponse<String> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.body());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw unreachable("it has not answered within " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw unreachable("the call was interrupted", e);
        } catch (ExecutionException e) {
            throw unreachable(words(e.getCause()), e.getCause());
        }
    }

    private URI uri(@Nullable String server, String what) {
        String path = "/api/servers";
        if (server != null) {
            path += "/" + URLEncoder.encode(server, StandardCharsets.UTF_8).replace("+", "%20") + "/" + what;
        }
        return URI.create(base + path);
    }

    private String words(@Nullable Throwable trouble) {
        String text = trouble == null || trouble.getMessage() == null ? "" : trouble.getMessage();
        String reason = text.isBlank() && trouble != null ? trouble.getClass().getSimpleName() : text;
        return "the request to " + base.getHost() + " failed (" + reason.replaceAll("[\\s\\p{Cntrl}]+", " ") + ")";
    }

    NodeUnreachableException unreachable(String reason, @Nullable Throwable cause) {
        return new NodeUnreachableException(node, reason, cause);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
