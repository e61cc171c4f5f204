package io.nightporter.cli.output;

import io.nightporter.cli.output.Terminal.Colour;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far something is: one line that changes on a terminal, a line for each new step in a pipe. */
public final class Progress {

    private static final int BAR = 24;
    private static final String LINE_BEGIN = "\r\u001b[K";

    private final PrintWriter out;
    private final Terminal terminal;
    private final String title;
    private String lastStep = "";
    private boolean open;

    /** @param title what is going on, such as {@code start survival} */
    public Progress(PrintWriter out, Terminal terminal, String title) {
        this.out = out;
        this.terminal = terminal;
        this.title = Plain.text(title);
    }

    /**
     * Shows how far it is now.
     *
     * @param done 0 to 1
     * @param step what is being done; empty: not known
     * @param remaining seconds; null: not known
     */
    public void show(double done, String step, @Nullable Double remaining) {
        double share = Math.clamp(done, 0, 1);
        String percent = String.format(Locale.ROOT, "%3.0f %%", share * 100);
        String plainStep = Plain.text(step);
        String left = remaining == null ? "" : "about " + Amounts.seconds(remaining) + " left";
        if (terminal.interactive()) {
            int full = (int) Math.round(share * BAR);
            String bar = terminal.paint(Colour.GOOD, "#".repeat(full)) + "-".repeat(BAR - full);
            String line = title + " [" + bar + "] " + percent + join("  ", plainStep) + join("  ", left);
            out.print(LINE_BEGIN + line);
            open = true;
        } else if (!plainStep.equals(lastStep)) {
            out.println(title + ":" + join(" ", percent.strip()) + join(", ", plainStep) + join(", ", left));
        }
        lastStep = plainStep;
        out.flush();
    }

    private static String join(String before, String text) {
        return text.isEmpty() ? "" : before + text;
    }

    /** Takes the line away, and says how it ended. */
    public void end(String message) {
        if (open) {
            out.print(LINE_BEGIN);
            open = false;
        }
        out.println(title + ": " + Plain.text(message));
        out.flush();
    }
}
