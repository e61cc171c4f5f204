package io.nightporter.orchestrator.rcon;

import io.nightporter.orchestrator.HostAndPort;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One connection to a server's RCON port. Blocks, for virtual threads; a time limit covers everything, however slowly the
 * bytes come, and what a server sends is limited as well.
 *
 * <p>Source of the protocol: the articles "Source RCON Protocol" of the Valve developer wiki and "RCON" of the Minecraft
 * wiki. A packet is its length without this field, an id, a type, all three little-endian 32 bits, text, and two zeros.
 */
final class RconClient implements AutoCloseable {

    /** A Minecraft server takes no packet longer than 1,460 bytes. */
    static final int LONGEST_TEXT = 1_446;

    /** All that a server may answer to one command. */
    static final int LONGEST_ANSWER = 1 << 20;

    private static final int LOGIN = 3;
    private static final int LOGGED_IN = 2;
    private static final int COMMAND = 2;
    private static final int ANSWER = 0;

    /** No server knows it; all say so, under its id. */
    private static final int UNKNOWN = 100;

    private static final int REFUSED = -1;

    private static final int LOGIN_ID = 1;
    private static final int COMMAND_ID = 2;
    private static final int END_ID = 3;

    /** Id, type and two zeros. */
    private static final int FRAME = 10;

    /**
     * Where a server divides what is longer: 4,096 bytes by the protocol, and characters by Minecraft, of which each is up to
     * three bytes long.
     */
    private static final int FRAGMENT = 4_096;

    private static final int LONGEST_PACKET = FRAGMENT * 3 + FRAME;

    /** How long is waited for more of an answer of which the first part has come. */
    private static final Duration REST = Duration.ofSeconds(3);

    private record Packet(int id, int type, String text, int bytes) {
        /** Whether it may go on in the next one. */
        boolean full() {
            return bytes >= FRAGMENT || text.length() >= FRAGMENT;
        }
    }

    private final HostAndPort address;
    private final Socket socket;
    private final long deadline;

    private RconClient(HostAndPort address, Socket socket, long deadline) {
        this.address = address;
        this.socket = socket;
        this.deadline = deadline;
    }

