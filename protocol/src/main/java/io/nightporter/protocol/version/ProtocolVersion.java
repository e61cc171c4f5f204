package io.nightporter.protocol.version;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One protocol: its number, the releases that speak it and the ids of the packets that the tables name.
 *
 * <p>Immutable; made by {@link ProtocolVersions} only, so two instances of the same set are the same object.
 */
public final class ProtocolVersion {

    /** Above every id that a release has used so far, with room to grow. */
    static final int MAX_ID = 0x3FF;

    private final int number;
    private final String name;
    private final List<String> releases;
    private final Map<State, Map<Direction, Ids>> ids = new EnumMap<>(State.class);

    /** Packet name to id and back, for one state and direction. */
    private record Ids(Map<String, Integer> byName, List<String> byId) {}

    ProtocolVersion(int number, String name, Map<Table.Place, Map<String, Integer>> ids) {
        this.number = number;
        this.name = name;
        this.releases = ReleaseNames.covered(name);
        for (State state : State.values()) {
            Map<Direction, Ids> ofState = new EnumMap<>(Direction.class);
            for (Direction direction : Direction.values()) {
                ofState.put(direction, index(ids.getOrDefault(new Table.Place(state, direction), Map.of())));
            }
            this.ids.put(state, ofState);
        }
    }

    /** The number in the handshake, such as 766. */
    public int number() {
        return number;
    }

    /** The releases that speak this protocol, as one word: {@code 1.20.5-1.20.6}. */
    public String name() {
        return name;
    }

    /** All releases that speak this protocol, oldest first. */
    public List<String> releases() {
        return releases;
    }

    /** The newest release that speaks this protocol. */
    public String newestRelease() {
        return releases.getLast();
    }

    /** The id of the packet in this protocol; -1 when this protocol has no such packet. */
    public int id(State state, Direction direction, String packetName) {
        Integer id = at(state, direction).byName.get(packetName);
        return id == null ? -1 : id;
    }

    /** The packet that has this id in this protocol; null when the tables don't name it. */
    public @Nullable String packetName(State state, Direction direction, int id) {
        List<String> names = at(state, direction).byId;
        if (id < 0 || id >= names.size()) {
            return null;
        }
        String packetName = names.get(id);
        return packetName.isEmpty() ? null : packetName;
    }

    public boolean has(State state, Direction direction, String packetName) {
        return id(state, direction, packetName) >= 0;
    }

    /** Packet name to id. */
    Map<String, Integer> ids(State state, Direction direction) {
        return at(state, direction).byName;
    }

    @Override
    public String toString() {
        return name + " (protocol " + number + ")";
    }

    private Ids at(State state, Direction direction) {
        // Every pair is filled in by the constructor.
        return Objects.requireNonNull(Objects.requireNonNull(ids.get(state)).get(direction));
    }

    private static Ids index(Map<String, Integer> byName) {
        int highest = byName.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
        String[] byId = new String[highest + 1];
        Arrays.fill(byId, "");
        byName.forEach((packetName, id) -> byId[id] = packetName);
        return new Ids(Map.copyOf(byName), List.of(byId));
    }
}
