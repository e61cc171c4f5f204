package io.nightporter.orchestrator.driver.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the kernel says of processes: {@code /proc}. Source of the fields: the manual page proc_pid_stat(5). */
final class ProcessTable {

    private static final Path PROC = Path.of("/proc");

    /** How often it is looked, one millisecond apart, for the environment of a process that seems to have none. */
    private static final int LOOKS_AGAIN = 10;

    private static final long KERNEL_THREAD = 0x20_0000;

    private static final Pattern MEMORY = Pattern.compile("MemTotal:\\s+([0-9]{1,15}) kB");

    /**
     * A line of {@code /proc/PID/stat}.
     *
     * @param state field 3, such as {@code S} for sleeping and {@code T} for stopped by a signal
     * @param group field 5
     * @param session field 6; 0 if whoever leads it is outside our PID namespace, as a container's may be
     * @param kernel whether it is one of the kernel's own, in field 9 (PF_KTHREAD of linux/sched.h)
     * @param startTicks field 22, since the machine booted: together with the pid it says which process it is
     */
    record Stat(int pid, char state, int group, int session, boolean kernel, long startTicks) {
        /** Whether it still does something, or could. Who has ended and was not fetched by its parent does not. */
        boolean alive() {
            return state != 'Z' && state != 'X' && state != 'x';
        }

        boolean frozen() {
            return state == 'T' || state == 't';
        }

        /**
         * Reads a line. The second field is a name in parentheses that may hold anything, parentheses too.
         *
         * @return empty if it is no such line
         */
        static Optional<Stat> parse(String line) {
            int open = line.indexOf(" (");
            int close = line.lastIndexOf(") ");
            if (open < 1 || close < open) {
                return Optional.empty();
            }
            String[] rest = line
                .substring(close + 2)
                .trim()
                .split(" ");
            if (rest.length < 20) {
                return Optional.empty();
            }
            try {
                return Optional.of(
                    new Stat(
                        Integer.parseInt(line.substring(0, open)),
                        rest[0].charAt(0),
                        Integer.parseInt(rest[2]),
                        Integer.parseInt(rest[3]),
                        (Long.parseLong(rest[6]) & KERNEL_THREAD) != 0,
                        Long.parseLong(rest[19])
                    )
                );
            } catch (NumberFormatException _) {
                return Optional.empty();
            }
        }
    }

    private ProcessTable() {}

    static boolean available() {
        return Files.isReadable(PROC.resolve("self/stat"));
    }

    /** Another one after each start of the machine, when pids and ticks begin anew. */
    static String bootId() throws IOException {
        return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
    }

    /** All that the machine has; null if it does not say. */
    static @Nullable Long memoryBytes() throws IOException {
        for (String line : Files.readAllLines(PROC.resolve("meminfo"))) {
            Matcher total = MEMORY.matcher(line);
            if (total.matches()) {
                return Long.parseLong(total.group(1)) << 10;
            }
        }
        return null;
    }

    static Optional<Stat> stat(int pid) {
        try {
            return Stat.parse(Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** The very process that once had this pid and start; empty if it has ended. */
    static Optional<Stat> same(int pid, long startTicks) {
        return stat(pid).filter(stat -> stat.startTicks() == startTicks && stat.alive());
    }

    /** All processes that have not ended and for which this holds. */
    static List<Stat> all(Predicate<Stat> condition) throws IOException {
        List<Stat> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path one : all) {
                stat(Integer.parseInt(one.getFileName().toString()))
                    .filter(stat -> stat.alive() && condition.test(stat))
                    .ifPresent(found::add);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    /** Whether a process was begun with this variable in its environment; false as well if that cannot be seen. */
    static boolean hasVariable(Stat process, String name, String value) {
        if (process.kernel()) {
            // It never has any.
            return false;
        }
        try {
            byte[] environment = environment(process.pid());
            // Between two programs, in execve(2), a process has none for a moment.
            for (int again = 0; environment.length == 0 && again < LOOKS_AGAIN; again++) {
                LockSupport.parkNanos(1_000_000);
                environment = environment(process.pid());
            }
            String wanted = name + "=" + value;
            return Arrays.asList(new String(environment, StandardCharsets.ISO_8859_1).split("\0")).contains(wanted);
        } catch (IOException _) {
            return false;
        }
    }

    private static byte[] environment(int pid) throws IOException {
        return Files.readAllBytes(PROC.resolve(pid + "/environ"));
    }
}
