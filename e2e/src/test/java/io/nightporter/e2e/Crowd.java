package io.nightporter.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Very many connections, all driven by one thread, so that they cost the machine little beside what they cost the proxy:
 * either callers, who come again whenever their connection has ended, or those whom a server meets.
 */
final class Crowd implements AutoCloseable {

    /** How often members are woken. */
    static final int TICK_MILLIS = 100;
    /** Connections that may be in the making at a time: no more than fit into a listener's queue. */
    private static final int MOST_CONNECTING = 256;
    private static final int WRITES_AT_ONCE = 4;
    /** Callers come from as many addresses, so that there are ports for all. */
    private static final int ADDRESSES = 50;
    private static final int NOBODY = 0;

    private final Selector selector;
    private final @Nullable ServerSocketChannel listener;
    private final int port;
    private final int size;
    private final Supplier<Member> members;
    private final Set<Line> lines = new HashSet<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong connected = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong heard = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;
    private int connecting;
    private int source;

    /** What one connection does. Everything is called by the crowd's thread. */
    abstract static class Member {

        /** The connection stands. */
        void begins(Line line) {}

        /** Something has come; read or not, it is gone afterwards. */
        void hears(Line line, ByteBuffer bytes) {}

        /** All that was said has left. */
        void saidAll(Line line) {}

        /** Every {@link #TICK_MILLIS}. */
        void tick(Line line) {}

        /** Whether this member reads at all. */
        boolean listens() {
            return true;
        }
    }

    private Crowd(@Nullable ServerSocketChannel listener, int port, int size, Supplier<Member> members) {
        this.listener = listener;
        this.port = port;
        this.size = size;
        this.members = members;
        try {
            this.selector = Selector.open();
            if (listener != null) {
                listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.thread = Thread.ofPlatform().daemon().name("crowd").start(this::live);
    }

    /** @param size how many are connected at a time */
    static Crowd callers(int port, int size, Supplier<Member> members) {
        return new Crowd(null, port, size, members);
    }

    /** A server that meets each caller with a member of its own. */
    static Crowd server(Supplier<Member> members) {
        return server(0, members);
    }

    /** @param port where another server has been before; 0: any */
    static Crowd server(int port, Supplier<Member> members) {
        try {
            var listener = ServerSocketChannel.open();
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return new Crowd(listener, listener.socket().getLocalPort(), NOBODY, members);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** Connections that stand now. */
    long connected() {
        return connected.get();
    }

    /** Connections that have stood at some time. */
    long begun() {
        return begun.get();
    }

    /** Bytes that have left. */
    long sent() {
        return sent.get();
    }

    /** Bytes that have come. */
    long heard() {
        return heard.get();
    }

    private void live() {
        long nextTick = System.currentTimeMillis();
        try (selector) {
            while (!closed) {
                callMore();
                selector.select(this::look, TICK_MILLIS / 2);
                if (System.currentTimeMillis() >= nextTick) {
                    nextTick = System.currentTimeMillis() + TICK_MILLIS;
                    for (Line line : new ArrayList<>(lines)) {
                        line.tick();
                    }
                }
            }
            for (Line line : List.copyOf(lines)) {
                line.hangUp();
            }
            if (listener != null) {
                listener.close();
            }
            selector.selectNow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void callMore() throws IOException {
        while (lines.size() < size && connecting < MOST_CONNECTING) {
            SocketChannel channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_LINGER, 0).configureBlocking(false);
            source = (source + 1) % ADDRESSES;
            channel.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.1." + (1 + source)), 0));
            connecting++;
            add(channel, SelectionKey.OP_CONNECT);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
    }

    private void add(SocketChannel channel, int operations) throws IOException {
        var line = new Line(channel, members.get(), operations);
        lines.add(line);
        if (operations != SelectionKey.OP_CONNECT) {
            line.begin();
        }
    }

    private void look(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                var one = Objects.requireNonNull(listener).accept();
                if (one != null) {
                    one.setOption(StandardSocketOptions.SO_LINGER, 0).configureBlocking(false);
                    add(one, 0);
                }
            } else {
                ((Line) key.attachment()).look(key);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection. */
    final class Line {

        private final SocketChannel channel;
        private final Member member;
        private final SelectionKey key;
        private @Nullable ByteBuffer out;
        private boolean standing;
        private boolean gone;

        private Line(SocketChannel channel, Member member, int operations) throws IOException {
            this.channel = channel;
            this.member = member;
            this.key = channel.register(selector, operations, this);
        }

        /** Bytes to be sent; what has not left yet goes before. */
        void say(byte[] bytes) {
            if (gone) {
                return;
            }
            ByteBuffer more = ByteBuffer.wrap(bytes);
            if (out != null && out.hasRemaining()) {
                more = ByteBuffer.allocate(out.remaining() + bytes.length)
                    .put(out)
                    .put(bytes)
                    .flip();
            }
            out = more;
            key.interestOpsOr(SelectionKey.OP_WRITE);
        }

        /** From now on what comes stays in the socket. */
        void stopListening() {
            key.interestOpsAnd(~SelectionKey.OP_READ);
        }

        /** Ends the connection, with a reset. */
        void hangUp() {
            if (!gone) {
                gone = true;
                lines.remove(this);
                if (standing) {
                    connected.decrementAndGet();
                } else {
                    connecting--;
                }
                try {
                    channel.close();
                } catch (IOException _) {
                    // Closed all the same.
                }
            }
        }

        private void begin() {
            standing = true;
            connected.incrementAndGet();
            begun.incrementAndGet();
            key.interestOps(member.listens() ? SelectionKey.OP_READ : 0);
            member.begins(this);
        }

        private void tick() {
            if (standing && !gone) {
                member.tick(this);
            }
        }

        private void look(SelectionKey ready) {
            try {
                if (ready.isConnectable()) {
                    if (!channel.finishConnect()) {
                        return;
                    }
                    connecting--;
                    begin();
                    return;
                }
                if (ready.isReadable()) {
                    hear();
                }
                if (!gone && ready.isWritable()) {
                    write();
                }
            } catch (IOException _) {
                hangUp();
            }
        }

        private void hear() throws IOException {
            in.clear();
            int n = channel.read(in);
            if (n < 0) {
                hangUp();
            } else {
                heard.addAndGet(n);
                member.hears(this, in.flip());
            }
        }

        private void write() throws IOException {
            for (int i = 0; i < WRITES_AT_ONCE && out != null; i++) {
                sent.addAndGet(channel.write(out));
                if (out.hasRemaining()) {
                    return;
                }
                out = null;
                member.saidAll(this);
            }
            if (out == null && !gone) {
                key.interestOpsAnd(~SelectionKey.OP_WRITE);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
