package io.nightporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.e2e.PlayersOfEveryVersionIT.Expectation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** All servers and proxies that the versions are played on, and who is expected where. */
final class Stage implements AutoCloseable {

    static final int STAY_SECONDS = 40;
    /** Where clients come from; see client/connection.mjs. */
    private static final String CLIENT_ADDRESS = "127.0.0.2";

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Map<GameVersion.World, Integer> worlds = new EnumMap<>(GameVersion.World.class);
    /** Ports for servers that run only while their version is played. */
    private final Map<GameVersion, Integer> squids = new HashMap<>();
    private final Map<String, NightporterProcess> proxies = new HashMap<>();
    private final Backends backends;
    private final SessionServer sessionServer;

    private Stage() {
        sessionServer = opened(SessionServer.start());
        backends = opened(Backends.start(listeners()));
        for (var world : List.of(GameVersion.World.V1_21_8, GameVersion.World.V1_21_11, GameVersion.World.V26_1)) {
            RunningWorld started = Workplace.direct()
                ? RunningWorld.start(world)
                : RunningWorld.start(world, "--velocity-secret-file", Secret.file().toString());
            worlds.put(world, opened(started).port());
        }
        for (GameVersion version : GameVersion.ALL) {
            if (version.hasFlyingSquid()) {
                squids.put(version, Workplace.freePort());
            }
        }
        if (!Workplace.direct()) {
            proxy("offline", "onlineMode: false", "compressionThreshold: 256");
            proxy("uncompressed", "onlineMode: false", "compressionThreshold: -1");
            proxy("online", "onlineMode: true", "sessionServer: " + sessionServer.address());
        }
    }

    static Stage set() {
        return new Stage();
    }

    private Map<String, Map<String, Object>> listeners() {
        Map<String, Map<String, Object>> listeners = new HashMap<>();
        listeners.put("plain", Map.of("compression", 256));
        listeners.put("bare", Map.of("compression", -1));
        listeners.put("small", Map.of("compression", 64));
        for (String mode : List.of("legacy", "bungeeguard", "modern")) {
            listeners.put(mode, Map.of("forwarding", mode, "secret", Secret.VALUE));
        }
        if (Workplace.direct()) {
            listeners.put("online", Map.of("online", true, "sessionServer", sessionServer.address().toString()));
        }
        return listeners;
    }

    private void proxy(String name, String... settings) {
        ProxyConfig config = ProxyConfig.with(settings);
        for (String listener : List.of("plain", "bare", "small")) {
            config = config.server(listener, backends.port(listener));
        }
        for (String mode : List.of("legacy", "bungeeguard", "modern")) {
            config = config.server(mode, backends.port(mode), forwarding(mode));
        }
        for (var world : worlds.entrySet()) {
            config = config.server(hostOf(world.getKey()), world.getValue(), forwarding("modern"));
        }
        for (var squid : squids.entrySet()) {
            config = config.server("squid-" + squid.getKey().slug(), squid.getValue());
        }
        proxies.put(name, opened(NightporterProcess.start("proxy-" + name, config.yaml())));
    }

    private static String forwarding(String mode) {
        return mode.equals("legacy")
            ? "forwarding: { mode: legacy }"
            : "forwarding: { mode: %s, secretFile: %s }".formatted(mode, Secret.file());
    }

    /** Plays all that is expected of a version; blocks. */
    ClientRun play(GameVersion version, List<Scenario> scenarios) {
        Integer port = squids.get(version);
        if (port == null) {
            return ClientRun.of(version, scenarios);
        }
        try (var _ = FlyingSquid.start(version, port)) {
            return ClientRun.of(version, scenarios);
        }
    }

    private static String hostOf(GameVersion.World world) {
        return "world-" + world.version.replace('.', '-');
    }

    private <T extends AutoCloseable> T opened(T resource) {
        running.push(resource);
        return resource;
    }

    Compatibility.Row rowOf(GameVersion version) {
        return Compatibility.row(
            version.protocol(),
            version.name().equals("1.7") ? "1.7.10" : version.name(),
            version.hasMineflayer() ? "mineflayer" : "node-minecraft-protocol",
            version.world() == null ? "stand-in" : "Minestom"
        );
    }

