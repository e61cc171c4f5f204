package io.nightporter.proxy.config;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * Files of one folder.
 *
 * @param names such as {@code *.yml}; files whose names begin with a dot are left out, because editors keep theirs there
 */
record FilePattern(Path folder, String names) {
    /** Whether this is no file's name but a pattern for several. */
    static boolean isPattern(String written) {
        return written.matches(".*[*?\\[{].*");
    }

    /**
     * @param base the file that the pattern stands in
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static FilePattern of(Path base, String written) {
        int slash = written.lastIndexOf('/');
        String folder = written.substring(0, slash + 1);
        String names = written.substring(slash + 1);
        if (isPattern(folder)) {
            throw new IllegalArgumentException(
                Place.quote(written) + ": * may only stand in the last part, as in fleet.d/*.yml"
            );
        }
        try {
            base.getFileSystem().getPathMatcher("glob:" + names);
        } catch (PatternSyntaxException _) {
            throw new IllegalArgumentException(
                Place.quote(written) + " is not a pattern; write one such as fleet.d/*.yml"
            );
        }
        return new FilePattern(base.resolveSibling(folder).normalize(), names);
    }

    /** What there is at the moment, in the order of the names; nothing where there is no such folder. */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        Path where = folder.toString().isEmpty() ? Path.of(".") : folder;
        try (DirectoryStream<Path> found = Files.newDirectoryStream(where, names)) {
            for (Path file : found) {
                if (!file.getFileName().toString().startsWith(".") && !Files.isDirectory(file)) {
                    files.add(folder.resolve(file.getFileName()));
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            return List.of();
        }
        files.sort(null);
        return files;
    }
}
