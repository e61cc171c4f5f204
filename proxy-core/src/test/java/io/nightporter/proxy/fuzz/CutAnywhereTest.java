package io.nightporter.proxy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.packet.Handshake;
import io.nightporter.protocol.packet.LoginStart;
import io.nightporter.protocol.packet.Packet;
import io.nightporter.protocol.version.Direction;
import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.State;
import io.nightporter.proxy.forwarding.ProxyHeader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The network may cut what a decent client says at any place, and everything works all the same. */
@Timeout(120)
class CutAnywhereTest {

    private static final byte[] NO_HEADER = {};
    private static final byte[] TEXT_HEADER = "PROXY TCP4 203.0.113.7 127.0.0.1 4711 25565\r\n".getBytes(
        StandardCharsets.US_ASCII
    );
    private static final byte[] BINARY_HEADER = ProxyHeader.proxied(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 25_565)
    );

    @TempDir
    Path folder;

    @Test
    void aLoginCutInTwoAtAnyPlaceLeadsIntoTheGame() throws Exception {
        try (House house = new House(folder)) {
            for (byte[] header : List.of(NO_HEADER, TEXT_HEADER, BINARY_HEADER)) {
                for (int protocol : new int[] { 4, 340, 764, 777 }) {
                    ProtocolVersion version = House.version(protocol);
                    int length = header.length + hello(version, 0).length;
                    everywhere(length, cut -> logIn(house, version, joined(header, hello(version, cut)), cut));
                }
            }
        }
    }

    @Test
    void aStatusRequestCutInTwoAtAnyPlaceIsAnswered() throws Exception {
        try (House house = new House(folder)) {
            ProtocolVersion version = House.version(767);
            byte[] handshake = framed(
                version,
                State.HANDSHAKE,
                new Handshake(767, "house.test", 25_565, Handshake.STATUS)
            );
            byte[] all = joined(TEXT_HEADER, handshake, new byte[] { 1, 0 });
            everywhere(all.length, cut -> {
                try (Peer peer = inTwo(house, version, all, cut)) {
                    assertThat(peer.read().toString(StandardCharsets.UTF_8)).contains("\"players\"");
                }
            });
        }
    }

    private interface Attempt {
        void at(int cut) throws IOException;
    }

    /** Several at a time, since each waits for a moment in the middle. */
    private static void everywhere(int length, Attempt attempt) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> attempts = IntStream.range(1, length)
                .mapToObj(cut ->
                    threads.submit(() -> {
                        attempt.at(cut);
                        return cut;
                    })
                )
                .toList();
            for (Future<?> one : attempts) {
                one.get();
            }
        }
    }

    private static void logIn(House house, ProtocolVersion version, byte[] hello, int cut) throws IOException {
        try (Peer peer = inTwo(house, version, hello, cut)) {
            Guest.awaitLogin(peer);
            Guest.configure(peer);
            Guest.echo(peer, new byte[cut]);
        }
    }

    private static Peer inTwo(House house, ProtocolVersion version, byte[] bytes, int cut) throws IOException {
        Peer peer = Peer.client(house.offline(), "127.0.0.1", version);
        peer.stream(Arrays.copyOf(bytes, cut));
        try {
            // Long enough for the first part to arrive alone, far too short for any time-out.
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        peer.stream(Arrays.copyOfRange(bytes, cut, bytes.length));
        return peer;
    }

    /** Many come at the same time: each has a name of its own, all of them equally long. */
    private static byte[] hello(ProtocolVersion version, int number) {
        String name = "Cut" + (1000 + number);
        return joined(
            framed(version, State.HANDSHAKE, new Handshake(version.number(), "house.test", 25_565, Handshake.LOGIN)),
            framed(version, State.LOGIN, new LoginStart(name, Optional.empty(), Optional.of(new UUID(1, 2))))
        );
    }

    private static byte[] framed(ProtocolVersion version, State state, Packet packet) {
        byte[] payload = Samples.payload(version, state, Direction.SERVERBOUND, packet);
        return joined(new byte[] { (byte) payload.length }, payload);
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuf out = Unpooled.buffer();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return ByteBufUtil.getBytes(out);
    }
}
