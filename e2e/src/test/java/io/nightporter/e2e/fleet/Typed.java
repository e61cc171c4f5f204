package io.nightporter.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.NightporterProcess;
import io.nightporter.e2e.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came of a command that was typed: {@code ./nightporter ...}, without a terminal.
 *
 * @param code with which it ended
 */
record Typed(List<String> command, int code, String out, String err) {
    private static final int LIMIT_SECONDS = 120;

    /** Asks a Nightporter, which is named by its configuration. */
    static Typed at(NightporterProcess nightporter, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--config", nightporter.folder().resolve("nightporter.yml").toString()));
        return of(nightporter.folder(), Map.of(), all);
    }

    /** @param environment on top of this process' own */
    static Typed of(Path folder, Map<String, String> environment, List<String> words) {
        List<String> command = new ArrayList<>(List.of(NightporterProcess.launcher().toString()));
        command.addAll(words);
        try {
            Path out = Files.createTempFile(Workplace.LOGS, "typed", ".out");
            Path err = Files.createTempFile(Workplace.LOGS, "typed", ".err");
            var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
            builder.environment().put("NIGHTPORTER_BUILD", "never");
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("takes too long: " + words + "\n" + Files.readString(out));
            }
            var typed = new Typed(words, process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return typed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** This, if it ended with this code. */
    Typed expect(int expected) {
        assertThat(code).as("exit code of %s, which printed\n%s%s", command, out, err).isEqualTo(expected);
        return this;
    }

    /** What it printed as JSON. */
    JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }

    /** The cells of the first line that begins with a word. */
    List<String> row(String first) {
        return out
            .lines()
            .map(line -> List.of(line.split("\t")))
            .filter(cells -> cells.getFirst().equals(first))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no line begins with " + first + ":\n" + out));
    }
}
