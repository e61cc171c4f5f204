package io.nightporter.proxy.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sees what must never happen, whatever peers do: a log record that is an error or carries a stack trace (Netty reports
 * its leaks that way, too), a thread that dies, a buffer or a socket that nobody lets go of.
 */
final class Watch extends Handler implements AutoCloseable {

    private static final Logger ROOT = Logger.getLogger("");
    private static final int MOST_COMPLAINTS = 20;
    private static final int LINES_ABOUT_DECENT = 6;

    private final Collection<String> complaints = new ConcurrentLinkedQueue<>();
    private final Set<Long> running = ConcurrentHashMap.newKeySet();
    private final Deque<String> linesAboutDecent = new ConcurrentLinkedDeque<>();
    private final Handler[] others = ROOT.getHandlers();
    private final Level[] levels = Arrays.stream(others)
        .map(Handler::getLevel)
        .toArray(Level[]::new);
    private final Thread.@Nullable UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();

    Watch() {
        // Thousands of lines about refused logins help nobody; what is wrong is told by the failure.
        for (Handler other : others) {
            other.setLevel(Level.OFF);
        }
        ROOT.addHandler(this);
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> complain("thread " + thread.getName() + " died", e));
    }

    /** A case begins: named in every complaint until it ends. */
    void begins(long seed) {
        running.add(seed);
    }

    void ends(long seed) {
        running.remove(seed);
    }

    /** A decent player was not treated as such: told with what the proxies last said about those. */
    void complainOfDecent(String what, Throwable cause) {
        complain(what + "\n  " + String.join("\n  ", linesAboutDecent), cause);
    }

    void complain(String what, @Nullable Throwable cause) {
        if (complaints.size() < MOST_COMPLAINTS) {
            complaints.add(what + (cause == null ? "" : "\n" + trace(cause)) + "\n  cases at that moment: " + running);
        }
    }

    /** What went wrong so far, each with the seeds of the cases that ran at that moment. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private static String trace(Throwable cause) {
        StringBuilder text = new StringBuilder("  ").append(cause);
        for (StackTraceElement line : cause.getStackTrace()) {
            if (!line.getClassName().matches("(java|jdk|org\\.junit|org\\.apache)\\..*")) {
                text.append("\n    at ").append(line);
            }
        }
        Throwable deeper = cause.getCause();
        return deeper == null ? text.toString() : text.append("\n  caused by\n").append(trace(deeper)).toString();
    }

    @Override
    public void publish(LogRecord line) {
        String text = String.valueOf(line.getMessage());
        if (text.contains(House.DECENT)) {
            linesAboutDecent.add(line.getInstant() + " " + text);
            if (linesAboutDecent.size() > LINES_ABOUT_DECENT) {
                linesAboutDecent.poll();
            }
        }
        boolean visible = line.getLevel().intValue() >= Level.INFO.intValue();
        if (line.getLevel().intValue() >= Level.SEVERE.intValue() || (visible && line.getThrown() != null)) {
            complain(line.getLevel() + " " + line.getLoggerName() + ": " + line.getMessage(), line.getThrown());
        }
    }

    /**
     * How many buffers have been taken from an allocator and not been released: exactly, since the leak detector at its
     * paranoid level keeps account of each. Netty does not show the account, so it is looked up inside.
     */
    static int buffersInUse() {
        if (ResourceLeakDetector.getLevel() != ResourceLeakDetector.Level.PARANOID) {
            throw new IllegalStateException("run with -Dio.netty.leakDetection.level=paranoid");
        }
        try {
            Field detector = Class.forName("io.netty.buffer.AbstractByteBuf").getDeclaredField("leakDetector");
            detector.setAccessible(true);
            Field open = ResourceLeakDetector.class.getDeclaredField("allLeaks");
            open.setAccessible(true);
            return ((Set<?>) open.get(detector.get(null))).size();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this version of Netty keeps account of buffers elsewhere", e);
        }
    }

    /** Makes the leak detector say what it found: it looks when the next buffer is taken. */
    static void collectGarbage() {
        for (int i = 0; i < 3; i++) {
            System.gc();
            ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(16);
            buffer.release();
        }
    }

    /** Sockets and files that this process has open. */
    static int openDescriptors() {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return (int) descriptors.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ROOT.removeHandler(this);
        for (int i = 0; i < others.length; i++) {
            others[i].setLevel(levels[i]);
        }
        Thread.setDefaultUncaughtExceptionHandler(before);
    }
}
