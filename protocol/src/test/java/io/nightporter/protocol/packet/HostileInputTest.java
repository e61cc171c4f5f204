package io.nightporter.protocol.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.nightporter.protocol.packet.PacketSamples.Place;
import io.nightporter.protocol.version.ProtocolVersions;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class HostileInputTest {

    private static final List<Place> ALL = PacketSamples.places();

    /** What a decoder may allocate beside a multiple of what it was sent: exceptions, their messages, small lists. */
    private static final long FIXED_ALLOCATION = 64 * 1024;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Property(tries = 6_000)
    void arbitraryBytesAreReadOrRefusedButNothingElse(@ForAll("places") Place place, @ForAll byte[] bytes) {
        readOrRefuse(place, bytes);
    }

    @Property(tries = 6_000)
    void aPacketCutShortIsReadAsWhatItNowIsOrRefused(@ForAll("places") Place place, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] whole = ByteBufUtil.getBytes(place.encodeBody(place.sample(random)));
        if (whole.length > 0) {
            byte[] cut = new byte[random.nextInt(whole.length)];
            System.arraycopy(whole, 0, cut, 0, cut.length);
            readOrRefuse(place, cut);
        }
    }

    @Property(tries = 6_000)
    void aPacketWithChangedBytesIsReadOrRefused(@ForAll("places") Place place, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = ByteBufUtil.getBytes(place.encodeBody(place.sample(random)));
        for (int i = 0; i < 3 && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        readOrRefuse(place, bytes);
    }

    @Property(tries = 1_000)
    void aPacketThatGoesOnAfterItsEndIsRefused(@ForAll("places") Place place, @ForAll long seed) {
        Packet packet = place.sample(new Random(seed));
        ByteBuf body = place.encodeBody(packet).writeByte(0);
        if (endsWithBytesOfAnyNumber(packet)) {
            readOrRefuse(place, ByteBufUtil.getBytes(body));
        } else {
            assertThatThrownBy(() -> place.decodeBody(body))
                .isInstanceOf(BadPacketException.class)
                .hasMessageStartingWith(place.type().name() + ": ");
        }
    }

    private static boolean endsWithBytesOfAnyNumber(Packet packet) {
        return switch (packet) {
            case
                PluginMessage _,
                LoginPluginRequest _,
                LoginPluginResponse _,
                DeclareCommands _,
                ScoreboardObjective _,
                Team _ -> true;
            case PlayerInfoLegacy info -> !(
                info.change() instanceof PlayerInfoLegacy.Add || info.change() instanceof PlayerInfoLegacy.Remove
            );
            case PlayerInfoUpdate update -> (update.actions() & PlayerInfoUpdate.ADD) == 0;
            default -> false;
        };
    }

    @Test
    void aRefusalNamesThePacketAndCostsNoStackTrace() {
        ByteBuf body = Unpooled.wrappedBuffer(new byte[] { 1 });
        assertThatThrownBy(() ->
            PacketCodec.decode(ProtocolVersions.builtIn().newest(), KeepAlive.TYPE, body)
        ).isInstanceOfSatisfying(BadPacketException.class, e -> {
            assertThat(e).hasMessage("KeepAlive: a packet ended in the middle of a field");
            assertThat(e.reason()).isEqualTo("packet_too_short");
            assertThat(e.getStackTrace()).isEmpty();
            assertThat(e.getCause()).isNull();
        });
    }

    @Provide
    Arbitrary<Place> places() {
        return Arbitraries.of(ALL);
    }

    private static void readOrRefuse(Place place, byte[] bytes) {
        long limit = FIXED_ALLOCATION + 64L * bytes.length;
        // What is loaded or compiled on the first occasion does not count.
        if (allocatedBy(place, bytes) > limit) {
            assertThat(allocatedBy(place, bytes))
                .as("bytes allocated by %s for %d bytes", place, bytes.length)
                .isLessThanOrEqualTo(limit);
        }
        ByteBuf body = Unpooled.wrappedBuffer(bytes);
        try {
            Packet packet = place.decodeBody(body);
            assertThat(body.isReadable()).as("consumed by %s", place).isFalse();
            assertThat(packet).isInstanceOf(place.type().packetClass());
        } catch (BadPacketException e) {
            assertThat(e.reason()).matches("[a-z_]+");
        }
    }

    private static long allocatedBy(Place place, byte[] bytes) {
        ByteBuf body = Unpooled.wrappedBuffer(bytes);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            place.decodeBody(body);
        } catch (BadPacketException e) {
            // Either outcome is fine here.
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
