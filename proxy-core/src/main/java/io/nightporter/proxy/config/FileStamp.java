package io.nightporter.proxy.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a file was like when it was looked at.
 *
 * @param modified null: there is no such file, or it cannot be read
 * @param checksum of the content
 */
record FileStamp(@Nullable FileTime modified, long size, long checksum) {
    private static final FileStamp NO_FILE = new FileStamp(null, -1, 0);

    /** A change that keeps the size and comes within the clock's tick of the file system is only seen in the content. */
    private static final long TICK_MILLIS = 5000;

    /** @param earlier what was seen before; spares reading the content while nothing hints at a change */
    static FileStamp of(Path file, @Nullable FileStamp earlier) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            FileTime modified = attributes.lastModifiedTime();
            boolean settled = System.currentTimeMillis() - modified.toMillis() > TICK_MILLIS;
            if (earlier != null && settled && modified.equals(earlier.modified) && attributes.size() == earlier.size) {
                return earlier;
            }
            var checksum = new CRC32C();
            checksum.update(Files.readAllBytes(file));
            return new FileStamp(modified, attributes.size(), checksum.getValue());
        } catch (IOException _) {
            return NO_FILE;
        }
    }

    /** Of which files there are. */
    static FileStamp of(List<Path> files) {
        var checksum = new CRC32C();
        files.forEach(file -> checksum.update((file + "\0").getBytes(StandardCharsets.UTF_8)));
        return new FileStamp(null, files.size(), checksum.getValue());
    }

    boolean hasSameContent(@Nullable FileStamp other) {
        return other != null && size == other.size && checksum == other.checksum;
    }
}
