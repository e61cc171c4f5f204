package io.nightporter.proxy.admin.route;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads bodies, with limits. How long that may take is limited by the server. */
final class RequestText {

    static final int MAX_BYTES = 256 * 1024;

    /** Of what nobody wants, so much is read nevertheless: who is still sending does not see the answer. */
    private static final int MAX_DISCARDED = 4 * 1024 * 1024;

    private RequestText() {}

    /** The text; empty where there is none and none has to be. */
    static String read(HttpExchange exchange, Route.Body wanted) throws ApiException, IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new ApiException(413, "too_large", "The body is larger than 256 KiB; send less at a time.");
        }
        if (bytes.length == 0) {
            if (wanted.required()) {
                throw ApiException.badRequest(
                    "The body is missing; send " + String.join(" or ", wanted.documented()) + "."
                );
            }
            return "";
        }
        if (wanted.isNone()) {
            if (new String(bytes, StandardCharsets.UTF_8).strip().equals("{}")) {
                // Some clients cannot send nothing.
                return "";
            }
            throw ApiException.badRequest("Nothing is to be sent here; leave out the body.");
        }
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        String plain = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!wanted.types().contains(plain)) {
            throw new ApiException(
                415,
                "unsupported_media_type",
                "Say what the body is: Content-Type: " + String.join(" or ", wanted.documented()) + "."
            );
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            throw ApiException.badRequest("The body is not in UTF-8; save it in that encoding.");
        }
    }

    /** Reads what is left, within limits. */
    static void discard(HttpExchange exchange) throws IOException {
        InputStream in = exchange.getRequestBody();
        byte[] chunk = new byte[16 * 1024];
        int left = MAX_DISCARDED;
        while (left > 0) {
            int read = in.read(chunk);
            if (read < 0) {
                return;
            }
            left -= read;
        }
    }
}
