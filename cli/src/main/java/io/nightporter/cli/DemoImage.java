package io.nightporter.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The files of an image with the demo's world, without a registry: a small Java made by {@code jlink}, the libraries of this
 * machine that it needs, and the world's jars. Nothing else: no shell, no system.
 */
final class DemoImage {

    static final String JAVA = "/opt/java/bin/java";
    static final String CLASS_PATH = "/opt/world/*";

    private static final String MODULES =
        "java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.desktop,jdk.unsupported,jdk.zipfs";
    /** A line of {@code ldd}: of a library, or of the loader itself. */
    private static final Pattern NEEDED = Pattern.compile("\\s*(?:\\S+ => )?(/\\S+) \\(0x[0-9a-f]+\\)");

    private DemoImage() {}

    /**
     * @param folder where the archive comes to be; gets other files on the way
     * @return a tar file of some 150 MB, which the caller removes
     */
    static Path write(DemoJars jars, Path folder) throws DemoException, IOException, InterruptedException {
        Path java = folder.resolve("java");
        link(java);
        Path archive = folder.resolve("image.tar");
        try (
            OutputStream out = Files.newOutputStream(archive);
            TarArchiveOutputStream tar = new TarArchiveOutputStream(out)
        ) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.putArchiveEntry(new TarArchiveEntry("tmp/"));
            tar.closeArchiveEntry();
            List<Path> files = files(java);
            for (Path file : files) {
                add(tar, file, "opt/java/" + java.relativize(file));
            }
            for (Path jar : jars.jars()) {
                add(tar, jar, "opt/world/" + jar.getFileName());
            }
            for (String library : libraries(files)) {
                add(tar, Path.of(library).toRealPath(), library.substring(1));
            }
        }
        return archive;
    }

    private static void link(Path target) throws DemoException, IOException, InterruptedException {
        Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
        if (!Files.isExecutable(jlink)) {
            throw new DemoException(
                "making the demo's image needs a JDK, and " +
                    System.getProperty("java.home") +
                    " is only a Java runtime; let JAVA_HOME point to a JDK, or leave out --docker"
            );
        }
        String said = run(
            List.of(
                jlink.toString(),
                "--add-modules",
                MODULES,
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                target.toString()
            )
        );
        if (!Files.isExecutable(target.resolve("bin/java"))) {
            throw new DemoException("jlink cannot make a Java for the demo's image: " + said.strip());
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Where the loader and the libraries are that Java's own programs and libraries need. */
    private static Set<String> libraries(List<Path> files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ldd"));
        for (Path file : files) {
            if (file.endsWith(Path.of("bin", "java")) || file.toString().endsWith(".so")) {
                command.add(file.toString());
            }
        }
        Set<String> found = new TreeSet<>();
        for (String line : run(command).lines().toList()) {
            Matcher needed = NEEDED.matcher(line);
            if (needed.matches() && !files.contains(Path.of(needed.group(1)).normalize())) {
                found.add(needed.group(1));
            }
        }
        return found;
    }

    private static void add(TarArchiveOutputStream tar, Path file, String name) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(Files.size(file));
        entry.setMode(Files.isExecutable(file) ? 0100755 : 0100644);
        tar.putArchiveEntry(entry);
        Files.copy(file, tar);
        tar.closeArchiveEntry();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
