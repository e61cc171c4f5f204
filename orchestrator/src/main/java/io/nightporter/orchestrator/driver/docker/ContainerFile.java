package io.nightporter.orchestrator.driver.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** A file in a container, which need not run. Engines send it as an archive with one entry. */
final class ContainerFile {

    private ContainerFile() {}

    /** What {@link Engine#call} hands on: the file is longer than it may be. */
    static final class TooLongException extends DockerException {

        TooLongException(String path) {
            super(path + " is too long", 0);
        }
    }

    /**
     * Blocks.
     *
     * @param container its name or id
     * @param path from the container's root
     * @param limit bytes
     * @return null: it is no plain file
     * @throws com.github.dockerjava.api.exception.NotFoundException when there is no such container or file
     */
    static byte @Nullable [] read(DockerClient client, String container, String path, int limit) {
        try (
            InputStream archive = client.copyArchiveFromContainerCmd(container, path).exec();
            var entries = new TarArchiveInputStream(archive)
        ) {
            TarArchiveEntry entry = entries.getNextEntry();
            if (entry == null || !entry.isFile() || entry.isSymbolicLink() || entry.isLink()) {
                return null;
            }
            if (entry.getSize() > limit) {
                throw new TooLongException(path);
            }
            return entries.readNBytes(limit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
