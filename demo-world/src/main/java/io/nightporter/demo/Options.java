package io.nightporter.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
 */
record Options(String bind, int port, Auth auth, int compression, boolean watchStdin, @Nullable ProcessHandle endWith) {
    static final String USAGE = """
    usage: demo-world [--port N] [--bind ADDRESS] [--compression N] [--watch-stdin] [--end-with PID]
                      [--velocity-secret-file FILE | --bungee | --bungeeguard-token-file FILE]""";

    /** Reads the command line; what it cannot use is named in an {@link IllegalArgumentException}. */
    static Options parse(List<String> arguments) {
        String bind = "127.0.0.1";
        int port = 0;
        Auth auth = new Auth.Offline();
        int compression = 256;
        boolean watchStdin = false;
        ProcessHandle endWith = null;
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String option = rest.removeFirst();
            switch (option) {
                case "--port" -> port = number(option, value(option, rest));
                case "--bind" -> bind = value(option, rest);
                case "--compression" -> compression = number(option, value(option, rest));
                case "--watch-stdin" -> watchStdin = true;
                case "--end-with" -> endWith = process(number(option, value(option, rest)));
                case "--velocity-secret-file" -> auth = new Auth.Velocity(secret(value(option, rest)));
                case "--bungee" -> auth = new Auth.Bungee();
                case "--bungeeguard-token-file" -> auth = new Auth.Bungee(Set.of(secret(value(option, rest))));
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("--port must be between 0 and 65535, not " + port);
        }
        return new Options(bind, port, auth, compression, watchStdin, endWith);
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
