package io.nightporter.orchestrator.rcon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.model.Rcon;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RconConsoleTest {

    private static final String PASSWORD = "öpen-sesame";
    private static final Duration SHORT = Duration.ofMillis(500);

    /** A packet as it came. */
    private record Request(int id, int type, String text) {}

    private interface Script {
        void play(DataInputStream in, OutputStream out) throws IOException;
    }

    @TempDir
    Path folder;

    private ServerSocket listener;
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Files.writeString(folder.resolve("rcon.secret"), PASSWORD + "\nanother line\n");
    }

    @AfterEach
    void stopListening() throws IOException {
        listener.close();
    }

    private void serve(Script script) {
        Thread.ofVirtual().start(() -> {
            try (Socket socket = listener.accept()) {
                script.play(new DataInputStream(socket.getInputStream()), socket.getOutputStream());
            } catch (IOException _) {
                // The client has gone.
            }
        });
    }

    private Request read(DataInputStream in) throws IOException {
        int length = Integer.reverseBytes(in.readInt());
        ByteBuffer packet = ByteBuffer.wrap(in.readNBytes(length)).order(ByteOrder.LITTLE_ENDIAN);
        int id = packet.getInt();
        int type = packet.getInt();
        var request = new Request(id, type, new String(packet.array(), 8, length - 10, StandardCharsets.UTF_8));
        requests.add(request);
        return request;
    }

    private static byte[] packet(int id, int type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(bytes.length + 14)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(bytes.length + 10)
            .putInt(id)
            .putInt(type)
            .put(bytes)
            .array();
    }

    private Request loggedIn(DataInputStream in, OutputStream out) throws IOException {
        out.write(packet(read(in).id(), 2, ""));
        return read(in);
    }

    private String type(Duration timeout, String command) throws IOException {
        return new RconConsole(folder, timeout).type(
            new HostAndPort("127.0.0.1", listener.getLocalPort()),
            new Rcon(25_575, "rcon.secret"),
            command
        );
    }

    private String type() throws IOException {
        return type(Duration.ofSeconds(20), "save-all flush");
    }

    /** It says what to do, and nowhere what the password is. */
    private static void fails(ThrowingCallable call, String... words) {
        assertThatThrownBy(call)
            .isInstanceOf(RconException.class)
            .hasMessageContainingAll(words)
            .satisfies(thrown -> {
                StringWriter all = new StringWriter();
                thrown.printStackTrace(new PrintWriter(all));
                assertThat(all.toString()).doesNotContain(PASSWORD);
            });
    }

    @Test
    void aCommandIsTypedAndAnswered() throws Exception {
        serve((in, out) -> out.write(packet(loggedIn(in, out).id(), 0, "Saved the game\nÜber alles §a\u001B[31m")));
        assertThat(type()).isEqualTo("Saved the game\nÜber alles §a [31m");
        Request login = requests.take();
        Request command = requests.take();
        assertThat(login.type()).isEqualTo(3);
        assertThat(login.text()).isEqualTo(PASSWORD);
        assertThat(command.type()).isEqualTo(2);
        assertThat(command.text()).isEqualTo("save-all flush");
        assertThat(requests).isEmpty();
    }

    @Test
    void bytesMayComeOneByOne() throws Exception {
        serve((in, out) -> {
            byte[] answer = packet(loggedIn(in, out).id(), 0, "slow");
            for (byte b : answer) {
                out.write(b);
                out.flush();
            }
        });
        assertThat(type()).isEqualTo("slow");
    }

    @Test
    void anEmptyAnswerBeforeTheLoginsIsPassedOver() throws Exception {
        serve((in, out) -> {
            Request login = read(in);
            out.write(packet(login.id(), 0, ""));
            out.write(packet(login.id(), 2, ""));
            out.write(packet(read(in).id(), 0, "done"));
        });
        assertThat(type()).isEqualTo("done");
    }

    @Test
    void aLongAnswerIsPutTogether() throws Exception {
        // As Minecraft does: so many characters each, whose bytes are more.
        String part = "ä".repeat(4_096);
        serve((in, out) -> {
            Request command = loggedIn(in, out);
            out.write(packet(command.id(), 0, part));
            Request more = read(in);
            out.write(packet(command.id(), 0, part));
            out.write(packet(command.id(), 0, "end"));
            out.write(packet(more.id(), 0, "Unknown request 64"));
        });
        assertThat(type()).isEqualTo(part + part + "end");
    }

    @Test
    void aLongAnswerWhoseEndNobodySaysIsTakenAsFarAsItCame() throws Exception {
        serve((in, out) -> {
            out.write(packet(loggedIn(in, out).id(), 0, "x".repeat(4_096)));
            read(in);
            read(in);
        });
        assertThat(type(SHORT.multipliedBy(2), "help")).hasSize(4_096);
    }

    @Test
    void aWrongPasswordIsSaidAndNotShown() {
        serve((in, out) -> {
            read(in);
            out.write(packet(-1, 2, ""));
        });
        fails(this::type, "refused the password", "rcon.passwordFile");
    }

    @Test
    void silenceEndsAtTheTimeOut() {
        serve((in, _) -> {
            read(in);
            read(in);
        });
        fails(() -> type(SHORT, "list"), "did not answer the login in time");
    }

    @Test
    void silenceAfterACommandLeavesOpenWhatItDid() {
        serve((in, out) -> {
            loggedIn(in, out);
            read(in);
        });
        fails(() -> type(SHORT, "list"), "may have been executed");
    }

    @Test
    void theTimeOutCoversBytesThatTrickle() {
        serve((in, out) -> {
            byte[] answer = packet(loggedIn(in, out).id(), 0, "x".repeat(4_000));
            for (byte b : answer) {
                out.write(b);
                out.flush();
                LockSupport.parkNanos(20_000_000);
            }
        });
        long before = System.nanoTime();
        fails(() -> type(SHORT, "list"), "in time");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void impossibleLengthsAreNoRcon() {
        for (int length : new int[] { -1, Integer.MIN_VALUE, 0, 9, 12_299, Integer.MAX_VALUE }) {
            serve((in, out) -> {
                read(in);
                out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
                read(in);
            });
            fails(this::type, "does not speak RCON", "packet of " + length + " bytes", "rcon.port");
        }
    }

    @Test
    void endlessPartsHaveAnEnd() {
        serve((in, out) -> {
            Request command = loggedIn(in, out);
            byte[] part = packet(command.id(), 0, "x".repeat(4_096));
            while (true) {
                out.write(part);
            }
        });
        fails(this::type, "does not speak RCON", "more than 1048576 characters");
    }

    @Test
    void anAnswerThatNobodyAskedForIsNoRcon() {
        serve((in, out) -> {
            loggedIn(in, out);
            out.write(packet(77, 0, "surprise"));
        });
        fails(this::type, "the id 77");
        serve((in, out) -> {
            read(in);
            out.write(packet(78, 2, ""));
        });
        fails(this::type, "id 78");
    }

    @Test
    void hangingUpIsSaid() {
        serve((in, _) -> read(in));
        fails(this::type, "hung up before it had answered the login");
        serve((in, out) -> loggedIn(in, out));
        fails(this::type, "hung up before it had answered the command", "may have been executed");
    }

    @Test
    void whereNobodyListensItIsSaidWhatToSetUp() throws Exception {
        listener.close();
        fails(this::type, "cannot be reached", "enable-rcon=true");
    }

    @Test
    void aPasswordFileThatIsNotThereOrEmptyIsSaid() throws Exception {
        Files.writeString(folder.resolve("rcon.secret"), "\n" + PASSWORD);
        fails(this::type, "rcon.secret has no password in its first line");
        Files.delete(folder.resolve("rcon.secret"));
        fails(this::type, "rcon.secret cannot be read");
    }

    @Test
    void aCommandIsOneLineOfBoundedLength() {
        fails(() -> type(SHORT, "say hi\nop mallory"), "one line");
        fails(() -> type(SHORT, "ü".repeat(724)), "1446 bytes");
    }
}
