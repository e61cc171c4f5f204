package io.nightporter.orchestrator.driver.docker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** As much of a registry as an engine needs to fetch one image, {@code tests/blob:latest}, of one layer of some MB. */
final class TestRegistry implements AutoCloseable {

    static final int LAYER_BYTES = 12_000_000;

    private static final String MANIFEST_TYPE = "application/vnd.docker.distribution.manifest.v2+json";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> blobs = new HashMap<>();
    private final byte[] manifest;
    private final String name;

    TestRegistry(String address) throws IOException {
        byte[] layer = layer();
        String config =
            "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" +
            digest(layer) +
            "\"]}}";
        byte[] configBytes = config.getBytes(StandardCharsets.UTF_8);
        blobs.put(digest(layer), layer);
        blobs.put(digest(configBytes), configBytes);
        manifest = """
        {"schemaVersion":2,"mediaType":"%s",
         "config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":%d,"digest":"%s"},
         "layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar","size":%d,"digest":"%s"}]}
        """
            .formatted(MANIFEST_TYPE, configBytes.length, digest(configBytes), layer.length, digest(layer))
            .getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(address, 0), 0);
        server.setExecutor(threads);
        server.createContext("/v2/", this::answer);
        server.start();
        name = address + ":" + server.getAddress().getPort() + "/tests/blob";
    }

    /** As an engine calls the image. */
    String image() {
        return name;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (path.equals("/v2/")) {
            send(exchange, 200, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
        } else if (
            path.startsWith("/v2/tests/blob/manifests/") && (last.equals("latest") || last.equals(digest(manifest)))
        ) {
            exchange.getResponseHeaders().set("Docker-Content-Digest", digest(manifest));
            send(exchange, 200, MANIFEST_TYPE, manifest);
        } else if (blobs.containsKey(last)) {
            send(exchange, 200, "application/octet-stream", blobs.get(last));
        } else {
            byte[] no = "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}".getBytes(
                StandardCharsets.UTF_8
            );
            send(exchange, 404, "application/json", no);
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (head) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
            }
            exchange.sendResponseHeaders(status, head ? -1 : body.length);
            if (!head) {
                // In pieces, so that there is progress to be told.
                int piece = 1_000_000;
                for (int at = 0; at < body.length; at += piece) {
                    exchange.getResponseBody().write(body, at, Math.min(piece, body.length - at));
                    exchange.getResponseBody().flush();
                    Thread.sleep(body.length > piece ? 100 : 0);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A tar archive with one file that does not compress. */
    private static byte[] layer() {
        byte[] content = new byte[LAYER_BYTES];
        new Random(7).nextBytes(content);
        byte[] header = new byte[512];
        put(header, 0, "noise");
        put(header, 100, "0000644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, String.format("%011o\0", LAYER_BYTES));
        put(header, 136, "00000000000\0");
        put(header, 148, "        ");
        put(header, 156, "0");
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte one : header) {
            sum += one & 0xFF;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        var archive = new ByteArrayOutputStream();
        archive.writeBytes(header);
        archive.writeBytes(content);
        archive.writeBytes(new byte[Math.floorMod(-LAYER_BYTES, 512) + 1024]);
        return archive.toByteArray();
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
