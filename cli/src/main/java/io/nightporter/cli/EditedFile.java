package io.nightporter.cli;

import io.nightporter.cli.client.ApiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A text in a file that only its owner may read, for the time in which an editor is open. */
final class EditedFile implements AutoCloseable {

    private final Path file;
    private final String before;
    private boolean kept;

    private EditedFile(Path file, String before) {
        this.file = file;
        this.before = before;
    }

    /** @param name what it is about; part of the file's name */
    static EditedFile create(String name, String text) throws IOException {
        String plain = name.replaceAll("[^A-Za-z0-9_-]", "_");
        Path file = Files.createTempFile("nightporter-" + plain + "-", ".yml");
        Files.writeString(file, text);
        return new EditedFile(file, text);
    }

    /** Opens the editor and waits until it is closed. */
    void edit() throws ApiException, IOException, InterruptedException {
        String editor = editor();
        // Editors are given with options, as in `code --wait`, so a shell has to take them apart.
        int code = new ProcessBuilder(List.of("sh", "-c", editor + " \"$1\"", "sh", file.toString()))
            .inheritIO()
            .start()
            .waitFor();
        if (code != 0) {
            throw new ApiException(
                ApiException.Reason.REFUSED,
                "the editor `" + editor + "` ended with " + code + "; set VISUAL or EDITOR to another one"
            );
        }
    }

    private static String editor() {
        for (String variable : List.of("VISUAL", "EDITOR")) {
            String editor = System.getenv(variable);
            if (editor != null && !editor.isBlank()) {
                return editor;
            }
        }
        return "vi";
    }

    String text() throws IOException {
        return Files.readString(file);
    }

    boolean isUnchanged() throws IOException {
        String now = text();
        return now.equals(before) || now.isBlank();
    }

    /** Leaves the file where it is, and says where. */
    Path keep() {
        kept = true;
        return file;
    }

    @Override
    public void close() throws IOException {
        if (!kept) {
            Files.deleteIfExists(file);
        }
    }
}
