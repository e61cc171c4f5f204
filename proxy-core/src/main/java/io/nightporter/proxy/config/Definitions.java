package io.nightporter.proxy.config;

import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.protocol.version.VersionTableException;
import io.nightporter.proxy.yaml.Node;
import io.nightporter.proxy.yaml.YamlSyntaxException;
import io.nightporter.proxy.yaml.YamlText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries of {@code fleet.nodes} and {@code fleet.servers} that do not stand in the configuration file: what the API
 * and commands say, and the labels of containers. The keys and the errors are the same. Texts are YAML or JSON; paths in them are
 * relative to the folder of the configuration file.
 *
 * <p>Whether a node exists that is not in the configuration file is for the fleet to say. Safe for all threads.
 */
public final class Definitions {

    private final Configuration around;

    /** Several entries of one text. */
    public record Batch(List<NodeDefinition> nodes, List<ServerDefinition> servers) {
        public Batch {
            nodes = List.copyOf(nodes);
            servers = List.copyOf(servers);
        }
    }

    /** @param around what holds for all servers, and the nodes that are known */
    public Definitions(Configuration around) {
        this.around = around;
    }

    /**
     * An entry of {@code fleet.servers}. Blocks for as long as it takes to read the files that it names.
     *
     * @param text what stands behind the name
     * @throws ConfigurationException with everything that is wrong with it; it calls the text {@code servers/NAME}
     */
    public ServerDefinition server(String name, String text, ManagedBy by) throws ConfigurationException {
        Reading reading = reading("servers/" + Place.oneLine(name));
        Section section = section(FleetKeys.SERVER, text, reading);
        return server(name, section, by, reading);
    }

    /**
     * An entry of {@code fleet.nodes}.
     *
     * @param text what stands behind the name
     * @throws ConfigurationException with everything that is wrong with it; it calls the text {@code nodes/NAME}
     */
    public NodeDefinition node(String name, String text, ManagedBy by) throws ConfigurationException {
        Reading reading = reading("nodes/" + Place.oneLine(name));
        Section section = section(NodeKeys.NODE, text, reading);
        if (!Named.Names.ANY.fit(name)) {
            reading.error(0, "", Named.Names.ANY.sentence());
        }
        NodeDefinition node = section == null ? null : NodeReader.read(name, section, by);
        return unlessWrong(node, reading);
    }

    /**
     * Several entries.
     *
     * @param text with the keys {@code nodes} and {@code servers}, as under {@code fleet}
     * @throws ConfigurationException with everything that is wrong with it; it calls the text {@code input}
     */
    public Batch batch(String text, ManagedBy by) throws ConfigurationException {
        Reading reading = reading("input");
        Section section = section(Block.of(FleetKeys.NODES, FleetKeys.SERVERS), text, reading);
        return unlessWrong(section == null ? null : batch(section, by), reading);
    }

    private Batch batch(Section section, ManagedBy by) {
        Map<String, NodeDefinition> nodes = new LinkedHashMap<>();
        orEmpty(section.optional(FleetKeys.NODES)).forEach((name, one) -> {
            NodeDefinition node = NodeReader.read(name, one, by);
            if (node != null) {
                nodes.put(name, node);
            }
        });
        Map<String, NodeDefinition> known = known();
        known.putAll(nodes);
        FleetChecks checks = new FleetChecks(known, false);
        Map<String, Section> sections = orEmpty(section.optional(FleetKeys.SERVERS));
        Map<String, ServerDefinition> servers = new LinkedHashMap<>();
        reader()
            .read(sections, by)
            .forEach((name, entry) -> {
                Section one = sections.get(name);
                if (entry.definition() != null && one != null) {
                    servers.put(name, checks.placed(entry.definition(), one));
                }
            });
        FleetChecks.circles(servers, sections);
        return new Batch(List.copyOf(nodes.values()), List.copyOf(servers.values()));
    }

    /**
     * A server from the labels of a container that somebody else made: {@code nightporter.host}, and the keys of a server's
     * entry behind {@code nightporter.}, such as {@code nightporter.payPerUse} and {@code nightporter.sleep.pauseAfter}. Several
     * values stand with commas between them. {@code nightporter.port} is the game's port, {@code nightporter.name} the server's
     * name, which otherwise is made from the container's.
     *
     * @throws ConfigurationException with everything that is wrong with them; it calls them {@code containers/NAME}
     */
    public ServerDefinition container(String node, String container, Map<String, String> labels)
        throws ConfigurationException {
        ContainerLabels its = ContainerLabels.of(container, labels);
        Reading reading = reading("containers/" + Place.oneLine(its.container()));
        Section section = FleetKeys.SERVER.read(its.entry(node, reading), new Place(reading, 0, ContainerLabels.PLACE));
        return server(its.server(), section, ManagedBy.DOCKER, reading);
    }

    /**
     * The same server as the proxy wants to know it.
     *
     * @throws ConfigurationException if its entry cannot be read any more, such as when a file that it names is gone
     */
    public ServerSettings settings(ServerDefinition definition) throws ConfigurationException {
        ServerSettings known = around.servers().get(definition.name());
        if (known != null && definition.managedBy() == ManagedBy.YAML) {
            return known;
        }
        Reading reading = reading("servers/" + definition.name());
        Section section = section(FleetKeys.SERVER, definition.written(), reading);
        ServerSettings settings =
            section == null ? null : reader().read(definition.name(), section, definition.managedBy()).settings();
        return unlessWrong(settings, reading);
    }

    private ServerDefinition server(String name, @Nullable Section section, ManagedBy by, Reading reading)
        throws ConfigurationException {
        if (!Named.Names.OF_SERVERS.fit(name)) {
            reading.error(0, "", Named.Names.OF_SERVERS.sentence());
            throw new ConfigurationException(reading.errors());
        }
        ServerDefinition definition = section == null ? null : reader().read(name, section, by).definition();
        if (definition == null || section == null) {
            return unlessWrong(definition, reading);
        }
        return unlessWrong(new FleetChecks(known(), false).placed(definition, section), reading);
    }

    private ServerReader reader() {
        return new ServerReader(new HostClaims(), around.proxy().forwarding(), around.kicks());
    }

    private Map<String, NodeDefinition> known() {
        Map<String, NodeDefinition> nodes = new LinkedHashMap<>();
        around
            .fleet()
            .nodes()
            .forEach(node -> nodes.put(node.name(), node));
        return nodes;
    }

    private Reading reading(String shown) {
        Reading reading = new Reading(around.file(), shown);
        try {
            reading.extendVersions(around.proxy().protocolTables());
        } catch (VersionTableException e) {
            // It was fine when the configuration was read. Without it, its versions are unknown here.
            reading.warning(0, "", String.valueOf(e.getMessage()));
        }
        return reading;
    }

    private static @Nullable Section section(Block block, String text, Reading reading) {
        try {
            Node document = YamlText.read(text);
            return block.read(document, new Place(reading, document.line(), ""));
        } catch (YamlSyntaxException e) {
            reading.error(e.line(), "", String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static <T> T unlessWrong(@Nullable T value, Reading reading) throws ConfigurationException {
        if (value == null || !reading.errors().isEmpty()) {
            throw new ConfigurationException(reading.errors());
        }
        return value;
    }

    private static Map<String, Section> orEmpty(@Nullable Map<String, Section> sections) {
        return sections == null ? Map.of() : sections;
    }
}
