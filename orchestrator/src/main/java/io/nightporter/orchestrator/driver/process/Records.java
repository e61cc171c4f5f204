package io.nightporter.orchestrator.driver.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The records of a node: a folder for each instance, called as the instance is, so that no name is there twice. Whatever
 * moment the power goes, a record is there as it was before or as it is after, whole.
 */
final class Records {

    /** Begins with a dot, which no server does: the working folders are beside it. */
    private static final String FOLDER = ".nightporter";

    private static final String RECORD = "instance.json";
    private static final String NEW = ".new-";
    private static final String GONE = ".gone-";
    private static final Duration LEFT_OVER = Duration.ofHours(1);
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]{0,200}";

    private static final JsonMapper MAPPER = JsonMapper.builder()
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .build();

    private final Path folder;

    /** @param data the node's folder; need not exist yet */
    Records(Path data) {
        this.folder = data.resolve(FOLDER);
    }

    /** Makes the folder if there is none. Nobody else may look into it: arguments and environments may be secret. */
    void open() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.getParent());
            try {
                Files.createDirectory(
                    folder,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                );
            } catch (FileAlreadyExistsException _) {
                // Somebody else has just made it.
            }
        }
        if (!Files.isWritable(folder)) {
            throw new IOException(folder + " is not writable");
        }
    }

    static boolean isName(String name) {
        return name.matches(NAME);
    }

    /** Where an instance has its files. */
    Path folder(String name) {
        return folder.resolve(name);
    }

    /** A handle that no instance has had. */
    static String newHandle(String name) {
        return name + ":" + random();
    }

    /** Eight random bytes. */
    static String random() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** The name in a name or handle; empty if it can be neither. */
    static Optional<String> nameOf(String nameOrHandle) {
        int colon = nameOrHandle.indexOf(':');
        String name = colon < 0 ? nameOrHandle : nameOrHandle.substring(0, colon);
        return isName(name) ? Optional.of(name) : Optional.empty();
    }

    Optional<ProcessRecord> find(String nameOrHandle) throws IOException {
        Optional<String> name = nameOf(nameOrHandle);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<ProcessRecord> record = read(name.get());
        return nameOrHandle.equals(name.get()) ? record : record.filter(it -> it.handle().equals(nameOrHandle));
    }

    private Optional<ProcessRecord> read(String name) throws IOException {
        Path file = folder(name).resolve(RECORD);
        try {
            return Optional.of(MAPPER.readValue(Files.readString(file), ProcessRecord.class));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (JacksonException _) {
            throw new IOException("the record " + file + " cannot be read");
        }
    }

    /** The names of all instances. */
    List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path one : all) {
                String name = one.getFileName().toString();
                if (isName(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /**
     * Makes a folder with a record in it, both or neither.
     *
     * @return whether it did; false: there is one of that name
     */
    boolean create(ProcessRecord record) throws IOException {
        clear();
        Path made = folder.resolve(NEW + random());
        Files.createDirectory(made);
        try {
            write(made, record);
            Files.move(made, folder(record.name()), StandardCopyOption.ATOMIC_MOVE);
            sync(folder);
            return true;
        } catch (FileSystemException e) {
            // A folder that has something in it is not replaced by another one, see rename(2).
            delete(made);
            if (Files.exists(folder(record.name()))) {
                return false;
            }
            throw e;
        }
    }

    void update(ProcessRecord record) throws IOException {
        write(folder(record.name()), record);
    }

    private static void write(Path folder, ProcessRecord record) throws IOException {
        Path next = folder.resolve(RECORD + ".next");
        byte[] json = MAPPER.writeValueAsString(record).getBytes(StandardCharsets.UTF_8);
        try (
            FileChannel out = FileChannel.open(
                next,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE
            )
        ) {
            ByteBuffer rest = ByteBuffer.wrap(json);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        }
        Files.move(next, folder.resolve(RECORD), StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
    }

    /** That a file has another name now is safe only when its folder is. */
    private static void sync(Path folder) throws IOException {
        try (FileChannel it = FileChannel.open(folder, StandardOpenOption.READ)) {
            it.force(true);
        }
    }

    /** Removes an instance's folder. Its data are elsewhere. */
    void remove(String name) throws IOException {
        Path gone = folder.resolve(GONE + random());
        try {
            Files.move(folder(name), gone, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException _) {
            return;
        }
        sync(folder);
        delete(gone);
    }

    /** What was being made or removed when somebody ended us. */
    private void clear() throws IOException {
        Instant limit = Instant.now().minus(LEFT_OVER);
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, ".{new,gone}-*")) {
            for (Path one : all) {
                if (Files.getLastModifiedTime(one).toInstant().isBefore(limit)) {
                    delete(one);
                }
            }
        } catch (NoSuchFileException _) {
            // Somebody else clears as well.
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }
}
