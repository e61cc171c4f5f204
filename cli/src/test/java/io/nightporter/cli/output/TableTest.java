package io.nightporter.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.cli.output.Terminal.Colour;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final Terminal PLAIN = new Terminal(true, false);
    private static final Terminal COLOURED = new Terminal(true, true);

    private static Table table() {
        return new Table("Nothing.", "NAME", "COUNT")
            .row(Cell.of("a\tb\u001b[2J", Colour.BAD), Cell.number("5"))
            .row(Cell.of("longer name"), Cell.number("1234567"));
    }

    @Test
    void peopleSeeAlignedColumnsUnderHeadings() {
        assertThat(table().lines(PLAIN)).containsExactly(
            "NAME            COUNT",
            "a b[2J              5",
            "longer name   1234567"
        );
        assertThat(new Table("Nothing.", "NAME").lines(PLAIN)).containsExactly("Nothing.");
    }

    @Test
    void coloursDoNotMoveColumns() {
        assertThat(table().lines(COLOURED).get(1)).isEqualTo("\u001b[31ma b[2J\u001b[0m              5");
    }

    @Test
    void pipesGetTabs() {
        assertThat(table().lines(Terminal.NONE)).containsExactly("a b[2J\t5", "longer name\t1234567");
    }

    @Test
    void aProgressBarStaysOnItsLine() {
        var out = new StringWriter();
        var progress = new Progress(new PrintWriter(out), PLAIN, "start survival");

        progress.show(0.5, "ready", 61.0);
        progress.end("done");

        assertThat(out.toString()).isEqualTo(
            "\r\u001b[Kstart survival [############------------]  50 %  ready  about 1m 1s left" +
                "\r\u001b[Kstart survival: done" +
                System.lineSeparator()
        );
    }

    @Test
    void aScreenLineIsCutAtItsWidthWithoutLosingItsColours() {
        assertThat(LiveScreen.cut("\u001b[1mabc\u001b[0mdef", 4)).isEqualTo("\u001b[1mabc\u001b[0md\u001b[0m");
        assertThat(LiveScreen.cut("abc", 4)).isEqualTo("abc");
    }

    @Test
    void amountsAreReadable() {
        assertThat(Amounts.bytes(1536)).isEqualTo("1.5 KiB");
        assertThat(Amounts.seconds(3_700)).isEqualTo("1h 1m");
        assertThat(Amounts.seconds(200_000)).isEqualTo("2d 7h");
    }
}
