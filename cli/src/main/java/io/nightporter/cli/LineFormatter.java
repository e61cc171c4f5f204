package io.nightporter.cli;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * One line for each event: {@code 2026-11-23T03:39:19.123Z INFO  player joined player=Steve}. Whatever a message
 * contains, it cannot begin another line: control characters are escaped.
 */
final class LineFormatter extends Formatter {

    private static final int MAX_CAUSES = 5;

    private final boolean withStackTraces;

    /** @param withStackTraces whether the lines of a stack trace follow, indented, the line of an exception */
    LineFormatter(boolean withStackTraces) {
        this.withStackTraces = withStackTraces;
    }

    @Override
    public String format(LogRecord entry) {
        var line = new StringBuilder(160);
        appendTime(line, entry.getInstant());
        line.append(' ').append(level(entry.getLevel())).append(' ');
        appendEscaped(line, String.valueOf(formatMessage(entry)));
        Throwable thrown = entry.getThrown();
        if (thrown != null) {
            appendException(line, thrown);
        }
        line.append('\n');
        if (thrown != null && withStackTraces) {
            appendStackTrace(line, thrown);
        }
        return line.toString();
    }

    /** Five letters, so that the messages stand below each other. */
    private static String level(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN ";
        }
        return value >= Level.INFO.intValue() ? "INFO " : "DEBUG";
    }

    /** By hand, because a DateTimeFormatter takes longer to load than the proxy to bind its port. */
    private static void appendTime(StringBuilder line, Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        appendNumber(line, time.getYear(), 4).append('-');
        appendNumber(line, time.getMonthValue(), 2).append('-');
        appendNumber(line, time.getDayOfMonth(), 2).append('T');
        appendNumber(line, time.getHour(), 2).append(':');
        appendNumber(line, time.getMinute(), 2).append(':');
        appendNumber(line, time.getSecond(), 2).append('.');
        appendNumber(line, time.getNano() / 1_000_000, 3).append('Z');
    }

    private static StringBuilder appendNumber(StringBuilder line, int number, int digits) {
        String text = Integer.toString(number);
        return line.repeat('0', Math.max(0, digits - text.length())).append(text);
    }

    private static void appendException(StringBuilder line, Throwable thrown) {
        line.append(" exception=\"");
        @Nullable
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            line.append(i == 0 ? "" : "; caused by ");
            appendEscaped(line, String.valueOf(cause));
            cause = cause.getCause();
        }
        line.append('"');
    }

    private static void appendStackTrace(StringBuilder line, Throwable thrown) {
        @Nullable
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            for (StackTraceElement frame : cause.getStackTrace()) {
                line.append("    at ").append(frame).append('\n');
            }
            cause = cause.getCause();
            if (cause != null) {
                line.append("  caused by ");
                appendEscaped(line, String.valueOf(cause));
                line.append('\n');
            }
        }
    }

    /** The text on one line. */
    static String oneLine(String text) {
        var line = new StringBuilder(text.length());
        appendEscaped(line, text);
        return line.toString();
    }

    private static void appendEscaped(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (changesTheScreen(c)) {
                        line.append("\\u");
                        String hex = Integer.toHexString(c);
                        line.repeat('0', 4 - hex.length()).append(hex);
                    } else {
                        line.append(c);
                    }
                }
            }
        }
    }

    /** Control characters, line and paragraph separators, and what turns the direction of writing around. */
    private static boolean changesTheScreen(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
