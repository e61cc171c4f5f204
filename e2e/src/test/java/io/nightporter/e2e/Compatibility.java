package io.nightporter.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table of versions and what was seen to work, for docs/compatibility.md. */
final class Compatibility {

    /** Versions without which the table is not complete: those of real clients, and the newest two. */
    private static final Set<Integer> EXPECTED = GameVersion.ALL.stream()
        .map(GameVersion::protocol)
        .collect(Collectors.toCollection(() -> new LinkedHashSet<>(Set.of(776, 777))));

    private static final TreeMap<Integer, Row> ROWS = new TreeMap<>();
    private static final List<String> COLUMNS = List.of(
        "status",
        "join",
        "position",
        "chunk",
        "chat",
        "40 s",
        "quit",
        "server uncompressed",
        "thresholds differ",
        "no compression",
        "legacy",
        "bungeeguard",
        "modern",
        "online",
        "flying-squid"
    );

    /**
     * @param version the name of the game version
     * @param client what played it
     * @param server what it was played on
     */
    record Row(String version, String client, String server, Map<String, Cell> cells) {
        Row(String version, String client, String server) {
            this(version, client, server, new LinkedHashMap<>());
        }
    }

    enum Cell {
        WORKS("yes"),
        FAILS("**no**"),
        NOT_POSSIBLE("–");

        private final String text;

        Cell(String text) {
            this.text = text;
        }

        static Cell of(boolean works) {
            return works ? WORKS : FAILS;
        }
    }

    private Compatibility() {}

    static synchronized Row row(int protocol, String version, String client, String server) {
        return ROWS.computeIfAbsent(protocol, _ -> new Row(version, client, server));
    }

    static synchronized void put(Row row, String column, Cell cell) {
        if (!COLUMNS.contains(column)) {
            throw new IllegalArgumentException("no column " + column);
        }
        row.cells().put(column, cell);
    }

    /** Prints the table; a complete one also goes into the documentation. */
    static synchronized void publish() {
        String table = table();
        System.out.println(table);
        write(Workplace.ROOT.resolve("e2e/target/compatibility.md"), table);
        if (ROWS.keySet().containsAll(EXPECTED) && !Workplace.direct()) {
            write(Workplace.ROOT.resolve("docs/compatibility.md"), document(table));
        }
    }

    private static String table() {
        var text = new StringBuilder("| version | protocol | client | server |");
        COLUMNS.forEach(column -> text.append(' ').append(column).append(" |"));
        text.append("\n|---|---|---|---|").append("---|".repeat(COLUMNS.size())).append('\n');
        ROWS.forEach((protocol, row) -> {
            text.append("| %s | %d | %s | %s |".formatted(row.version(), protocol, row.client(), row.server()));
            for (String column : COLUMNS) {
                Cell cell = row.cells().getOrDefault(column, Cell.NOT_POSSIBLE);
                text.append(' ').append(cell.text).append(" |");
            }
            text.append('\n');
        });
        return text.toString();
    }

    private static String document(String table) {
        try (var header = Compatibility.class.getResourceAsStream("compatibility-header.md")) {
            byte[] text = Objects.requireNonNull(header, "compatibility-header.md").readAllBytes();
            return new String(text, StandardCharsets.UTF_8) + "\n" + table;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
