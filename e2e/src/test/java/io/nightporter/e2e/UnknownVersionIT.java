package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.PacketCodec;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.State;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A version that no table knows goes through byte for byte, and so does everything on a server with passthrough. */
@Timeout(60)
class UnknownVersionIT {

    private static final int UNKNOWN = 9999;
    private static final int KNOWN = 767;
    private static final int MEBIBYTE = 1 << 20;

    @Test
    void anUnknownVersionReachesItsServerByteForByte() throws Exception {
        bytesArriveAsTheyWereSent(UNKNOWN, "");
    }

    @Test
    void passthroughTakesAKnownVersionByteForByteToo() throws Exception {
        bytesArriveAsTheyWereSent(KNOWN, "passthrough: true");
    }

    private static void bytesArriveAsTheyWereSent(int protocol, String serverSetting) throws Exception {
        byte[] upward = conversation(protocol, 3);
        byte[] downward = noise(MEBIBYTE, 4);
        try (
            var listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
            ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
            var proxy = NightporterProcess.start(
                "raw-" + protocol,
                ProxyConfig.with("onlineMode: false").server("raw", listener.getLocalPort(), serverSetting).yaml()
            )
        ) {
            Future<byte[]> heardByServer = threads.submit(() -> serve(listener, upward.length, downward));
            byte[] heardByClient = talk(proxy.port(), upward, downward.length);
            assertThat(heardByServer.get()).isEqualTo(upward);
            assertThat(heardByClient).isEqualTo(downward);
        }
    }

    /** Reads all that the client sends while it answers with bytes of its own, then hangs up. */
    private static byte[] serve(ServerSocket listener, int expected, byte[] answer)
        throws IOException, InterruptedException {
        try (Socket socket = listener.accept()) {
            Thread writer = Thread.ofVirtual().start(() -> write(socket, answer));
            byte[] heard = socket.getInputStream().readNBytes(expected);
            writer.join();
            return heard;
        }
    }

    private static byte[] talk(int port, byte[] bytes, int expected) throws IOException, InterruptedException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread writer = Thread.ofVirtual().start(() -> write(socket, bytes));
            InputStream in = socket.getInputStream();
            byte[] heard = in.readNBytes(expected);
            writer.join();
            assertThat(in.read()).as("the server's end of the connection arrives").isEqualTo(-1);
            return heard;
        }
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A handshake, and then what nobody but the server can understand. */
    private static byte[] conversation(int protocol, long seed) {
        ByteBuf payload = Unpooled.buffer();
        PacketCodec.encode(
            ProtocolVersions.builtIn().newest(),
            State.HANDSHAKE,
            Direction.SERVERBOUND,
            new Handshake(protocol, "raw.test", 25565, Handshake.LOGIN),
            payload
        );
        ByteBuf all = Unpooled.buffer();
        VarInts.write(all, payload.readableBytes());
        all.writeBytes(payload);
        all.writeBytes(noise(MEBIBYTE, seed));
        return ByteBufUtil.getBytes(all);
    }

    private static byte[] noise(int size, long seed) {
        byte[] bytes = new byte[size];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }
}
