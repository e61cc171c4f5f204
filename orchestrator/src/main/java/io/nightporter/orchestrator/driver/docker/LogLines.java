package io.nightporter.orchestrator.driver.docker;

import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes lines of what comes in pieces, from output and errors in turn. */
final class LogLines extends ResultCallbackTemplate<LogLines, Frame> {

    private static final int LONGEST = 1_000;
    /** So many bytes are always enough for the longest line with its colours. */
    private static final int ENOUGH = 8 * LONGEST;

    /** What moves the cursor or changes colours: ECMA-48's control sequences and operating system commands. */
    private static final Pattern CONTROLS = Pattern.compile(
        "\\x1b\\[[0-?]*[ -/]*[@-~]|\\x1b\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)|\\x1b[@-Z\\\\^_]|[\\x00-\\x08\\x0b-\\x1f\\x7f]"
    );

    /** A line that is not complete yet, of bytes, because a character may be cut in two. */
    private static final class Open {

        private final byte[] bytes = new byte[ENOUGH];
        private int length;
        private boolean empty = true;

        void add(byte one) {
            empty = false;
            if (length < bytes.length) {
                bytes[length++] = one;
            }
        }

        String take() {
            String text = clean(new String(bytes, 0, length, StandardCharsets.UTF_8));
            length = 0;
            empty = true;
            return text;
        }
    }

    private final int wanted;
    private final Deque<String> lines = new ArrayDeque<>();
    private final Map<StreamType, Open> open = new EnumMap<>(StreamType.class);

    LogLines(int wanted) {
        this.wanted = wanted;
    }

    @Override
    public synchronized void onNext(Frame frame) {
        Open line = open.computeIfAbsent(frame.getStreamType(), _ -> new Open());
        for (byte one : frame.getPayload()) {
            if (one == '\n') {
                keep(line.take());
            } else {
                line.add(one);
            }
        }
    }

    private void keep(String line) {
        lines.addLast(line);
        if (lines.size() > wanted) {
            lines.removeFirst();
        }
    }

    static String clean(String raw) {
        String text = CONTROLS.matcher(raw).replaceAll("");
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /** What came, oldest first, with the lines that were not ended. */
    synchronized List<String> lines() {
        for (Open line : open.values()) {
            if (!line.empty) {
                keep(line.take());
            }
        }
        return new ArrayList<>(lines);
    }

    /** @throws RuntimeException what went wrong, if something did */
    void check() {
        throwFirstError();
    }
}
