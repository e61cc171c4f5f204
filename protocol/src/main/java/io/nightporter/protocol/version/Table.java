package io.nightporter.protocol.version;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text form of packet ids, read strictly. Two kinds of lines, in any order, beside empty ones and comments:
 *
 * <pre>
 * version 778 26.4
 * play clientbound JoinGame: 4=0x01 107=0x23 393=x   # "from that protocol on"; x: absent
 * </pre>
 *
 * <p>A version has the ids of the one before it, except where a line says otherwise. A table that extends another one
 * may only speak of versions that it declares itself, and only of packets that the other one knows, so that a slip of
 * the pen is an error and not a packet that nobody ever looks for.
 */
final class Table {

    /** The packets of one state and direction have ids of their own. */
    record Place(State state, Direction direction) {
        @Override
        public String toString() {
            return (state.name() + " " + direction.name()).toLowerCase(Locale.ROOT);
        }
    }

    record Packet(Place place, String name) {
        @Override
        public String toString() {
            return place + " " + name;
        }
    }

    /** @param id -1: absent from this version on */
    private record Change(int id, int line) {}

    private record Declared(String name, int line) {}

    private static final Pattern VERSION = Pattern.compile("version\\s+(\\S+)\\s+(\\S+)");
    private static final Pattern PACKET = Pattern.compile("(\\w+)\\s+(\\w+)\\s+([A-Za-z]\\w*)\\s*:\\s*(.*)");
    private static final Pattern CHANGE = Pattern.compile("(\\d{1,10})=(x|0x([0-9A-Fa-f]{1,3}))");

    private final String source;
    private final TreeMap<Integer, Declared> versions = new TreeMap<>();
    private final Map<Packet, TreeMap<Integer, Change>> changes = new HashMap<>();

    private Table(String source) {
        this.source = source;
    }

