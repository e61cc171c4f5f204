package io.nightporter.proxy.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A folder with a configuration file and what it names. */
record TestFiles(Path folder) {
    private static final Path FAVICON = Path.of("src/test/resources/io/nightporter/proxy/config/wrong/files/good.png");

    static final String SMALLEST = "fleet: { servers: { main: { hosts: [\"*\"], address: 127.0.0.1:25599 } } }\n";

    Path configuration(String yaml) {
        return write("nightporter.yml", yaml);
    }

    Path write(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file that only its owner may read. */
    Path secret(String name, String content) {
        try {
            Path file = write(name, content);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path favicon(String name) {
        try {
            return Files.copy(FAVICON, folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Configuration load(String yaml) throws ConfigurationException {
        return ConfigurationLoader.load(configuration(yaml), _ -> {});
    }

    /** The lines about what is wrong, without the folder. */
    List<String> errors(String yaml) {
        try {
            load(yaml);
            return List.of();
        } catch (ConfigurationException e) {
            return e
                .problems()
                .stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
        }
    }
}
