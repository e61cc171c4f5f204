package io.nightporter.e2e.fleet;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a test needs of the machine. Where it is missing the test is skipped with a line that says so, but never in CI. */
final class Needed {

    /** Beside those of the PATH, which has not always those for root. */
    private static final List<String> PLACES = List.of("/usr/local/bin", "/usr/bin", "/usr/sbin", "/bin", "/sbin");

    private Needed() {}

    /** @param what is not run without them */
    static void programs(String what, String... programs) {
        missing(what, absent(programs));
    }

    /** @param what is not run without them, and without the rights of root */
    static void root(String what, String... programs) {
        List<String> missing = absent(programs);
        if (!"root".equals(System.getProperty("user.name"))) {
            missing.addFirst("the rights of root");
        }
        missing(what, missing);
    }

    /**
     * What was looked for.
     *
     * @param what is not run without it
     * @param name of it, for people
     */
    static <T> T found(String what, String name, Optional<T> found) {
        missing(what, found.isPresent() ? List.of() : List.of(name));
        return found.orElseThrow();
    }

    private static void missing(String what, List<String> missing) {
        if (missing.isEmpty()) {
            return;
        }
        String message = what + " needs " + String.join(", ", missing);
        if (System.getenv("CI") != null) {
            throw new IllegalStateException(message);
        }
        // Failsafe does not show why a test was skipped.
        System.err.println("SKIPPED: " + message);
        abort(message);
    }

    private static List<String> absent(String... programs) {
        List<String> absent = new ArrayList<>();
        for (String program : programs) {
            if (find(program).isEmpty()) {
                absent.add(program);
            }
        }
        return absent;
    }

    static Optional<Path> find(String program) {
        List<String> places = new ArrayList<>(PLACES);
        String path = System.getenv("PATH");
        if (path != null) {
            places.addAll(List.of(path.split(File.pathSeparator)));
        }
        return places
            .stream()
            .map(place -> Path.of(place, program))
            .filter(Files::isExecutable)
            .findFirst();
    }
}
