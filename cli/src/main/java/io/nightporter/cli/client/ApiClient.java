package io.nightporter.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the admin API. Every answer is an object; whatever else comes is an {@link ApiException}. */
public final class ApiClient implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int LARGEST_ANSWER = 64 << 20;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Access access;
    private final HttpClient http;

    public ApiClient(Access access) {
        this.access = access;
        var builder = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT);
        if ("http".equals(access.base().getScheme())) {
            builder.sslContext(unusedContext());
        }
        this.http = builder.build();
    }

    /** Trusts nobody. Without it the client would read all certificates of the machine, also where it never needs one. */
    private static SSLContext unusedContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (NoSuchAlgorithmException | KeyManagementException e) {
            throw new IllegalStateException("every Java knows TLS", e);
        }
    }

    public URI base() {
        return access.base();
    }

    /** What is there. */
    public JsonNode get(ApiPath path) throws ApiException, InterruptedException {
        return send("GET", path, null).body();
    }

    public ApiAnswer post(ApiPath path) throws ApiException, InterruptedException {
        return send("POST", path, null);
    }

    public ApiAnswer post(ApiPath path, ApiBody body) throws ApiException, InterruptedException {
        return send("POST", path, body);
    }

    public ApiAnswer put(ApiPath path, ApiBody body) throws ApiException, InterruptedException {
        return send("PUT", path, body);
    }

    public ApiAnswer patch(ApiPath path, ApiBody body) throws ApiException, InterruptedException {
        return send("PATCH", path, body);
    }

    public ApiAnswer delete(ApiPath path) throws ApiException, InterruptedException {
        return send("DELETE", path, null);
    }

    private ApiAnswer send(String method, ApiPath path, @Nullable ApiBody body)
        throws ApiException, InterruptedException {
        HttpRequest.Builder request = request(path).timeout(ANSWER).header("Accept", "application/json");
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.method(method, BodyPublishers.ofString(body.text())).header("Content-Type", body.type());
        }
        HttpResponse<byte[]> answer = exchange(
            request.build(),
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER)
        );
        return understood(answer.statusCode(), answer.body());
    }

    /**
     * What happens from now on, or after an event.
     *
     * @param path of the events, with its parameters
     * @param after the id of the last event that is known; null: none is
     */
    public EventStream events(ApiPath path, @Nullable String after) throws ApiException, InterruptedException {
        HttpRequest.Builder request = request(path).header("Accept", "text/event-stream");
        if (after != null) {
            request.header("Last-Event-ID", after);
        }
        HttpResponse<InputStream> answer = exchange(request.build(), BodyHandlers.ofInputStream());
        if (answer.statusCode() == 200) {
            return new EventStream(answer.body());
        }
        try (InputStream body = answer.body()) {
            understood(answer.statusCode(), body.readNBytes(1 << 16));
        } catch (IOException e) {
            throw unreachable(e);
        }
        throw strange(answer.statusCode());
    }

    private HttpRequest.Builder request(ApiPath path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(access.base() + path.toString()));
        String token = access.token();
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler)
        throws ApiException, InterruptedException {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private ApiException unreachable(IOException e) {
        String what = switch (e) {
            case HttpConnectTimeoutException _ -> "no answer within " + CONNECT.toSeconds() + " s";
            case HttpTimeoutException _ -> "it accepted the question and did not answer within " +
                ANSWER.toSeconds() +
                " s";
            case ConnectException refused when unresolved(refused) -> "there is no machine of that name";
            case ConnectException refused -> refused.getMessage() == null ? "connection refused" : refused.getMessage();
            case SSLException tls -> "no safe connection, " + tls.getMessage();
            default -> e.getMessage() == null ? "the connection broke" : String.valueOf(e.getMessage());
        };
        return new ApiException(
            ApiException.Reason.NOT_REACHABLE,
            "nightporter is not reachable at " +
                access.base() +
                ": " +
                what +
                ". Is it running? Another address is given by --url or NIGHTPORTER_URL"
        );
    }

    private static boolean unresolved(Throwable e) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (at instanceof UnresolvedAddressException || at instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    private ApiAnswer understood(int status, byte[] text) throws ApiException {
        JsonNode body = text.length == 0 ? JSON.createObjectNode() : tree(status, text);
        if (!body.isObject()) {
            throw strange(status);
        }
        if (status >= 200 && status < 300) {
            return new ApiAnswer(status, body);
        }
        String message = body.path("message").asString("");
        if (message.isEmpty()) {
            throw strange(status);
        }
        throw switch (status) {
            case 401 -> new ApiException(ApiException.Reason.NOT_ALLOWED, message + " (" + tokenAdvice() + ")");
            case 403 -> new ApiException(ApiException.Reason.NOT_ALLOWED, message);
            case 404 -> new ApiException(ApiException.Reason.NOT_FOUND, message);
            default -> new ApiException(ApiException.Reason.REFUSED, message, problems(body));
        };
    }

    private JsonNode tree(int status, byte[] text) throws ApiException {
        try {
            return JSON.readTree(new String(text, StandardCharsets.UTF_8));
        } catch (JacksonException _) {
            throw strange(status);
        }
    }

    private String tokenAdvice() {
        return access.token() == null
            ? "no token was sent: name a file that has one with --token-file, set NIGHTPORTER_TOKEN, or work in the folder " +
                  "where Nightporter keeps its admin.token"
            : "the token sent is that of " + access.origin();
    }

    private ApiException strange(int status) {
        if (status == 401 || status == 403) {
            return new ApiException(
                ApiException.Reason.NOT_ALLOWED,
                access.base() + " lets nobody in: " + tokenAdvice()
            );
        }
        return new ApiException(
            ApiException.Reason.NOT_REACHABLE,
            "what answers at " +
                access.base() +
                " is not Nightporter's admin address (status " +
                status +
                "); give the right one by --url or NIGHTPORTER_URL"
        );
    }

    private static List<ApiException.Problem> problems(JsonNode body) {
        List<ApiException.Problem> problems = new ArrayList<>();
        for (JsonNode problem : body.path("problems")) {
            problems.add(
                new ApiException.Problem(
                    problem.path("line").asInt(0),
                    problem.path("path").asString(""),
                    problem.path("message").asString("")
                )
            );
        }
        return problems;
    }

    /** Ends at once whatever is still open. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