    List<Expectation> expectationsFor(GameVersion version) {
        List<Expectation> all = new ArrayList<>();
        all.add(longStay(version));
        if (version.protocol() >= 47) {
            all.add(visit(version, "server uncompressed", "bare", "offline", null));
            all.add(visit(version, "thresholds differ", "small", "offline", null));
        }
        Integer squid = squids.get(version);
        if (squid != null) {
            String host = "squid-" + version.slug() + ".test";
            Scenario scenario = Scenario.plain("flying-squid", host, portOf("offline", squid), "sq_" + version.slug())
                .withClient("mineflayer")
                .at(Scenario.Place.FLYING_SQUID);
            all.add(new Expectation(scenario, "flying-squid", () -> {}));
        }
        if (Workplace.direct()) {
            all.add(visit(version, "online", "online", "online", sessionServer));
            return all;
        }
        if (version.protocol() >= 47) {
            all.add(visit(version, "no compression", "bare", "uncompressed", null));
        }
        all.add(visit(version, "legacy", "legacy", "offline", null));
        all.add(visit(version, "bungeeguard", "bungeeguard", "offline", null));
        if (version.hasModernForwarding()) {
            all.add(visit(version, "modern", "modern", "offline", null));
        }
        all.add(visit(version, "online", version.hasModernForwarding() ? "modern" : "legacy", "online", sessionServer));
        return all;
    }

    /** The player who asks for the status, stays and chats, on a real game server where there is one. */
    private Expectation longStay(GameVersion version) {
        String player = "stay_" + version.slug();
        GameVersion.World world = version.world();
        String host = world == null ? "plain" : hostOf(world);
        int port = world == null ? backends.port("plain") : worlds.getOrDefault(world, 0);
        var place = world == null ? Scenario.Place.STAND_IN : Scenario.Place.DEMO_WORLD;
        Scenario scenario = Scenario.plain("stay", host + ".test", portOf("offline", port), player)
            .withClient(version.hasMineflayer() ? "mineflayer" : "plain")
            .staying(STAY_SECONDS, place);
        Runnable serverSide = world == null ? () -> stayed(player) : () -> {};
        return new Expectation(scenario, "stay", serverSide);
    }

    /** In one go. A server that took too long to let the player in was left before that, and asked again. */
    private void stayed(String player) {
        JsonNode left = backends.await(
            "left",
            "plain",
            event ->
                event.path("player").asString("").equals(player) && event.path("seconds").asDouble() >= STAY_SECONDS
        );
        assertThat(left.path("keepAlives").asInt()).isGreaterThanOrEqualTo(STAY_SECONDS / 3 - 1);
    }

    /** A short visit by a plain client. */
    private Expectation visit(
        GameVersion version,
        String column,
        String listener,
        String proxy,
        @Nullable SessionServer session
    ) {
        String player = column.substring(0, 2) + column.length() + "_" + version.slug();
        Scenario scenario = Scenario.plain(column, listener + ".test", portOf(proxy, backends.port(listener)), player);
        if (session != null) {
            scenario = scenario.authenticatedBy(session.address());
        }
        return new Expectation(scenario, column, () -> visited(version, listener, player, session != null));
    }

    private void visited(GameVersion version, String listener, String player, boolean online) {
        JsonNode joined = backends.await("joined", listener, player);
        assertThat(joined.path("protocol").asInt()).isEqualTo(version.protocol());
        backends.await("left", listener, player);
        if (Workplace.direct() || listener.equals("bare") || listener.equals("small")) {
            return;
        }
        JsonNode forwarded = backends.await("forwarded", listener, event ->
            event.path("name").asString("").equals(player)
        );
        assertThat(forwarded.path("address").asString("")).isEqualTo(CLIENT_ADDRESS);
        UUID uuid = UUID.fromString(forwarded.path("uuid").asString(""));
        if (online && version.hasChatSessions()) {
            JsonNode chat = backends.await("chat", listener, player);
            assertThat(chat.path("signed").asString("")).isEqualTo("right");
        }
        if (online) {
            assertThat(uuid.version()).isEqualTo(4);
            assertThat(forwarded.path("properties")).anySatisfy(property -> {
                assertThat(property.path("name").asString("")).isEqualTo("textures");
                assertThat(property.path("signature").asString("")).isEqualTo("c2lnbmF0dXJl");
            });
        } else {
            byte[] bytes = ("OfflinePlayer:" + player).getBytes(StandardCharsets.UTF_8);
            assertThat(uuid).isEqualTo(UUID.nameUUIDFromBytes(bytes));
            assertThat(forwarded.path("properties")).isEmpty();
        }
    }

    private int portOf(String proxy, int serverPort) {
        NightporterProcess process = proxies.get(proxy);
        return process == null ? serverPort : process.port();
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
