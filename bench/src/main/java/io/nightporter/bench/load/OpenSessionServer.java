package io.nightporter.bench.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A session server on the loopback interface that vouches for everybody, so that online mode needs no internet. */
final class OpenSessionServer implements AutoCloseable {

    private static final Pattern USERNAME = Pattern.compile("(?:^|&)username=(\\w{1,16})(?:&|$)");
    private static final int BACKLOG = 1_024;

    private final HttpServer http;

    private OpenSessionServer(HttpServer http) {
        this.http = http;
    }

    static OpenSessionServer start() throws IOException {
        // Without this the answer's body waits for the acknowledgement of its head, which takes the peer 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/session/minecraft/hasJoined", OpenSessionServer::answer);
        http.start();
        return new OpenSessionServer(http);
    }

    /** The base address, for the proxy's configuration. */
    String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Matcher username = USERNAME.matcher(exchange.getRequestURI().getRawQuery());
            if (!username.find()) {
                exchange.sendResponseHeaders(204, -1);
                return;
            }
            String name = username.group(1);
            UUID id = UUID.nameUUIDFromBytes(("OfflinePlayer:" + name).getBytes(StandardCharsets.UTF_8));
            byte[] profile = """
            {"id":"%s","name":"%s","properties":[],"profileActions":[]}"""
                .formatted(id.toString().replace("-", ""), name)
                .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, profile.length);
            exchange.getResponseBody().write(profile);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
