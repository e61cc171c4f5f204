package io.nightporter.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Where the log goes. */
final class Log {

    /** Held, because the logging of the JDK forgets the levels of loggers that nobody holds. */
    private static final Logger OURS = Logger.getLogger("io.nightporter");

    /** Tells at length how it opens connections to the database; what goes wrong there is thrown as well. */
    private static final Logger CONNECTION_POOL = Logger.getLogger("com.zaxxer.hikari");

    /** Tells of whatever an engine refuses, as an error; all of that is thrown, or told to who asked, as well. */
    private static final Logger DOCKER = Logger.getLogger("com.github.dockerjava");

    private Log() {}

    /** One line an event to standard output, and nowhere else. */
    static void toStandardOutput(boolean debug) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.INFO);
        root.addHandler(handler(new FileOutputStream(FileDescriptor.out), debug));
        OURS.setLevel(debug ? Level.FINE : Level.INFO);
        CONNECTION_POOL.setLevel(Level.WARNING);
        DOCKER.setLevel(Level.OFF);
    }

    static Handler handler(OutputStream out, boolean debug) {
        try {
            var handler = new FlushingHandler(out, new LineFormatter(debug));
            handler.setLevel(Level.ALL);
            handler.setEncoding(StandardCharsets.UTF_8.name());
            return handler;
        } catch (java.io.UnsupportedEncodingException e) {
            throw new IllegalStateException("UTF-8 is always there", e);
        }
    }

    /** A line that was logged is out, even if the program dies right afterwards. */
    private static final class FlushingHandler extends StreamHandler {

        FlushingHandler(OutputStream out, LineFormatter formatter) {
            super(out, formatter);
        }

        @Override
        public synchronized void publish(LogRecord entry) {
            super.publish(entry);
            flush();
        }
    }
}
