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
    private final String shown;
    private final List<ConfigurationProblem> errors;
    private final List<ConfigurationProblem> warnings;
    private final Set<Watched> watched;
    private ProtocolVersions versions = ProtocolVersions.builtIn();

    Reading(Path file) {
        this(file, file.toString());
        watched.add(new Watched.File(file));
    }

    /**
     * For a text that is no file.
     *
     * @param file whose folder the paths in the text are relative to
     * @param shown what problems call the text
     */
    Reading(Path file, String shown) {
        this(file, shown, new ArrayList<>(), new ArrayList<>(), new LinkedHashSet<>());
    }

    private Reading(
        Path file,
        String shown,
        List<ConfigurationProblem> errors,
        List<ConfigurationProblem> warnings,
        Set<Watched> watched
    ) {
        this.file = file;
        this.shown = shown;
        this.errors = errors;
        this.warnings = warnings;
        this.watched = watched;
    }

    /** For what is said about another file that belongs to the configuration; it comes together with all the rest. */
    Reading in(Path other) {
        Reading there = new Reading(other, other.toString(), errors, warnings, watched);
        there.versions = versions;
        return there;
    }

    Path file() {
        return file;
    }

    /** What problems call it. */
    String shown() {
        return shown;
    }

    void error(int line, String key, String message) {
        errors.add(new ConfigurationProblem(shown, line, key, message));
    }

    void warning(int line, String key, String message) {
        warnings.add(new ConfigurationProblem(shown, line, key, message));
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
        watched.add(new Watched.File(found));
        return found;
    }

    /** Files may come to be, and go, that make a difference. */
    void watch(Watched more) {
        watched.add(more);
    }

    List<ConfigurationProblem> errors() {
        return inOrder(errors);
    }

    List<ConfigurationProblem> warnings() {
        return inOrder(warnings);
    }

    /** By lines, the configuration file before the files that it names. */
    private List<ConfigurationProblem> inOrder(List<ConfigurationProblem> problems) {
        Comparator<ConfigurationProblem> ownFirst = Comparator.comparing(p -> !p.file().equals(shown));
        return problems
            .stream()
            .sorted(ownFirst.thenComparing(ConfigurationProblem::file).thenComparing(Comparator.naturalOrder()))
            .toList();
    }

    /** The configuration file and all that it names, whether it exists or not. */
    Set<Watched> watched() {
        return Set.copyOf(watched);
    }
}
