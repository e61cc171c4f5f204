package io.nightporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineFormatterTest {

    private static LogRecord entry(Level level, String message) {
        var entry = new LogRecord(level, message);
        entry.setInstant(Instant.parse("2026-11-23T03:39:19.012Z"));
        return entry;
    }

    private static String line(LogRecord entry) {
        return new LineFormatter(false).format(entry);
    }

    @ParameterizedTest
    @CsvSource({ "SEVERE,'ERROR '", "WARNING,'WARN  '", "INFO,'INFO  '", "CONFIG,'DEBUG '", "FINEST,'DEBUG '" })
    void aLineHasTimeLevelAndMessage(String level, String shown) {
        assertThat(line(entry(Level.parse(level), "player joined player=Steve"))).isEqualTo(
            "2026-11-23T03:39:19.012Z " + shown + "player joined player=Steve\n"
        );
    }

    @Test
    void aHostileNameCannotForgeALineNorPlayWithTheTerminal() {
        String name = "a\n2026 ERROR b\r\t\u001b[2J\u0085\u2028\u202e§c\u00e4😀";

        assertThat(line(entry(Level.INFO, "login player=" + name))).isEqualTo(
            "2026-11-23T03:39:19.012Z INFO  login player=" +
                "a\\n2026 ERROR b\\r\\t\\u001b[2J\\u0085\\u2028\\u202e§cä😀\n"
        );
    }

    @Test
    void anExceptionIsPartOfTheLine() {
        LogRecord entry = entry(Level.SEVERE, "cannot listen");
        entry.setThrown(new IllegalStateException("no\nport", new BindException("in use")));

        assertThat(line(entry)).isEqualTo(
            "2026-11-23T03:39:19.012Z ERROR cannot listen exception=\"java.lang.IllegalStateException: no\\nport; " +
                "caused by java.net.BindException: in use\"\n"
        );
    }

    @Test
    void theStackTraceFollowsOnIndentedLinesWhenDebugging() {
        LogRecord entry = entry(Level.SEVERE, "cannot listen");
        entry.setThrown(new IllegalStateException("a\nb", new BindException("c\nd")));

        assertThat(new LineFormatter(true).format(entry).lines().toList())
            .hasSizeGreaterThan(3)
            .satisfies(lines -> assertThat(lines.getFirst()).contains("cannot listen exception="))
            .satisfies(lines -> assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("  ")))
            .anyMatch(line -> line.equals("  caused by java.net.BindException: c\\nd"))
            .anyMatch(line -> line.contains("theStackTraceFollows"));
    }

    @Test
    void messagesOfTheJdkKeepTheirParameters() {
        LogRecord entry = entry(Level.INFO, "connected to {0}");
        entry.setParameters(new Object[] { "x\ny" });

        assertThat(line(entry)).endsWith("connected to x\\ny\n");
    }

    @Test
    void aLineIsOutAsSoonAsItIsLogged() {
        var out = new ByteArrayOutputStream();
        Handler handler = Log.handler(out, false);

        handler.publish(entry(Level.INFO, "grün"));

        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("INFO  grün\n");
    }
}
