package io.nightporter.proxy.config;

import io.nightporter.proxy.config.Values.Located;
import io.nightporter.proxy.yaml.YamlSyntaxException;
import io.nightporter.proxy.yaml.YamlText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The nodes, servers and networks of the configuration file and of those that it includes, each by its name. */
final class FleetFiles {

    private final Map<String, Section> nodes = new LinkedHashMap<>();
    private final Map<String, Section> servers = new LinkedHashMap<>();
    private final Map<String, Section> networks = new LinkedHashMap<>();

    private boolean unreadable;

    private FleetFiles() {}

    static FleetFiles read(Section fleet) {
        FleetFiles all = new FleetFiles();
        all.add(fleet);
        all.include(fleet);
        return all;
    }

    private void include(Section fleet) {
        Reading reading = fleet.place().reading();
        Set<Path> files = new LinkedHashSet<>();
        for (Located<String> written : ConfigurationReader.orEmpty(fleet.optional(FleetKeys.INCLUDE))) {
            try {
                files.addAll(named(reading, written.value()));
            } catch (IllegalArgumentException e) {
                fleet
                    .place()
                    .at(FleetKeys.INCLUDE.name(), written.line())
                    .error(written.line(), String.valueOf(e.getMessage()));
            }
        }
        files.remove(reading.file().normalize());
        files.forEach(file -> include(reading, file));
    }

    private static List<Path> named(Reading reading, String written) {
        if (!FilePattern.isPattern(written)) {
            return List.of(ReferencedFiles.existing(reading.refer(written), written));
        }
        FilePattern pattern = FilePattern.of(reading.file(), written);
        reading.watch(new Watched.Matches(pattern));
        return pattern.files();
    }

    private void include(Reading reading, Path file) {
        reading.watch(new Watched.File(file));
        Reading there = reading.in(file);
        try {
            Section section = FleetKeys.INCLUDED.read(YamlText.read(file), new Place(there, 1, ""));
            if (section != null) {
                add(section);
            }
        } catch (YamlSyntaxException e) {
            there.error(e.line(), "", String.valueOf(e.getMessage()));
        }
    }

    private void add(Section section) {
        add(section, FleetKeys.NODES, nodes);
        add(section, FleetKeys.SERVERS, servers);
        add(section, FleetKeys.NETWORKS, networks);
    }

    private void add(Section section, Key<Map<String, Section>> key, Map<String, Section> all) {
        Map<String, Section> more = section.optional(key);
        if (more == null) {
            unreadable |= section.has(key);
            return;
        }
        more.forEach((name, entry) -> {
            Section earlier = all.putIfAbsent(name, entry);
            if (earlier != null) {
                Place place = entry.place();
                place.error(
                    place.line(),
                    "has the same name as the one " + earlier.place().seenFrom(place) + "; call one of them otherwise"
                );
            }
        });
    }

    /** Whether one of the blocks is none, which has been reported. */
    boolean unreadable() {
        return unreadable;
    }

    Map<String, Section> nodes() {
        return nodes;
    }

    Map<String, Section> servers() {
        return servers;
    }

    Map<String, Section> networks() {
        return networks;
    }
}
