package io.nightporter.orchestrator.driver.process;

import io.nightporter.orchestrator.model.Resources;
import io.nightporter.orchestrator.model.Workload;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Begins programs in sessions of their own. A shell script, which then becomes the program, makes the {@link Claim} and the
 * console: a named pipe that the program itself holds open at both ends, so that it never sees the end of its input, and
 * takes lines from whoever is Nightporter at the time.
 */
final class Launcher {

    /** Arguments: the claim, the console, the program and what it is given. */
    private static final String SCRIPT = """
    claim=$1 console=$2
    shift 2
    tools=/usr/bin:/bin:$PATH
    [ -p "$console" ] || PATH=$tools mkfifo -m 600 "$console" || exit 125
    IFS= read -r self < "/proc/$$/stat" || exit 125
    printf '%s\\n' "$self" > "$claim.$$" || exit 125
    PATH=$tools ln "$claim.$$" "$claim"
    made=$?
    PATH=$tools rm -f "$claim.$$"
    [ "$made" = 0 ] || exit 125
    exec "$@" 0<> "$console"
    """;

    private static final long MIB = 1 << 20;

    private final @Nullable Path setsid;

    /** @param setsid the program that begins a session; null: programs stay in ours */
    Launcher(@Nullable Path setsid) {
        this.setsid = setsid;
    }

    /** A program of that name on the path; null if there is none. */
    static @Nullable Path find(String program, @Nullable String path, Path directory) {
        if (program.contains("/")) {
            Path file = directory.resolve(program);
            return Files.isExecutable(file) && !Files.isDirectory(file) ? file : null;
        }
        String folders = path == null ? "/usr/local/bin:/usr/bin:/bin" : path;
        for (String folder : folders.split(File.pathSeparator)) {
            Path file = directory.resolve(folder).resolve(program);
            if (Files.isExecutable(file) && !Files.isDirectory(file)) {
                return file;
            }
        }
        return null;
    }

    static Path console(Path folder) {
        return folder.resolve("console.in");
    }

    /**
     * Returns at once; what became of it is said by the claim.
     *
     * @param folder the instance's own
     * @param directory where the program runs
     */
    Process launch(ProcessRecord record, ProcessRecord.Run run, Path folder, Path directory) throws IOException {
        List<String> line = new ArrayList<>();
        if (setsid != null) {
            line.add(setsid.toString());
        }
        line.addAll(List.of("/bin/sh", "-c", SCRIPT, "nightporter-launcher"));
        line.add(new Claim(folder, run.token()).file().toString());
        line.add(console(folder).toString());
        line.addAll(Placeholders.arguments(record, run.ports()));
        ProcessBuilder builder = new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(new ConsoleLog(folder).file().toFile()));
        Map<String, String> environment = builder.environment();
        environment.putAll(Placeholders.environment(record, run.ports()));
        environment.put(ProcessGroup.TOKEN, run.token());
        handOn(record.resources(), record.command(), environment);
        return builder.start();
    }

    /**
     * Tells the program how much it may use; nothing makes it obey. Java programs do, unless their arguments say something
     * else: three quarters of the memory for the heap, since the rest of a server is not small, and so many processors.
     */
    private static void handOn(Resources resources, Workload.Command command, Map<String, String> environment) {
        List<String> options = new ArrayList<>();
        if (resources.memoryBytes() != null) {
            long memory = resources.memoryBytes();
            environment.putIfAbsent("NIGHTPORTER_MEMORY_BYTES", String.valueOf(memory));
            options.add("-Xmx" + Math.max(16, ((memory / 4) * 3) / MIB) + "m");
        }
        if (resources.cores() != null) {
            environment.putIfAbsent("NIGHTPORTER_CORES", String.valueOf(resources.cores()));
            options.add("-XX:ActiveProcessorCount=" + Math.max(1, (int) Math.ceil(resources.cores())));
        }
        // What Nightporter's own Java was given is not for others; what the definition says comes last, which counts.
        Optional.ofNullable(command.env().get("JDK_JAVA_OPTIONS")).ifPresent(options::add);
        if (options.isEmpty()) {
            environment.remove("JDK_JAVA_OPTIONS");
        } else {
            environment.put("JDK_JAVA_OPTIONS", String.join(" ", options));
        }
    }
}
