package io.nightporter.orchestrator.driver.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Signals to processes and groups of them, which Java itself cannot send. Source: the manual pages kill(2) and signal(7);
 * the numbers are those of Linux on x86 and ARM.
 */
final class Signals {

    static final int KILL = 9;
    static final int TERM = 15;
    static final int CONT = 18;
    static final int STOP = 19;

    /** ESRCH: there is no such process. */
    private static final int NO_SUCH_PROCESS = 3;

    private static final Map<String, Integer> NUMBERS = Map.of(
        "HUP",
        1,
        "INT",
        2,
        "QUIT",
        3,
        "ABRT",
        6,
        "KILL",
        KILL,
        "USR1",
        10,
        "USR2",
        12,
        "TERM",
        TERM,
        "WINCH",
        28
    );

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SEND = send();

    private Signals() {}

    @SuppressWarnings("restricted") // it is the only way to a process group
    private static MethodHandle send() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
            linker.defaultLookup().findOrThrow("kill"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT),
            Linker.Option.captureCallState("errno")
        );
    }

    /** The number of a signal such as {@code SIGTERM}, {@code term} or {@code 15}. */
    static Optional<Integer> number(String name) {
        String upper = name.strip().toUpperCase(Locale.ROOT);
        if (upper.matches("[0-9]{1,2}")) {
            int number = Integer.parseInt(upper);
            return number >= 1 && number <= 64 ? Optional.of(number) : Optional.empty();
        }
        return Optional.ofNullable(NUMBERS.get(upper.startsWith("SIG") ? upper.substring(3) : upper));
    }

    /**
     * To one process. Not an error if there is none.
     *
     * @return 0, or the number of the error
     */
    static int toProcess(int pid, int signal) {
        return pid > 1 ? kill(pid, signal) : NO_SUCH_PROCESS;
    }

    /** To all processes of a group. Never to our own group, which kill(2) means by 0, nor to everybody, by -1. */
    static int toGroup(int group, int signal) {
        return group > 1 ? kill(-group, signal) : NO_SUCH_PROCESS;
    }

    private static int kill(int target, int signal) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = (int) SEND.invokeExact(state, target, signal);
            int error = result == 0 ? 0 : (int) ERRNO.get(state, 0L);
            return error == NO_SUCH_PROCESS ? 0 : error;
        } catch (Throwable e) {
            throw new AssertionError("kill(2) throws nothing", e);
        }
    }
}
