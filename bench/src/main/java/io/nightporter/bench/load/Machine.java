package io.nightporter.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Time that the machine's cores have spent so far, in seconds; from /proc/stat.
 *
 * @param idle doing nothing, or waiting for a disk
 * @param stolen by other guests of the same host
 */
record Machine(double idle, double stolen) {
    private static final double TICKS_PER_SECOND = 100;
    private static final Path STAT = Path.of("/proc/stat");

    static Machine now() {
        // cpu user nice system idle iowait irq softirq steal …
        String[] columns = lines(STAT).getFirst().split(" +");
        return new Machine(
            (Double.parseDouble(columns[4]) + Double.parseDouble(columns[5])) / TICKS_PER_SECOND,
            Double.parseDouble(columns[8]) / TICKS_PER_SECOND
        );
    }

    static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Memory that the processes hold in RAM, in KiB; a process that has ended holds none. */
    static long residentKib(List<Long> processes) {
        return processes.stream().mapToLong(Machine::residentKib).sum();
    }

    private static long residentKib(long process) {
        Path status = Path.of("/proc", Long.toString(process), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return lines(status)
            .stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElse(0);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
