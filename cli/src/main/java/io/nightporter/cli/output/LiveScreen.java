package io.nightporter.cli.output;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/**
 * The whole terminal, drawn anew again and again, until somebody types q. However the program ends, the terminal is given
 * back as it was.
 */
public final class LiveScreen implements AutoCloseable {

    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String TOP = "\u001b[H";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";
    private static final int KEY_MILLIS = 50;

    private final PrintWriter out;
    private final String settings;
    private final Thread giveBack = new Thread(this::restore);

    private LiveScreen(PrintWriter out) {
        this.out = out;
        this.settings = Terminal.stty("-g");
    }

    /** Takes the terminal. */
    public static LiveScreen open(PrintWriter out) {
        var screen = new LiveScreen(out);
        Runtime.getRuntime().addShutdownHook(screen.giveBack);
        Terminal.stty("-icanon", "-echo", "min", "0", "time", "0");
        out.print(ENTER);
        return screen;
    }

    /** Shows lines from the top, as many and as much of each as there is room for. */
    public void draw(List<String> lines) {
        Terminal.Size size = Terminal.size();
        var frame = new StringBuilder(TOP);
        int rows = Math.min(lines.size(), size.rows() - 1);
        for (String line : lines.subList(0, rows)) {
            frame.append(cut(line, size.columns())).append(REST_OF_LINE).append("\r\n");
        }
        out.print(frame.append(REST_OF_SCREEN));
        out.flush();
    }

    /** The beginning of a line; what colours it takes no room. */
    static String cut(String line, int columns) {
        int width = 0;
        int i = 0;
        while (i < line.length()) {
            if (line.charAt(i) == '\u001b') {
                i = line.indexOf('m', i) + 1;
                continue;
            }
            if (width == columns) {
                return line.substring(0, i) + "\u001b[0m";
            }
            i += Character.charCount(line.codePointAt(i));
            width++;
        }
        return line;
    }

    /** Waits that long at most for somebody to type q; true as soon as they do. */
    public boolean isLeftWithin(Duration time) throws IOException, InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - until < 0) {
            while (System.in.available() > 0) {
                int key = System.in.read();
                if (key == 'q' || key == 'Q') {
                    return true;
                }
            }
            Thread.sleep(KEY_MILLIS);
        }
        return false;
    }

    private void restore() {
        out.print(LEAVE);
        out.flush();
        if (!settings.isEmpty()) {
            Terminal.stty(settings);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(giveBack);
        restore();
    }
}
