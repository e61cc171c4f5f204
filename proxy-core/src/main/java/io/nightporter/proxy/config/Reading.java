package io.nightporter.proxy.config;

import io.nightporter.protocol.version.ProtocolVersions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What comes together while one file is read: what is wrong, what is doubtful, and which other files it names. */
final class Reading {

    private final Path file;
    private final List<ConfigurationProblem> errors = new ArrayList<>();
    private final List<ConfigurationProblem> warnings = new ArrayList<>();
    private ProtocolVersions versions = ProtocolVersions.builtIn();
    private final Set<Path> files = new LinkedHashSet<>();

    Reading(Path file) {
        this.file = file;
        files.add(file);
    }

    Path file() {
        return file;
    }

    void error(int line, String key, String message) {
        errors.add(new ConfigurationProblem(file.toString(), line, key, message));
    }

    void warning(int line, String key, String message) {
        warnings.add(new ConfigurationProblem(file.toString(), line, key, message));
    }

    /** The Minecraft versions that may be named. */
    ProtocolVersions versions() {
        return versions;
    }

    /** @throws io.nightporter.protocol.version.VersionTableException if a table cannot be used */
    void extendVersions(List<Path> tables) {
        versions = versions.with(tables);
    }

    /** A path in the file is relative to the folder of the file. The file is watched from now on. */
    Path refer(String path) {
        Path found = file.resolveSibling(path).normalize();
        files.add(found);
        return found;
    }

    List<ConfigurationProblem> errors() {
        return errors.stream().sorted().toList();
    }

    List<ConfigurationProblem> warnings() {
        return warnings.stream().sorted().toList();
    }

    /** The configuration file and all the files that it names, whether they exist or not. */
    Set<Path> files() {
        return Set.copyOf(files);
    }
}
