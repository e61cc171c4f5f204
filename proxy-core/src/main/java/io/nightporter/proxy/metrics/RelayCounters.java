package io.nightporter.proxy.metrics;

import io.nightporter.protocol.version.Direction;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What the relay of one event loop has moved. Only that loop writes, with plain additions; a scrape on another thread
 * reads whole values that never go back, perhaps a moment old.
 */
public final class RelayCounters {

    /** What became of a frame. */
    enum Kind {
        FORWARDED(0),
        INSPECTED(1),
        REWRITTEN(2);

        private final int cell;

        Kind(int cell) {
            this.cell = cell;
        }
    }

    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    /** Per direction: one cell per kind, then the bytes. */
    private static final int CELLS_PER_DIRECTION = 4;
    private static final int BYTES = 3;

    /** Unused cells at both ends, so that two loops never write to the same cache line of 64 bytes. */
    private static final int PADDING = 8;

    private final long[] cells = new long[2 * PADDING + 2 * CELLS_PER_DIRECTION];

    RelayCounters() {}

    /** Frames that left as they came, without more than a look at their packet id. */
    public void forwarded(Direction direction, int frames) {
        add(cell(direction, Kind.FORWARDED.cell), frames);
    }

    /** A frame that was decoded and left as it came, or was taken out. */
    public void inspected(Direction direction) {
        add(cell(direction, Kind.INSPECTED.cell), 1);
    }

    /** A frame that left changed, or was made by the proxy. */
    public void rewritten(Direction direction) {
        add(cell(direction, Kind.REWRITTEN.cell), 1);
    }

    /** Bytes as they were received, with length prefixes, compressed if they came compressed. */
    public void bytes(Direction direction, long bytes) {
        add(cell(direction, BYTES), bytes);
    }

    long frames(Direction direction, Kind kind) {
        return (long) CELL.getOpaque(cells, cell(direction, kind.cell));
    }

    long bytes(Direction direction) {
        return (long) CELL.getOpaque(cells, cell(direction, BYTES));
    }

    private void add(int cell, long amount) {
        CELL.setOpaque(cells, cell, cells[cell] + amount);
    }

    private static int cell(Direction direction, int offset) {
        return PADDING + (direction == Direction.CLIENTBOUND ? 0 : CELLS_PER_DIRECTION) + offset;
    }
}
