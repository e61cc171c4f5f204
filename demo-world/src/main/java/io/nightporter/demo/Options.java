package io.nightporter.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.minestom.server.Auth;
import org.jspecify.annotations.Nullable;

/**
 * What the world is started with.
 *
 * @param bind the address to listen on
 * @param port the TCP port to listen on; 0 lets the system choose one
 * @param auth how a proxy in front tells who its players are
 * @param compression packets of this many bytes or more are compressed; negative: none is
 * @param watchStdin whether the end of standard input ends the world, so that it never outlives its parent
 * @param endWith the process whose end ends the world; null: none
 * @param world the folder that what players build is loaded from, and saved to when the world ends; null: nothing is kept
 * @param startDelay how long it does nothing before it begins to start, as larger servers do
 * @param neverReady whether it runs and never listens
 * @param status the JSON text that pings are answered with, whatever that is; null: a decent one
 */
record Options(
    String bind,
    int port,
    Auth auth,
    int compression,
    boolean watchStdin,
    @Nullable ProcessHandle endWith,
    @Nullable Path world,
    Duration startDelay,
    boolean neverReady,
    @Nullable String status
) {
    static final String USAGE = """
    usage: demo-world [--port N] [--bind ADDRESS] [--compression N] [--watch-stdin] [--end-with PID]
                      [--world FOLDER]
                      [--velocity-secret-file FILE | --bungee | --bungeeguard-token-file FILE]
    to try what real servers do: [--start-delay 3s] [--never-ready] [--status JSON]""";

    /** Reads the command line; what it cannot use is named in an {@link IllegalArgumentException}. */
    static Options parse(List<String> arguments) {
        String bind = "127.0.0.1";
        int port = 0;
        Auth auth = new Auth.Offline();
        int compression = 256;
        boolean watchStdin = false;
        ProcessHandle endWith = null;
        Path world = null;
        Duration startDelay = Duration.ZERO;
        boolean neverReady = false;
        String status = null;
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String option = rest.removeFirst();
            switch (option) {
                case "--port" -> port = number(option, value(option, rest));
                case "--bind" -> bind = value(option, rest);
                case "--compression" -> compression = number(option, value(option, rest));
                case "--watch-stdin" -> watchStdin = true;
                case "--end-with" -> endWith = process(number(option, value(option, rest)));
                case "--world" -> world = Path.of(value(option, rest));
                case "--start-delay" -> startDelay = time(option, value(option, rest));
                case "--never-ready" -> neverReady = true;
                case "--status" -> status = value(option, rest);
                case "--velocity-secret-file" -> auth = new Auth.Velocity(secret(value(option, rest)));
                case "--bungee" -> auth = new Auth.Bungee();
                case "--bungeeguard-token-file" -> auth = new Auth.Bungee(Set.of(secret(value(option, rest))));
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("--port must be between 0 and 65535, not " + port);
        }
        return new Options(bind, port, auth, compression, watchStdin, endWith, world, startDelay, neverReady, status);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.removeFirst();
    }

    private static int number(String option, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException(option + " needs a whole number, not " + text);
        }
    }

    /** Such as {@code 3s}, {@code 0.5s} or {@code 2m}. */
    private static Duration time(String option, String text) {
        try {
            return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException _) {
            throw new IllegalArgumentException(option + " needs a time such as 3s or 2m, not " + text);
        }
    }

    private static ProcessHandle process(int pid) {
        return ProcessHandle.of(pid).orElseThrow(() -> new IllegalArgumentException("there is no process " + pid));
    }

    private static String secret(String file) {
        try {
            String secret = Files.readString(Path.of(file)).strip();
            if (secret.isEmpty()) {
                throw new IllegalArgumentException("the file " + file + " is empty; put the secret into it");
            }
            return secret;
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the secret from " + file + ": " + e.getMessage(), e);
        }
    }
}
