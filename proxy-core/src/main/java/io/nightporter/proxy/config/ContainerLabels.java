package io.nightporter.proxy.config;

import io.nightporter.orchestrator.driver.Labels;
import io.nightporter.proxy.yaml.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the labels of a container say about a server.
 *
 * @param server its name
 * @param keys those of its entry, with dots before the keys of blocks within
 */
record ContainerLabels(String server, String container, Map<String, String> keys) {
    /** Above all keys, for problems. */
    static final String PLACE = "nightporter";

    private static final String PREFIX = PLACE + ".";
    private static final String NAME = "name";
    private static final Map<String, String> SHORT = Map.of(
        "host",
        FleetKeys.HOSTS.name(),
        "port",
        WorkloadKeys.GAME_PORT.name()
    );
    private static final Set<String> OURS = Set.of(Labels.FLEET, Labels.SERVER, Labels.INSTANCE, Labels.SPEC);

    /** What a label cannot say, because the container is what it is. */
    private static final Set<String> NOT_BY_LABEL = Set.of(
        FleetKeys.ADDRESS.name(),
        WorkloadKeys.IMAGE.name(),
        WorkloadKeys.CONTAINER.name(),
        WorkloadKeys.COMMAND.name(),
        WorkloadKeys.REMOTE.name(),
        WorkloadKeys.NODE.name()
    );

    static ContainerLabels of(String container, Map<String, String> labels) {
        Map<String, String> keys = new TreeMap<>();
        labels.forEach((label, value) -> {
            if (label.startsWith(PREFIX) && !OURS.contains(label)) {
                String key = label.substring(PREFIX.length());
                keys.put(SHORT.getOrDefault(key, key), value);
            }
        });
        String bare = container.startsWith("/") ? container.substring(1) : container;
        String name = keys.remove(NAME);
        return new ContainerLabels(name == null ? nameFrom(bare) : name.strip(), bare, keys);
    }

    private static String nameFrom(String container) {
        String name = container
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9_.-]", "-")
            .replaceFirst("^[^a-z0-9]+", "");
        return name.substring(0, Math.min(name.length(), 63));
    }

    /** The entry that stands for the container; labels that nobody may set are reported. */
    Node.Mapping entry(String node, Reading reading) {
        Map<String, Object> tree = new TreeMap<>();
        keys.forEach((key, value) -> {
            if (NOT_BY_LABEL.contains(key)) {
                reading.error(0, PREFIX + key, "cannot be set by a label; remove it");
            } else if (!put(tree, List.of(key.split("\\.", -1)), value)) {
                reading.error(0, PREFIX + key, "stands beside a label for the block that it is in; remove one of them");
            }
        });
        tree.put(WorkloadKeys.CONTAINER.name(), container);
        tree.put(WorkloadKeys.NODE.name(), node);
        return mapping(tree, FleetKeys.SERVER);
    }

    @SuppressWarnings("unchecked") // the maps within are ours
    private static boolean put(Map<String, Object> tree, List<String> path, String value) {
        if (path.size() == 1) {
            return tree.putIfAbsent(path.getFirst(), value) == null;
        }
        Object inner = tree.computeIfAbsent(path.getFirst(), _ -> new TreeMap<String, Object>());
        return inner instanceof Map && put((Map<String, Object>) inner, path.subList(1, path.size()), value);
    }

    @SuppressWarnings("unchecked") // the maps within are ours
    private static Node.Mapping mapping(Map<String, Object> tree, @Nullable Block block) {
        List<Node.Entry> entries = new ArrayList<>();
        tree.forEach((name, value) -> {
            Key<?> key = key(block, name);
            Node node =
                value instanceof Map
                    ? mapping(
                          (Map<String, Object>) value,
                          key != null && key.type() instanceof Block inner ? inner : null
                      )
                    : value(String.valueOf(value), key);
            entries.add(new Node.Entry(0, name, node));
        });
        return new Node.Mapping(0, List.copyOf(entries));
    }

    private static @Nullable Key<?> key(@Nullable Block block, String name) {
        return block == null
            ? null
            : block
                  .keys()
                  .stream()
                  .filter(key -> key.name().equals(name))
                  .findFirst()
                  .orElse(null);
    }

    /** Where a list may stand, commas separate its values. */
    private static Node value(String text, @Nullable Key<?> key) {
        ValueType<?> type = key == null ? null : key.type();
        if (type instanceof Block block && block.shorthand() != null) {
            type = block.shorthand().type();
        }
        if (type == null || !Values.takesLists(type) || text.indexOf(',') < 0) {
            return new Node.Scalar(0, text.strip(), true);
        }
        List<Node> items = Arrays.stream(text.split(","))
            .map(item -> (Node) new Node.Scalar(0, item.strip(), true))
            .toList();
        return new Node.Sequence(0, items);
    }
}
