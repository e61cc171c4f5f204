package io.nightporter.proxy.config;

import io.nightporter.protocol.version.ProtocolVersions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What comes together while one file is read: what is wrong, what is doubtful, and which other files it names. */
final class Reading {

    private final Path file;
    private final List<ConfigurationProblem> errors;
    private final List<ConfigurationProblem> warnings;
    private final Set<Path> files;
    private ProtocolVersions versions = ProtocolVersions.builtIn();

    Reading(Path file) {
        this(file, new ArrayList<>(), new ArrayList<>(), new LinkedHashSet<>());
        files.add(file);
    }

    private Reading(
        Path file,
        List<ConfigurationProblem> errors,
        List<ConfigurationProblem> warnings,
        Set<Path> files
    ) {
        this.file = file;
        this.errors = errors;
        this.warnings = warnings;
        this.files = files;
    }

    /** For what is said about another file that belongs to the configuration; it comes together with all the rest. */
    Reading in(Path other) {
        return new Reading(other, errors, warnings, files);
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
        return inOrder(errors);
    }

    List<ConfigurationProblem> warnings() {
        return inOrder(warnings);
    }

    /** By lines, the configuration file before the files that it names. */
    private List<ConfigurationProblem> inOrder(List<ConfigurationProblem> problems) {
        Comparator<ConfigurationProblem> ownFirst = Comparator.comparing(p -> !p.file().equals(file.toString()));
        return problems
            .stream()
            .sorted(ownFirst.thenComparing(ConfigurationProblem::file).thenComparing(Comparator.naturalOrder()))
            .toList();
    }

    /** The configuration file and all the files that it names, whether they exist or not. */
    Set<Path> files() {
        return Set.copyOf(files);
    }
}
