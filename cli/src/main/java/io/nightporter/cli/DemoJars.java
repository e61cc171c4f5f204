package io.nightporter.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The program of the demo's worlds.
 *
 * @param classPath as Java takes it
 * @param jars the files that it means
 * @param version the Minecraft version that the worlds speak
 */
record DemoJars(String classPath, List<Path> jars, String version) {
    static final String MAIN_CLASS = "io.nightporter.demo.DemoWorld";

    private static final String CLASS_PATH_PROPERTY = "nightporter.demo.classpath";

    /** The library names the version after its own. */
    private static final Pattern LIBRARY = Pattern.compile("minestom-[0-9.]+[a-z]?-([0-9.]+)\\.jar");

    /** Those that the launcher has found. */
    static DemoJars find() throws DemoException {
        return of(System.getProperty(CLASS_PATH_PROPERTY, ""));
    }

    static DemoJars of(String classPath) throws DemoException {
        List<Path> jars = new ArrayList<>();
        try {
            for (String entry : classPath.split(Pattern.quote(File.pathSeparator))) {
                if (entry.endsWith("*")) {
                    try (Stream<Path> files = Files.list(Path.of(entry.substring(0, entry.length() - 1)))) {
                        files
                            .filter(file -> file.toString().endsWith(".jar"))
                            .sorted()
                            .forEach(jars::add);
                    }
                } else if (!entry.isEmpty()) {
                    jars.add(Path.of(entry));
                }
            }
        } catch (IOException _) {
            jars.clear();
        }
        for (Path jar : jars) {
            Matcher library = LIBRARY.matcher(String.valueOf(jar.getFileName()));
            if (library.matches()) {
                return new DemoJars(classPath, List.copyOf(jars), library.group(1));
            }
        }
        throw new DemoException("this installation has no demo world; start it with the script ./nightporter demo");
    }
}
