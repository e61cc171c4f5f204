package io.nightporter.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The forwarding secret that proxies and servers of these tests share. */
final class Secret {

    static final String VALUE = "the secret of the end-to-end tests";

    private Secret() {}

    static Path file() {
        try {
            return Files.writeString(Workplace.folder("secret").resolve("forwarding.secret"), VALUE + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
