package io.nightporter.proxy.config;

import java.nio.file.Path;

/**
 * A secret and the file that it was read from.
 *
 * @param text without the white space around it; not empty
 */
record Secret(Path file, String text) {
    /** Never shows the secret. */
    @Override
    public String toString() {
        return "Secret[" + file + "]";
    }
}
