package io.nightporter.proxy.status;

import io.nightporter.proxy.config.Presentation;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.text.Message;
import io.nightporter.proxy.text.Phrasebook;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a status from what the configuration says of a server, what the server says of itself, what the configuration
 * says for all servers, and what is built in: the first of them that says something about a thing decides it.
 */
final class StatusComposer {

    /** What clients read; a longer status looks to them like no server at all. */
    static final int LONGEST_JSON = 32_767;

    private static final Component BUILT_IN_MOTD = Component.text("A Minecraft server");
    private static final int BUILT_IN_MAX_PLAYERS = 20;
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Presentation common;
    private final WelcomeVersions welcome;
    private final Phrasebook phrases;

    /** As many as the configuration has texts. */
    private final ConcurrentHashMap<String, Component> texts = new ConcurrentHashMap<>();

    /**
     * @param common what the list shows where a server says nothing
     */
    StatusComposer(Presentation common, WelcomeVersions welcome, Phrasebook phrases) {
        this.common = common;
        this.welcome = welcome;
        this.phrases = phrases;
    }

    /**
     * @param protocol that the client says it speaks
     */
    ObjectNode compose(ServerSettings server, BackendStatus backend, int protocol) {
        ObjectNode entry = switch (backend) {
            case BackendStatus.Up(ObjectNode json) -> json.deepCopy();
            case BackendStatus.Down(ObjectNode lastKnown, _, _) when lastKnown != null -> lastKnown.deepCopy();
            case BackendStatus.Down _ -> NODES.objectNode();
        };
        boolean up = backend instanceof BackendStatus.Up;
        entry.set("version", version(server, entry.path("version"), protocol));
        entry.set(
            "description",
            description(server, entry.hasNonNull("description") ? entry.get("description") : null, backend, protocol)
        );
        favicon(server, entry);
        players(server, entry, up);
        return entry;
    }

    /** For a hostname that leads nowhere. */
    ObjectNode unknownHost(String host, int protocol) {
        ObjectNode entry = NODES.objectNode();
        int shown = protocol < 0 ? welcome.versions().newest().number() : protocol;
        entry.putObject("version").put("name", welcome.describeAll()).put("protocol", shown);
        entry.putObject("players").put("max", 0).put("online", 0);
        Component text = host.isEmpty()
            ? Component.text("This address leads to no server.", NamedTextColor.RED)
            : Component.text("There is no server at \"" + host + "\".", NamedTextColor.RED);
        entry.set("description", Motd.write(text, protocol));
        return entry;
    }

    /** The status as text, without what makes it too long, the least important first. */
    static String write(ObjectNode entry) {
        String json = JSON.writeValueAsString(entry);
        if (json.length() > LONGEST_JSON) {
            ObjectNode shorter = entry.deepCopy();
            shorter.remove("favicon");
            json = JSON.writeValueAsString(shorter);
            if (json.length() > LONGEST_JSON && shorter.get("players") instanceof ObjectNode players) {
                players.remove("sample");
                json = JSON.writeValueAsString(shorter);
            }
            if (json.length() > LONGEST_JSON) {
                shorter.retain("version", "players", "description");
                json = JSON.writeValueAsString(shorter);
            }
            if (json.length() > LONGEST_JSON) {
                json = JSON.writeValueAsString(bare(entry));
            }
        }
        return json;
    }

    /** Nothing in this is as long as a server or a configuration wants it. */
    private static ObjectNode bare(ObjectNode entry) {
        ObjectNode bare = NODES.objectNode();
        bare.putObject("version").put("name", "").put("protocol", entry.path("version").path("protocol").asInt(0));
        bare.putObject("players")
            .put("max", entry.path("players").path("max").asInt(0))
            .put("online", entry.path("players").path("online").asInt(0));
        bare.set("description", Motd.write(BUILT_IN_MOTD, 0));
        return bare;
    }

    private ObjectNode version(ServerSettings server, JsonNode theirs, int protocol) {
        boolean fits = welcome.include(server, protocol);
        String name = fits ? theirs.path("name").asString("") : "";
        return NODES.objectNode()
            .put("name", name.isEmpty() ? welcome.describe(server) : name)
            .put("protocol", fits ? protocol : welcome.newest(server));
    }

    private JsonNode description(
        ServerSettings server,
        @Nullable JsonNode theirs,
        BackendStatus backend,
        int protocol
    ) {
        String own = server.presentation().motd();
        if (own == null && theirs != null && backend instanceof BackendStatus.Up) {
            return theirs;
        }
        Component motd;
        if (own != null) {
            motd = text(own);
        } else if (theirs != null) {
            motd = Motd.ofStatus(theirs);
        } else {
            motd = common.motd() == null ? BUILT_IN_MOTD : text(common.motd());
        }
        if (backend instanceof BackendStatus.Down(_, _, Message line)) {
            motd = Motd.withSecondLine(motd, phrases.text(line, null).component());
        }
        return Motd.write(motd, protocol);
    }

    private void favicon(ServerSettings server, ObjectNode entry) {
        String own = server.presentation().favicon();
        if (own != null) {
            entry.put("favicon", own);
        } else if (!entry.path("favicon").isString() && common.favicon() != null) {
            entry.put("favicon", common.favicon());
        }
    }

    /** A server that is up and hides its players does so here, too, unless the configuration shows some. */
    private void players(ServerSettings server, ObjectNode entry, boolean up) {
        Presentation own = server.presentation();
        ObjectNode players = entry.get("players") instanceof ObjectNode theirs ? theirs : NODES.objectNode();
        boolean hidden = up && players.isEmpty() && own.maxPlayers() == null && own.sample().isEmpty();
        if (hidden) {
            return;
        }
        if (own.maxPlayers() != null) {
            players.put("max", own.maxPlayers());
        } else if (!players.path("max").isInt()) {
            players.put("max", common.maxPlayers() == null ? BUILT_IN_MAX_PLAYERS : common.maxPlayers());
        }
        if (!up || !players.path("online").isInt()) {
            players.put("online", 0);
        }
        boolean theirSample = up && players.path("sample") instanceof ArrayNode lines && !lines.isEmpty();
        List<String> sample = own.sample().isEmpty() && !theirSample ? common.sample() : own.sample();
        if (!sample.isEmpty()) {
            players.set("sample", sample(sample));
        }
        entry.set("players", players);
    }

    /** Lines where clients expect players: they show § codes there, but no components. */
    private ArrayNode sample(List<String> lines) {
        ArrayNode sample = NODES.arrayNode();
        for (String line : lines) {
            sample
                .addObject()
                .put("name", Motd.legacy(text(line)))
                .put("id", NOBODY);
        }
        return sample;
    }

    private Component text(String miniMessage) {
        return texts.computeIfAbsent(miniMessage, Motd::ofConfiguration);
    }
}
