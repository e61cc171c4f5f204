package io.nightporter.proxy.status;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The last status of each server, one file a server, so that a server which is down, even since before the proxy was
 * started, still has its face in the server list. Players are not kept: they are gone.
 */
final class LastKnownStatuses {

    static final Duration WRITE_INTERVAL = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(LastKnownStatuses.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long MAX_FILE_BYTES = 1 << 20;

    private final Path directory;
    private final LongSupplier nanos;
    private final ConcurrentHashMap<String, Kept> kept = new ConcurrentHashMap<>();

    /**
     * @param directory is created when there is something to keep
     * @param nanos the time, as {@link System#nanoTime()} tells it
     */
    LastKnownStatuses(Path directory, LongSupplier nanos) {
        this.directory = directory;
        this.nanos = nanos;
    }

    /** The last status of the server, as far as {@link #load} or {@link #remember} have been called; never waits. */
    @Nullable
    ObjectNode peek(String server) {
        Kept known = kept.get(server);
        return known == null ? null : known.status;
    }

    /** Whether {@link #load} would not wait. */
    boolean isLoaded(String server) {
        Kept known = kept.get(server);
        return known != null && known.loaded;
    }

    /** Looks at the disk the first time, and waits for it. */
    void load(String server) {
        Kept known = kept(server);
        synchronized (known) {
            known.load();
        }
    }

    /** Keeps a status; writes it to the disk unless that has it already or was written to within the last minute. */
    void remember(String server, ObjectNode status) {
        ObjectNode reduced = withoutPlayers(status);
        Kept known = kept(server);
        synchronized (known) {
            known.load();
            known.status = reduced;
            known.save(reduced);
        }
    }

    /** Many players ask for one server with many versions: all those statuses share one favicon in memory. */
    void shareFavicon(String server, ObjectNode status) {
        ObjectNode known = peek(server);
        JsonNode favicon = known == null ? null : known.get("favicon");
        if (favicon != null && favicon.equals(status.get("favicon"))) {
            status.set("favicon", favicon);
        }
    }

    private Kept kept(String server) {
        return kept.computeIfAbsent(server, name -> new Kept(name, directory.resolve(fileName(name))));
    }

    private static ObjectNode withoutPlayers(ObjectNode status) {
        ObjectNode reduced = status.deepCopy();
        if (reduced.get("players") instanceof ObjectNode players) {
            players.put("online", 0);
            players.remove("sample");
        }
        return reduced;
    }

    /** The server's name, with what is no letter, digit, hyphen or underscore written as in a URL. */
    private static String fileName(String server) {
        StringBuilder name = new StringBuilder();
        for (byte b : server.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_') {
                name.append(c);
            } else {
                name.append('%').append("%02X".formatted((int) c));
            }
        }
        return name + ".json";
    }

    /** One server's status in memory and on the disk; guarded by itself, but for reading {@link #status}. */
    private final class Kept {

        private final String server;
        private final Path file;
        private volatile @Nullable ObjectNode status;
        private @Nullable ObjectNode onDisk;
        private volatile boolean loaded;
        private boolean written;
        private long writtenAt;

        Kept(String server, Path file) {
            this.server = server;
            this.file = file;
        }

        void load() {
            if (loaded) {
                return;
            }
            try {
                if (Files.size(file) > MAX_FILE_BYTES) {
                    throw new IOException("larger than a status can be");
                }
                if (!(JSON.readTree(Files.readString(file)) instanceof ObjectNode object)) {
                    throw new IOException("not a JSON object");
                }
                onDisk = object;
                status = object;
            } catch (NoSuchFileException _) {
                // the server has never been up
            } catch (IOException | JacksonException e) {
                log.warn("last status ignored server={} file={} reason=\"{}\"", server, file, oneLine(e));
            }
            loaded = true;
        }

        void save(ObjectNode now) {
            long time = nanos.getAsLong();
            if (now.equals(onDisk) || (written && time - writtenAt < WRITE_INTERVAL.toNanos())) {
                return;
            }
            written = true;
            writtenAt = time;
            try {
                Files.createDirectories(directory);
                Path fresh = directory.resolve(file.getFileName() + ".new");
                Files.writeString(fresh, JSON.writeValueAsString(now));
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                onDisk = now;
            } catch (IOException e) {
                log.warn("last status not kept server={} file={} reason=\"{}\"", server, file, oneLine(e));
            }
        }

        /** Messages of the JSON parser go on with a position on a second line. */
        private static String oneLine(Exception e) {
            return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
    }
}
