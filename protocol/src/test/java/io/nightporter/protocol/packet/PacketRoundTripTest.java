package io.nightporter.protocol.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.nightporter.protocol.frame.VarInts;
import io.nightporter.protocol.packet.PacketSamples.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.junit.jupiter.api.Test;

class PacketRoundTripTest {

    /** How many there were with 26.3 as the newest version; every version and every record adds some. */
    private static final int AT_LEAST_PLACES = 2_846;

    private static final int SAMPLES = 12;

    private static final List<Place> ALL = PacketSamples.places();

    @Test
    void everyPacketComesBackAsItWasInEveryVersionThatHasIt() {
        Set<String> visited = new HashSet<>();
        Set<String> fields = new TreeSet<>();
        Set<String> onTheWire = new TreeSet<>();
        for (Place place : ALL) {
            fieldsComeBackOrAreNotOnTheWire(place, fields, onTheWire);
            visited.add(place.toString());
        }
        assertThat(visited).hasSameSizeAs(ALL).hasSizeGreaterThanOrEqualTo(AT_LEAST_PLACES);
        fields.removeAll(onTheWire);
        assertThat(fields).as("fields that are on the wire in no version").isEmpty();
    }

    @Test
    void everyRecordIsAPacketOfSomeVersion() {
        assertThat(ALL.stream().map(Place::type).distinct()).containsExactlyInAnyOrderElementsOf(PacketTypes.ALL);
    }

    @Property(tries = 4_000)
    void whatWasReadIsWrittenAsTheSameBytes(@ForAll("packets") Tuple2<Place, Packet> example) {
        Place place = example.get1();
        ByteBuf written = place.encode(example.get2());
        byte[] bytes = ByteBufUtil.getBytes(written);
        int id = VarInts.read(written);
        assertThat(PacketCodec.typeOf(place.version(), place.state(), place.direction(), id)).isSameAs(place.type());
        Packet read = place.decodeBody(written);
        assertThat(written.isReadable()).isFalse();
        assertThat(ByteBufUtil.getBytes(place.encode(read))).isEqualTo(bytes);
        assertThat(place.decodeBody(place.encodeBody(read))).isEqualTo(read);
    }

    @Provide
    Arbitrary<Tuple2<Place, Packet>> packets() {
        return Arbitraries.of(ALL).flatMap(place ->
            Arbitraries.randomValue(random -> Tuple.of(place, place.sample(random)))
        );
    }

    /** Over all samples a value is either always what was written, or always the same, as this version lacks it. */
    private static void fieldsComeBackOrAreNotOnTheWire(Place place, Set<String> fields, Set<String> onTheWire) {
        Random random = new Random(place.toString().hashCode());
        List<Map<String, String>> written = new ArrayList<>();
        List<Map<String, String>> read = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < SAMPLES; i++) {
            Packet packet = place.sample(random);
            written.add(PacketFields.of(packet));
            read.add(PacketFields.of(place.decodeBody(place.encodeBody(packet))));
            names.addAll(written.getLast().keySet());
            names.addAll(read.getLast().keySet());
        }
        for (String name : names) {
            String field = fieldOf(place, name);
            fields.add(field);
            List<String> before = written
                .stream()
                .map(values -> values.getOrDefault(name, "-"))
                .toList();
            List<String> after = read
                .stream()
                .map(values -> values.getOrDefault(name, "-"))
                .toList();
            if (isRead(before, after) || name.endsWith(".kind")) {
                assertThat(after).as("%s %s", place, name).isEqualTo(before);
                onTheWire.add(field);
            }
        }
    }

    /** Whether more than one value was read. In an element of a list, which may be missing, that is not enough. */
    private static boolean isRead(List<String> before, List<String> after) {
        Set<String> values = Set.copyOf(after);
        return values.size() > 1 && (after.equals(before) || !values.equals(Set.of("-", "absent")));
    }

    /** The record, or the field that holds the structure, and the field's own name, without places in lists. */
    private static String fieldOf(Place place, String name) {
        String path = place.type().packetClass().getSimpleName() + "." + name.replaceAll("\\.\\d+", "");
        String[] parts = path.split("\\.");
        return parts[parts.length - 2] + "." + parts[parts.length - 1];
    }
}
