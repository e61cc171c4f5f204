package io.nightporter.proxy.admin.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The file {@code admin.token} in the data directory: whoever may read it, which is the user that Nightporter runs as, may
 * do everything. That is how commands on the same machine get in.
 */
public final class LocalToken {

    public static final String FILE = "admin.token";

    private static final Set<PosixFilePermission> OURS_ALONE = PosixFilePermissions.fromString("rw-------");
    /** Nothing that is longer is a token. */
    private static final int MAX_BYTES = 256;

    private LocalToken() {}

    /**
     * Sees to it that there is such a file with a token that is good. Blocks.
     *
     * @throws IOException with a sentence for the user when it cannot be written
     */
    public static Path ensure(AccessTokens tokens, Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        try {
            if (isGood(tokens, file)) {
                Files.setPosixFilePermissions(file, OURS_ALONE);
            } else {
                write(file, tokens.renewLocal());
            }
            return file;
        } catch (IOException e) {
            throw new IOException(
                "The file " +
                    file +
                    " cannot be written: " +
                    e.getMessage() +
                    ". Make the data directory writable for Nightporter.",
                e
            );
        }
    }

    private static boolean isGood(AccessTokens tokens, Path file) throws IOException {
        return (
            Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) &&
            Files.size(file) <= MAX_BYTES &&
            tokens
                .caller(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip())
                .filter(Caller::isAdmin)
                .isPresent()
        );
    }

    /** Beside it and then into its place, so that nobody ever reads half of it or reads it who must not. */
    private static void write(Path file, String secret) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path beside = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(beside);
        Files.createFile(beside, PosixFilePermissions.asFileAttribute(OURS_ALONE));
        Files.writeString(beside, secret + "\n", StandardOpenOption.WRITE);
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
