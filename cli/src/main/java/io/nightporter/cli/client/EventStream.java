package io.nightporter.cli.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Server-sent events, as the HTML standard has them, whose data is JSON. */
public final class EventStream implements AutoCloseable {

    private static final int LONGEST_EVENT = 1 << 20;

    private final BufferedReader lines;
    private @Nullable String lastId;

    EventStream(InputStream stream) {
        this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /**
     * Blocks until something happens.
     *
     * @return null: the stream is at its end
     * @throws IOException when the connection broke, or what comes is no event
     */
    public @Nullable JsonNode next() throws IOException {
        var data = new StringBuilder();
        while (true) {
            String line = lines.readLine();
            if (line == null) {
                return null;
            }
            if (line.isEmpty() && !data.isEmpty()) {
                return tree(data.toString());
            }
            if (line.startsWith("data:")) {
                data.append(value(line)).append('\n');
            } else if (line.startsWith("id:")) {
                lastId = value(line);
            }
            if (data.length() > LONGEST_EVENT) {
                throw new IOException("an event is longer than " + LONGEST_EVENT + " characters");
            }
        }
    }

    private static String value(String line) {
        String value = line.substring(line.indexOf(':') + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    private static JsonNode tree(String data) throws IOException {
        try {
            return JsonMapper.shared().readTree(data);
        } catch (JacksonException e) {
            throw new IOException("an event is no JSON", e);
        }
    }

    /** After which event the stream is to be taken up again; null: none has come. */
    public @Nullable String lastId() {
        return lastId;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
