package io.nightporter.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How a process is, as Linux has it.
 *
 * @param rss memory that it occupies, in bytes
 * @param sockets open sockets, listening ones too
 */
public record Vitals(long rss, int sockets) {
    public static Vitals of(long pid) {
        return new Vitals(rss(pid), sockets(pid));
    }

    private static long rss(long pid) {
        try {
            return (
                Files.readAllLines(Path.of("/proc/" + pid + "/status"))
                    .stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum() * 1024
            );
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int sockets(long pid) {
        int count = 0;
        String[] names = Path.of("/proc/" + pid + "/fd")
            .toFile()
            .list();
        for (String name : names == null ? new String[0] : names) {
            try {
                if (
                    Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/" + name))
                        .toString()
                        .startsWith("socket:")
                ) {
                    count++;
                }
            } catch (IOException _) {
                // Closed in the meantime.
            }
        }
        return count;
    }

    public long rssMebibytes() {
        return rss >> 20;
    }

    /** Lines that only a fault of the program's own makes. */
    public static List<String> faults(List<String> log) {
        return log
            .stream()
            .filter(line -> line.startsWith("\tat ") || line.contains("Exception") || line.contains(" ERROR "))
            .toList();
    }
}