    /**
     * @param source what messages call this table: its path
     * @throws VersionTableException naming {@code source} and the line
     */
    static Table parse(String source, List<String> lines) {
        Table table = new Table(source);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int comment = line.indexOf('#');
            String text = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (!text.isEmpty()) {
                table.readLine(text, i + 1);
            }
        }
        table.checkChangesAreOfDeclaredVersions();
        return table;
    }

    /**
     * @param earlier the versions that are known already, by number; not changed
     * @return those and the ones of this table
     */
    NavigableMap<Integer, ProtocolVersion> addTo(NavigableMap<Integer, ProtocolVersion> earlier) {
        NavigableMap<Integer, ProtocolVersion> all = new TreeMap<>(earlier);
        if (!earlier.isEmpty()) {
            checkPacketsAreKnown(earlier);
        }
        versions.forEach((number, declared) -> {
            ProtocolVersion clash = earlier.get(number);
            if (clash != null) {
                throw error(declared.line, "protocol " + number + " is known already, as " + clash.name());
            }
            for (String release : releasesOf(declared)) {
                for (ProtocolVersion other : all.values()) {
                    if (other.releases().contains(release)) {
                        throw error(declared.line, release + " is known already, with protocol " + other.number());
                    }
                }
            }
            Map.Entry<Integer, ProtocolVersion> before = all.lowerEntry(number);
            all.put(number, new ProtocolVersion(number, declared.name, idsOf(number, before)));
        });
        return all;
    }

    private void readLine(String text, int line) {
        Matcher version = VERSION.matcher(text);
        if (version.matches()) {
            readVersion(version.group(1), version.group(2), line);
            return;
        }
        Matcher packet = PACKET.matcher(text);
        if (!packet.matches()) {
            throw error(
                line,
                "expected \"version NUMBER NAME\" or \"STATE DIRECTION PACKET: PROTOCOL=ID …\" but found: " + text
            );
        }
        Place place = new Place(
            constant(State.class, packet.group(1), "state", line),
            constant(Direction.class, packet.group(2), "direction", line)
        );
        readChanges(new Packet(place, packet.group(3)), packet.group(4), line);
    }

    private void readVersion(String number, String name, int line) {
        int protocol;
        try {
            protocol = Integer.parseInt(number);
        } catch (NumberFormatException e) {
            protocol = -1;
        }
        if (protocol < 0) {
            throw error(line, number + " is not a protocol number");
        }
        Declared declared = new Declared(name, line);
        releasesOf(declared);
        Declared earlier = versions.put(protocol, declared);
        if (earlier != null) {
            throw error(line, "protocol " + protocol + " is declared twice; first in line " + earlier.line);
        }
    }

    private void readChanges(Packet packet, String text, int line) {
        if (changes.containsKey(packet)) {
            throw error(line, packet + " has a line already; put all its ids into one");
        }
        TreeMap<Integer, Change> ofPacket = new TreeMap<>();
        if (text.isEmpty()) {
            throw error(line, packet + " has no ids; write for example 778=0x2C, or 778=x where it was removed");
        }
        for (String word : text.split("\\s+")) {
            Matcher change = CHANGE.matcher(word);
            if (!change.matches()) {
                throw error(line, word + " is not of the form PROTOCOL=0xID or PROTOCOL=x");
            }
            int protocol;
            try {
                protocol = Integer.parseInt(change.group(1));
            } catch (NumberFormatException e) {
                throw error(line, change.group(1) + " is not a protocol number");
            }
            if (!ofPacket.isEmpty() && ofPacket.lastKey() >= protocol) {
                throw error(
                    line,
                    "protocol " + protocol + " stands after " + ofPacket.lastKey() + "; sort them upwards"
                );
            }
            int id = change.group(3) == null ? -1 : Integer.parseInt(change.group(3), 16);
            if (id > ProtocolVersion.MAX_ID) {
                throw error(line, change.group(2) + " is too large for a packet id");
            }
            ofPacket.put(protocol, new Change(id, line));
        }
        changes.put(packet, ofPacket);
    }

    private void checkChangesAreOfDeclaredVersions() {
        changes.forEach((packet, ofPacket) ->
            ofPacket.forEach((protocol, change) -> {
                if (!versions.containsKey(protocol)) {
                    throw error(
                        change.line,
                        packet + " names protocol " + protocol + ", which has no \"version\" line in this file"
                    );
                }
            })
        );
    }

    private void checkPacketsAreKnown(NavigableMap<Integer, ProtocolVersion> earlier) {
        changes.forEach((packet, ofPacket) -> {
            boolean known = earlier
                .values()
                .stream()
                .anyMatch(version -> version.has(packet.place.state, packet.place.direction, packet.name));
            if (!known) {
                throw error(
                    ofPacket.firstEntry().getValue().line,
                    packet + " is not a packet that Nightporter knows; leave packets out that it does not name itself"
                );
            }
        });
    }

    private Map<Place, Map<String, Integer>> idsOf(int number, Map.@Nullable Entry<Integer, ProtocolVersion> before) {
        Map<Place, Map<String, Integer>> ids = new HashMap<>();
        for (State state : State.values()) {
            for (Direction direction : Direction.values()) {
                Map<String, Integer> inherited = before == null ? Map.of() : before.getValue().ids(state, direction);
                ids.put(new Place(state, direction), new HashMap<>(inherited));
            }
        }
        for (Map.Entry<Packet, TreeMap<Integer, Change>> entry : changes.entrySet()) {
            Change change = entry.getValue().get(number);
            if (change != null) {
                Packet packet = entry.getKey();
                Map<String, Integer> ofPlace = ids.computeIfAbsent(packet.place, place -> new HashMap<>());
                if (change.id < 0) {
                    ofPlace.remove(packet.name);
                } else {
                    ofPlace.put(packet.name, change.id);
                }
            }
        }
        ids.forEach((place, ofPlace) -> checkIdsDiffer(number, place, ofPlace));
        return ids;
    }

    private void checkIdsDiffer(int number, Place place, Map<String, Integer> ids) {
        Map<Integer, String> seen = new TreeMap<>();
        ids.forEach((name, id) -> {
            String other = seen.put(id, name);
            if (other != null) {
                String moved = changeOf(place, name, number) != null ? name : other;
                String stayed = moved.equals(name) ? other : name;
                Change change = changeOf(place, moved, number);
                throw error(
                    change == null ? 0 : change.line,
                    "in protocol %d both %s %s and %s have the id 0x%02X; does %s need a new id as well?".formatted(
                        number,
                        place,
                        moved,
                        stayed,
                        id,
                        stayed
                    )
                );
            }
        });
    }

    private @Nullable Change changeOf(Place place, String name, int number) {
        TreeMap<Integer, Change> ofPacket = changes.get(new Packet(place, name));
        return ofPacket == null ? null : ofPacket.get(number);
    }

    private List<String> releasesOf(Declared declared) {
        try {
            return ReleaseNames.covered(declared.name);
        } catch (IllegalArgumentException e) {
            throw error(declared.line, String.valueOf(e.getMessage()));
        }
    }

    private <E extends Enum<E>> E constant(Class<E> type, String word, String kind, int line) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
                return constant;
            }
        }
        StringBuilder known = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            known.append(known.isEmpty() ? "" : ", ").append(constant.name().toLowerCase(Locale.ROOT));
        }
        throw error(line, word + " is not a " + kind + "; known are " + known);
    }

    private VersionTableException error(int line, String message) {
        return new VersionTableException(source + ":" + line + ": " + message);
    }
}
