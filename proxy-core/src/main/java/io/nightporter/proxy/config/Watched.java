package io.nightporter.proxy.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a configuration was made from, and is looked at again. */
sealed interface Watched {
    /** @param earlier what was seen before; spares reading while nothing hints at a change */
    FileStamp stamp(@Nullable FileStamp earlier);

    /** A file, whether it exists or not. */
    record File(Path path) implements Watched {
        @Override
        public FileStamp stamp(@Nullable FileStamp earlier) {
            return FileStamp.of(path, earlier);
        }
    }

    /** All files that a pattern fits: which they are, not what is in them. */
    record Matches(FilePattern pattern) implements Watched {
        @Override
        public FileStamp stamp(@Nullable FileStamp earlier) {
            return FileStamp.of(pattern.files());
        }
    }
}
