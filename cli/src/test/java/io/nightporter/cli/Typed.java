package io.nightporter.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/**
 * A command as it was typed into a pipe, and what came of it.
 *
 * @param out without the last line break
 */
record Typed(int exitCode, String out, String err) {
    static Typed of(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        CommandLine program = Main.commandLine(arguments[0]);
        program.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = program.execute(arguments);
        return new Typed(code, out.toString().stripTrailing(), err.toString().stripTrailing());
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
