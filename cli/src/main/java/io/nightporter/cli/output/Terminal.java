package io.nightporter.cli.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What standard output leads to.
 *
 * @param interactive whether it is a person's terminal, and no file or pipe
 * @param colours whether that person wants colours
 */
public record Terminal(boolean interactive, boolean colours) {
    /** A pipe or a file. */
    public static final Terminal NONE = new Terminal(false, false);

    private static final Pattern SIZE = Pattern.compile("(\\d+) (\\d+)\\s*");
    private static final Size USUAL = new Size(24, 80);

    /** In characters. */
    public record Size(int rows, int columns) {}

    /** The one that this program was started on. */
    public static Terminal ofProgram(Map<String, String> environment) {
        boolean interactive = isTerminal(1);
        String unwanted = environment.getOrDefault("NO_COLOR", "");
        boolean able = !"dumb".equals(environment.get("TERM"));
        return new Terminal(interactive, interactive && able && unwanted.isEmpty());
    }

    /** Whether somebody can be asked. */
    public static boolean canAsk() {
        return isTerminal(0) && isTerminal(1);
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException _) {
            return isTerminalByTest(descriptor);
        }
    }

    /** For systems without {@code /proc}. */
    private static boolean isTerminalByTest(int descriptor) {
        try {
            Process test = new ProcessBuilder("test", "-t", Integer.toString(descriptor)).inheritIO().start();
            return test.waitFor(2, TimeUnit.SECONDS) && test.exitValue() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** How large it is now; asked of {@code stty}, and guessed where that does not know. */
    public static Size size() {
        try {
            Matcher size = SIZE.matcher(stty("size"));
            if (size.matches()) {
                int rows = Integer.parseInt(size.group(1));
                int columns = Integer.parseInt(size.group(2));
                return rows == 0 || columns == 0 ? USUAL : new Size(rows, columns);
            }
        } catch (NumberFormatException _) {
            // Whoever says so has no size.
        }
        return USUAL;
    }

    /** Sets or asks the terminal; empty where there is no {@code stty} or no terminal. */
    public static String stty(String... arguments) {
        try {
            var command = new String[arguments.length + 1];
            command[0] = "stty";
            System.arraycopy(arguments, 0, command, 1, arguments.length);
            Process process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(2, TimeUnit.SECONDS) && process.exitValue() == 0 ? said.strip() : "";
        } catch (IOException _) {
            return "";
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** The text in a colour, where colours are wanted. */
    public String paint(Colour colour, String text) {
        return colours && colour != Colour.NONE ? colour.code + text + "\u001b[0m" : text;
    }

    /** What colours mean here. */
    public enum Colour {
        NONE(""),
        /** As it should be. */
        GOOD("\u001b[32m"),
        /** Something is going on. */
        BUSY("\u001b[33m"),
        /** Somebody should look at it. */
        BAD("\u001b[31m"),
        /** Not important. */
        QUIET("\u001b[2m"),
        TITLE("\u001b[1m");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }
}
