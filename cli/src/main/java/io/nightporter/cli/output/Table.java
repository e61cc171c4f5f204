package io.nightporter.cli.output;

import io.nightporter.cli.output.Terminal.Colour;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows under headings. On a terminal the columns are aligned and the headings shown; in a pipe there is one line a row, with
 * tabs between the columns and nothing else, so that {@code cut} and {@code awk} can read it.
 */
public final class Table {

    private static final String GAP = "   ";

    private final List<String> headings;
    private final List<List<Cell>> rows = new ArrayList<>();
    private final String ifEmpty;

    /** @param ifEmpty what a person reads when there is no row */
    public Table(String ifEmpty, String... headings) {
        this.ifEmpty = ifEmpty;
        this.headings = List.of(headings);
    }

    /** One thing, a property a line. */
    public static Table ofProperties() {
        return new Table("");
    }

    /** As many cells as there are headings. */
    public Table row(Cell... cells) {
        rows.add(List.of(cells));
        return this;
    }

    public Table property(String name, Cell value) {
        return row(Cell.of(name, Colour.QUIET), new Cell(value.text(), value.colour(), false));
    }

    public Table property(String name, String value) {
        return property(name, Cell.of(value));
    }

    /** The lines as they are printed. */
    public List<String> lines(Terminal terminal) {
        if (!terminal.interactive()) {
            return rows
                .stream()
                .map(row -> row.stream().map(Cell::text).collect(Collectors.joining("\t")))
                .toList();
        }
        if (rows.isEmpty()) {
            return ifEmpty.isEmpty() ? List.of() : List.of(terminal.paint(Colour.QUIET, ifEmpty));
        }
        List<List<Cell>> all = new ArrayList<>(rows);
        if (!headings.isEmpty()) {
            all.addFirst(titles());
        }
        int[] widths = new int[all.getFirst().size()];
        for (List<Cell> row : all) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).width());
            }
        }
        return all
            .stream()
            .map(row -> aligned(row, widths, terminal))
            .toList();
    }

    private List<Cell> titles() {
        List<Cell> titles = new ArrayList<>();
        List<Cell> first = rows.getFirst();
        for (int i = 0; i < headings.size(); i++) {
            titles.add(new Cell(headings.get(i), Colour.TITLE, first.get(i).right()));
        }
        return titles;
    }

    private static String aligned(List<Cell> row, int[] widths, Terminal terminal) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            Cell cell = row.get(i);
            boolean last = i == row.size() - 1;
            String space = " ".repeat(widths[i] - cell.width());
            line.append(cell.right() ? space : "").append(terminal.paint(cell.colour(), cell.text()));
            if (!last) {
                line.append(cell.right() ? "" : space).append(GAP);
            }
        }
        return line.toString();
    }
}
