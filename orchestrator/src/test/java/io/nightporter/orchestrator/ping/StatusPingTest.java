package io.nightporter.orchestrator.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nightporter.orchestrator.ping.StatusPingException.Reason;
import io.nightporter.protocol.frame.VarInts;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StatusPingTest {

    private static final String JSON = "{\"description\":\"Grüße\",\"players\":{\"online\":3,\"max\":20}}";
    private static final Duration PATIENT = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(400);

    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stopListening() throws IOException {
        listener.close();
    }

    @Test
    void aServerTellsItsStatusAndHowFarAwayItIs() throws Exception {
        serve((in, out) -> {
            readFrame(in);
            readFrame(in);
            out.write(status(JSON));
            out.write(frame(readFrame(in)));
        });
        StatusPing.Answer answer = ping(PATIENT).ask();
        assertThat(answer.json()).isEqualTo(JSON);
        assertThat(answer.roundTrip()).isPositive();
    }

    @Test
    void theHandshakeSaysWhatItWasToldToSay() throws Exception {
        BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
        serve((in, out) -> {
            received.add(readFrame(in));
            received.add(readFrame(in));
            out.write(status(JSON));
        });
        ping(PATIENT).ask();
        ByteBuf handshake = Unpooled.wrappedBuffer(received.take());
        assertThat(VarInts.read(handshake)).isZero();
        assertThat(VarInts.read(handshake)).isEqualTo(765);
        assertThat(handshake.readCharSequence(VarInts.read(handshake), StandardCharsets.UTF_8)).hasToString(
            "play.example.org"
        );
        assertThat(handshake.readUnsignedShort()).isEqualTo(25_565);
        assertThat(VarInts.read(handshake)).isEqualTo(1);
        assertThat(handshake.isReadable()).isFalse();
        assertThat(received.take()).containsExactly(0);
    }

    @Test
    void theProxyHeaderComesFirst() throws Exception {
        BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
        serve((in, out) -> {
            received.add(in.readNBytes(16));
            readFrame(in);
            readFrame(in);
            out.write(status(JSON));
        });
        InetSocketAddress address = (InetSocketAddress) listener.getLocalSocketAddress();
        assertThat(new StatusPing(address, "h", 1, 765, PATIENT, true).ask().json()).isEqualTo(JSON);
        assertThat(received.take())
            .startsWith("\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII))
            .endsWith(0x20, 0, 0, 0);
    }

    @Test
    void aServerThatDoesNotPongHasAStatusAllTheSame() throws Exception {
        serve((in, out) -> {
            readFrame(in);
            out.write(status(JSON));
        });
        assertThat(ping(PATIENT).ask()).isEqualTo(new StatusPing.Answer(JSON, null));
    }

    @Test
    void aWrongPongIsNotMeasured() throws Exception {
        serve((in, out) -> {
            readFrame(in);
            readFrame(in);
            out.write(status(JSON));
            readFrame(in);
            out.write(frame(new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0 }));
        });
        assertThat(ping(PATIENT).ask()).isEqualTo(new StatusPing.Answer(JSON, null));
    }

    @Test
    void anAnswerMayComeInSmallPieces() throws Exception {
        serve((in, out) -> {
            for (byte b : status(JSON)) {
                out.write(b);
                out.flush();
                Thread.sleep(1);
            }
            readFrame(in);
        });
        assertThat(ping(PATIENT).ask().json()).isEqualTo(JSON);
    }

    @Test
    void nobodyListens() throws IOException {
        listener.close();
        assertFails(Reason.REFUSED, PATIENT, "connection refused");
    }

    @Test
    void aNameWithoutAddress() {
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 25_565);
        assertThatThrownBy(() -> new StatusPing(nowhere, "h", 1, 765, PATIENT, false).ask())
            .isInstanceOf(StatusPingException.class)
            .hasMessage("the name nowhere.invalid has no address");
    }

    @Test
    void aServerThatNeverAnswers() {
        serve((in, _) -> in.readAllBytes());
        assertFails(Reason.ANSWER_TIMED_OUT, SHORT, "connected, but no whole answer within 400 ms");
    }

    @Test
    void aServerThatDripsIsGivenUpAtTheSameMoment() {
        serve((_, out) -> {
            byte[] answer = status(JSON);
            for (int i = 0; i < answer.length - 1; i++) {
                out.write(answer[i]);
                out.flush();
                Thread.sleep(100);
            }
        });
        long start = System.nanoTime();
        assertFails(Reason.ANSWER_TIMED_OUT, SHORT, "connected, but no whole answer within 400 ms");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(3_000);
    }

    @Test
    void aServerThatHangsUp() {
        serve((in, _) -> readFrame(in));
        assertFails(Reason.CLOSED, PATIENT, null);
    }

    @Test
    void anAnswerThatBreaksOff() {
        serve((in, out) -> {
            readFrame(in);
            readFrame(in);
            byte[] answer = status(JSON);
            out.write(answer, 0, answer.length - 1);
        });
        assertFails(Reason.CLOSED, PATIENT, "connected, but it hung up before it had answered");
    }

    @Test
    void anAbsurdFrameLength() {
        serve((in, out) -> {
            out.write(new byte[] { -1, -1, -1, -1, 7 });
            in.readAllBytes();
        });
        assertFails(Reason.NONSENSE, PATIENT, "the answer is not a status: it begins with no frame length");
    }

    @Test
    void anEmptyFrame() {
        serve((in, out) -> {
            out.write(0);
            in.readAllBytes();
        });
        assertFails(Reason.NONSENSE, PATIENT, "the answer is not a status: it begins with a frame length of 0");
    }

    @Test
    void aTextLongerThanItsFrame() {
        serve((in, out) -> {
            out.write(frame(new byte[] { 0, 100, '{', '}' }));
            in.readAllBytes();
        });
        assertFails(
            Reason.NONSENSE,
            PATIENT,
            "the answer is not a status: StatusResponse: a packet ended in the middle of a field"
        );
    }

    @Test
    void aTextOfNegativeLength() {
        serve((in, out) -> {
            out.write(frame(new byte[] { 0, -1, -1, -1, -1, 0x0F }));
            in.readAllBytes();
        });
        assertFails(
            Reason.NONSENSE,
            PATIENT,
            "the answer is not a status: StatusResponse: a text of -1 bytes where 262144 characters are allowed"
        );
    }

    @Test
    void aTextThatIsTooLong() {
        serve((in, out) -> {
            out.write(status("x".repeat(262_145)));
            in.readAllBytes();
        });
        assertFails(
            Reason.NONSENSE,
            PATIENT,
            "the answer is not a status: StatusResponse: a text of 262145 characters where 262144 are allowed"
        );
    }

    @Test
    void aWebServer() {
        serve((in, out) -> {
            out.write(("HTTP/1.1 400 Bad Request\r\n" + "X: y\r\n".repeat(20)).getBytes(StandardCharsets.US_ASCII));
            in.readAllBytes();
        });
        assertFails(Reason.NONSENSE, PATIENT, "the answer is not a status: it begins with packet 84");
    }

    private void assertFails(Reason reason, Duration timeout, @Nullable String message) {
        var failure = assertThatThrownBy(() -> ping(timeout).ask());
        if (message != null) {
            failure.hasMessage(message);
        }
        failure.asInstanceOf(type(StatusPingException.class)).extracting(StatusPingException::reason).isEqualTo(reason);
    }

    private StatusPing ping(Duration timeout) {
        InetSocketAddress address = new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
        return new StatusPing(address, "play.example.org", 25_565, 765, timeout, false);
    }

    /** What a server does with its one connection, which is closed afterwards. */
    private interface Script {
        void run(DataInputStream in, OutputStream out) throws IOException, InterruptedException;
    }

    private void serve(Script script) {
        Thread.startVirtualThread(() -> {
            try (Socket socket = listener.accept()) {
                script.run(new DataInputStream(socket.getInputStream()), socket.getOutputStream());
            } catch (IOException | InterruptedException _) {
                // the client has seen enough
            }
        });
    }

    private static byte[] readFrame(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte();
        return in.readNBytes(length);
    }

    private static byte[] status(String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        ByteBuf packet = Unpooled.buffer();
        packet.writeByte(0);
        VarInts.write(packet, text.length);
        packet.writeBytes(text);
        return frame(bytes(packet));
    }

    private static byte[] frame(byte[] content) {
        ByteBuf frame = Unpooled.buffer();
        VarInts.write(frame, content.length);
        return bytes(frame.writeBytes(content));
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }
}
