package io.nightporter.orchestrator.driver.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The file that decides whether a start happens: exactly one can make it. The launcher makes it, with the line of
 * {@code /proc/PID/stat} about itself, just before it becomes the program; or we make it, empty of processes, and the
 * launcher, should it still come, goes away. So a start whose beginning nobody saw the end of is either found or called
 * off, and never both.
 */
final class Claim {

    private static final Duration KEPT = Duration.ofHours(1);

    private static final String CALLED_OFF = "called off\n";

    private final Path file;

    /** @param folder the instance's */
    Claim(Path folder, String token) {
        this.file = folder.resolve("run-" + token);
    }

    Path file() {
        return file;
    }

    /** Whether somebody has decided. */
    boolean decided() {
        return Files.exists(file);
    }

    /**
     * The process as it was when it began.
     *
     * @return empty if the start was called off, which it is by this call if nobody had decided yet
     */
    Optional<ProcessTable.Stat> decide() throws IOException {
        if (!decided()) {
            callOff();
        }
        return ProcessTable.Stat.parse(Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    private void callOff() throws IOException {
        Path own = file.resolveSibling(file.getFileName() + ".off");
        Files.writeString(own, CALLED_OFF);
        try {
            // A link exists with all that is in it, or not at all.
            Files.createLink(file, own);
        } catch (FileAlreadyExistsException _) {
            // Somebody was quicker, which decides it.
        } finally {
            Files.deleteIfExists(own);
        }
    }

    /** Removes those of starts so long ago that no launcher of theirs can come any more. */
    static void deleteOld(Path folder) throws IOException {
        Instant limit = Instant.now().minus(KEPT);
        try (DirectoryStream<Path> claims = Files.newDirectoryStream(folder, "run-*")) {
            for (Path claim : claims) {
                if (Files.getLastModifiedTime(claim).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(claim);
                }
            }
        }
    }
}
