package io.nightporter.bench.load;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * The CPU time that a process has used so far, user and system, of all its threads, those that have ended included.
 *
 * <p>It comes from the clock that Linux keeps for every process (clock_getcpuclockid(3)): the same accounting as utime
 * and stime of /proc/PID/stat, but in nanoseconds where that has hundredths of a second.
 */
final class ProcessClock {

    @SuppressWarnings("restricted") // a function of the C library, with its own signature
    private static final MethodHandle CLOCK_GETTIME = Linker.nativeLinker().downcallHandle(
        Linker.nativeLinker().defaultLookup().findOrThrow("clock_gettime"),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS)
    );

    /** In the kernel's numbering of clocks: what the scheduler knows, of a process and not of a thread. */
    private static final int CPUCLOCK_SCHED = 2;

    private ProcessClock() {}

    /**
     * The sum over some processes, in seconds.
     *
     * @throws IllegalStateException when one of them has ended
     */
    static double seconds(List<Long> processes) {
        return processes.stream().mapToDouble(ProcessClock::seconds).sum();
    }

    static double seconds(long process) {
        int clock = (int) ((~process << 3) | CPUCLOCK_SCHED);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(ValueLayout.JAVA_LONG, 2);
            int failed = (int) CLOCK_GETTIME.invokeExact(clock, time);
            if (failed != 0) {
                throw new IllegalStateException("process " + process + " has ended");
            }
            return time.getAtIndex(ValueLayout.JAVA_LONG, 0) + time.getAtIndex(ValueLayout.JAVA_LONG, 1) / 1e9;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("clock_gettime cannot be called", e);
        }
    }
}