    /**
     * Connects and logs in.
     *
     * @param connecting how long the connection alone may take
     * @param timeout for everything, until the last command's answer
     */
    static RconClient open(HostAndPort address, String password, Duration connecting, Duration timeout)
        throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Socket socket = new Socket();
        var client = new RconClient(address, socket, deadline);
        try {
            socket.setTcpNoDelay(true);
            client.connect(connecting);
            client.login(password);
            return client;
        } catch (IOException | RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private void connect(Duration connecting) throws IOException {
        var target = new InetSocketAddress(address.host(), address.port());
        if (target.isUnresolved()) {
            throw new RconException(
                "The console of " + address + " cannot be reached, the name has no address",
                "Check the node's address.",
                null
            );
        }
        try {
            socket.connect(target, (int) Math.max(1, connecting.toMillis()));
        } catch (IOException e) {
            throw new RconException(
                "The console at " + address + " cannot be reached: " + e.getMessage(),
                "Check that the server has enable-rcon=true, rcon.password and this rcon.port in its server.properties, " +
                    "and that it has finished booting.",
                e
            );
        }
    }

    private void login(String password) throws IOException {
        try {
            send(LOGIN_ID, LOGIN, password);
            Packet packet = read(deadline);
            if (packet.type() == ANSWER && packet.id() == LOGIN_ID) {
                // The protocol's first author sends an empty answer before.
                packet = read(deadline);
            }
            if (packet.id() == REFUSED) {
                throw new RconException(
                    "The console at " + address + " refused the password",
                    "Write the rcon.password of the server's server.properties into the first line of rcon.passwordFile.",
                    null
                );
            }
            if (packet.id() != LOGIN_ID || packet.type() != LOGGED_IN) {
                throw nonsense("it answered a login with id " + packet.id() + " and type " + packet.type());
            }
        } catch (SocketTimeoutException e) {
            throw silent("the login", e);
        } catch (EOFException e) {
            throw hungUp("it had answered the login", e);
        }
    }

    /**
     * Types a command.
     *
     * @return what the server answered, all parts together
     */
    String type(String command) throws IOException {
        try {
            send(COMMAND_ID, COMMAND, command);
            Packet first = read(deadline);
            if (first.id() == REFUSED) {
                throw new RconException(
                    "The console at " + address + " has forgotten that it let us in",
                    "Try again; if that does not help, restart the server.",
                    null
                );
            }
            if (first.id() != COMMAND_ID) {
                throw nonsense("it answered with the id " + first.id() + ", which nobody asked for");
            }
            return first.full() ? rest(first) : first.text();
        } catch (SocketTimeoutException e) {
            throw silent("the command, which may have been executed", e);
        } catch (EOFException e) {
            throw hungUp("it had answered the command, which may have been executed", e);
        }
    }

    /**
     * No part says whether it is the last one; so something else is asked, whose answer comes after it. This must not be sent
     * earlier: a Minecraft server hangs up when it reads two packets at once.
     */
    private String rest(Packet first) throws IOException {
        StringBuilder answer = new StringBuilder(first.text());
        long until = Math.min(deadline, System.nanoTime() + REST.toNanos());
        try {
            send(END_ID, UNKNOWN, "");
            while (true) {
                Packet packet = read(until);
                if (packet.id() == END_ID) {
                    return answer.toString();
                }
                if (packet.id() != COMMAND_ID) {
                    throw nonsense("it answered with the id " + packet.id() + ", which nobody asked for");
                }
                if (answer.length() + packet.text().length() > LONGEST_ANSWER) {
                    throw nonsense("its answer has more than " + LONGEST_ANSWER + " characters");
                }
                answer.append(packet.text());
            }
        } catch (SocketTimeoutException | EOFException _) {
            // It was executed, as the first part says; this server just does not say where its answer ends.
            return answer.toString();
        }
    }

    private void send(int id, int type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer packet = ByteBuffer.allocate(4 + FRAME + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        packet
            .putInt(FRAME + bytes.length)
            .putInt(id)
            .putInt(type)
            .put(bytes)
            .putShort((short) 0);
        socket.getOutputStream().write(packet.array());
    }

    private Packet read(long until) throws IOException {
        int length = read(4, until).getInt();
        if (length < FRAME || length > LONGEST_PACKET) {
            throw nonsense("it announced a packet of " + length + " bytes");
        }
        ByteBuffer packet = read(length, until);
        int id = packet.getInt();
        int type = packet.getInt();
        byte[] text = new byte[length - FRAME];
        packet.get(text);
        return new Packet(id, type, clean(new String(text, StandardCharsets.UTF_8)), text.length);
    }

    /** Lines stay; nothing that a terminal or a log would take for a command does. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.chars().forEach(c -> clean.append(c == '\n' || c == '\t' || !Character.isISOControl(c) ? (char) c : ' '));
        return clean.toString();
    }

    /** Exactly so many bytes. */
    private ByteBuffer read(int count, long until) throws IOException {
        byte[] bytes = new byte[count];
        InputStream in = socket.getInputStream();
        for (int at = 0; at < count; ) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                throw new SocketTimeoutException("no time is left");
            }
            socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
            int read = in.read(bytes, at, count - at);
            if (read < 0) {
                throw new EOFException("end of stream");
            }
            at += read;
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private RconException silent(String what, IOException cause) {
        return new RconException(
            "The console at " + address + " did not answer " + what + " in time",
            "Look into the server's log whether it is stuck, and check that the port is really that of RCON.",
            cause
        );
    }

    private RconException hungUp(String when, IOException cause) {
        return new RconException(
            "The console at " + address + " hung up before " + when,
            "Look into the server's log; it may be stopping.",
            cause
        );
    }

    private RconException nonsense(String what) {
        return new RconException(
            "What listens at " + address + " does not speak RCON: " + what,
            "Check that rcon.port of the server is the port that it was defined with.",
            null
        );
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // There is nothing left to lose.
        }
    }
}
