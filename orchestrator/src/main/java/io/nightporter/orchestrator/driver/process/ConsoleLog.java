package io.nightporter.orchestrator.driver.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an instance prints. The program writes into a file by itself, at its end whatever its length, so that it needs no
 * reader and can go on without Nightporter. When the file has grown too long, what it holds is copied into a second one, which
 * replaces the one before, and the first begins anew. A line that is printed between the copy and the new beginning is lost.
 */
final class ConsoleLog {

    private static final int LONGEST_LINE = 1_000;
    private static final int LONGEST_TAIL = 256 << 10;

    /** Colours and the like: ECMA-48 control sequences, operating system commands, other escapes. */
    private static final Pattern ESCAPES = Pattern.compile(
        "\u001B\\[[0-?]*[ -/]*[@-~]|\u001B\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)|\u001B[ -/]*[0-~]"
    );

    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\t]]");

    private final Path file;
    private final Path older;

    /** @param folder the instance's */
    ConsoleLog(Path folder) {
        this.file = folder.resolve("console.log");
        this.older = folder.resolve("console.log.1");
    }

    Path file() {
        return file;
    }

    /**
     * Keeps both files together at about twice this length.
     *
     * @param limit bytes
     */
    void bound(long limit) throws IOException {
        long size = size(file);
        if (size <= limit) {
            return;
        }
        Path next = older.resolveSibling("console.log.next");
        try (
            FileChannel from = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileChannel to = FileChannel.open(
                next,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE
            )
        ) {
            // Only the end, if it grew while nobody looked; and never after a program that prints quicker than we copy.
            long at = Math.max(0, size - limit);
            long end = size + limit;
            long now = size;
            while (at < now && at < end) {
                at += from.transferTo(at, now - at, to);
                now = from.size();
            }
            from.truncate(0);
        }
        Files.move(next, older, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The last lines, oldest first, without colours. */
    List<String> last(int lines) throws IOException {
        if (lines <= 0) {
            return List.of();
        }
        String text = tail(file);
        List<String> all = split(text);
        if (all.size() < lines) {
            all = split(tail(older) + text);
        }
        return List.copyOf(all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\r\n|\n|\r")) {
            String clean = CONTROLS.matcher(ESCAPES.matcher(line).replaceAll("")).replaceAll("");
            if (!clean.isBlank()) {
                lines.add(clean.length() > LONGEST_LINE ? clean.substring(0, LONGEST_LINE) : clean);
            }
        }
        return lines;
    }

    private static String tail(Path file) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long from = Math.max(0, in.size() - LONGEST_TAIL);
            ByteBuffer bytes = ByteBuffer.allocate(LONGEST_TAIL);
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = in.read(bytes, from + bytes.position());
            }
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            // The first line is not whole, then.
            return from == 0 ? text : text.substring(text.indexOf('\n') + 1);
        } catch (NoSuchFileException _) {
            return "";
        }
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException _) {
            return 0;
        }
    }
}
