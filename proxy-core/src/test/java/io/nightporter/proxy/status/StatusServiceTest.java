package io.nightporter.proxy.status;

import static io.nightporter.proxy.routing.SampleConfiguration.address;
import static io.nightporter.proxy.routing.SampleConfiguration.configuration;
import static io.nightporter.proxy.routing.SampleConfiguration.network;
import static io.nightporter.proxy.routing.SampleConfiguration.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.nightporter.orchestrator.ServerAddress;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.protocol.version.VersionRange;
import io.nightporter.proxy.config.Configuration;
import io.nightporter.proxy.config.NetworkSettings;
import io.nightporter.proxy.config.Presentation;
import io.nightporter.proxy.config.ProxySettings.UnknownHost;
import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.fleet.FleetLink;
import io.nightporter.proxy.routing.AddressBook;
import io.nightporter.proxy.routing.Lobbies;
import io.nightporter.proxy.routing.Route;
import io.nightporter.proxy.routing.Router;
import io.nightporter.proxy.routing.Whereabouts;
import io.nightporter.proxy.status.LegacyPing.Detection.Ping;
import io.nightporter.proxy.status.LegacyPing.Generation;
import io.nightporter.proxy.status.StatusListener.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Timeout(30)
class StatusServiceTest {

    private static final int PROTOCOL = 765;
    private static final String FIRST = """
    {"version":{"name":"Paper","protocol":765},"description":{"text":"first"},"favicon":"data:image/png;base64,AA",
     "players":{"max":30,"online":3,"sample":[{"name":"Alex","id":"1"}]},"extra":7}""";
    private static final String SECOND = FIRST.replace("first", "second").replace("\"online\":3", "\"online\":4");

    @TempDir
    private Path dataDir;

    private final AtomicLong now = new AtomicLong();
    private final AddressBook addresses = new AddressBook(Whereabouts.CONFIGURED);
    private final List<Source> sources = new CopyOnWriteArrayList<>();

    private StatusServer backend;
    private BackendStatuses backends;
    private ServerSettings main;

    @BeforeEach
    void start() throws IOException {
        backend = new StatusServer(FIRST);
        backends = new BackendStatuses(dataDir, addresses, now::get);
        main = at(backend.port());
    }

    @AfterEach
    void stop() throws IOException {
        backend.close();
    }

    @Test
    void theBackendsOwnStatusIsShown() {
        assertThat(shown()).isEqualTo(json(FIRST));
        assertThat(backend.asked).containsExactly(PROTOCOL);
        assertThat(sources).containsExactly(Source.BACKEND);
    }

    @Test
    void howeverManyAskOneRequestIsUnderWay() {
        CountDownLatch gate = new CountDownLatch(1);
        backend.waitsFor(gate);
        List<CompletableFuture<Optional<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(ask(main, PROTOCOL));
        }
        assertThat(answers).noneMatch(CompletableFuture::isDone);
        gate.countDown();
        assertThat(answers).allSatisfy(answer -> assertThat(shown(answer)).isEqualTo(json(FIRST)));
        assertThat(backend.asked).hasSize(1);
    }

    @Test
    void anAnswerIsGoodForFiveSeconds() {
        shown();
        backend.says(SECOND);
        pass(Duration.ofSeconds(5));
        assertThat(shown()).isEqualTo(json(FIRST));
        assertThat(backend.asked).hasSize(1);
        assertThat(sources).containsExactly(Source.BACKEND, Source.CACHE);
    }

    @Test
    void anOlderAnswerIsGivenAtOnceWhileOneRequestLooksForANewerOne() {
        shown();
        backend.says(SECOND);
        CountDownLatch gate = new CountDownLatch(1);
        backend.waitsFor(gate);
        pass(Duration.ofSeconds(30));
        for (int i = 0; i < 10; i++) {
            CompletableFuture<Optional<String>> answer = ask(main, PROTOCOL);
            assertThat(answer).isDone();
            assertThat(shown(answer)).isEqualTo(json(FIRST));
        }
        gate.countDown();
        await(() -> shown().equals(json(SECOND)));
        assertThat(backend.asked).hasSize(2);
    }

    @Test
    void anAnswerOfMoreThanHalfAMinuteIsNotGivenAnyMore() {
        shown();
        backend.says(SECOND);
        pass(Duration.ofSeconds(31));
        assertThat(shown()).isEqualTo(json(SECOND));
    }

    @Test
    void whoAsksFirstDoesNotWaitForASlowServer() {
        CountDownLatch gate = new CountDownLatch(1);
        backend.waitsFor(gate);
        long start = System.nanoTime();
        assertThat(text(shown())).isEqualTo("A Minecraft server\noffline");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(
            Duration.ofMillis(1_400),
            Duration.ofMillis(2_900)
        );
        assertThat(sources).containsExactly(Source.SELF);
        gate.countDown();
        await(() -> shown().equals(json(FIRST)));
        assertThat(backend.asked).hasSize(1);
    }

    @Test
    void eachVersionIsAskedForItself() {
        shown();
        shown(ask(main, 47));
        assertThat(backend.asked).containsExactly(PROTOCOL, 47);
    }

    @Test
    void numbersThatClientsMakeUpShareOneAnswer() {
        shown(ask(main, -5));
        for (int i = 0; i < 5_000; i++) {
            ObjectNode shown = shown(ask(main, 100_000 + i));
            assertThat(shown.at("/version/protocol").asInt()).isEqualTo(100_000 + i);
        }
        assertThat(backend.asked).containsExactly(777);
    }

    @Test
    void aServerThatDiesKeepsItsFaceWithAStateLine() throws IOException {
        shown();
        backend.close();
        pass(Duration.ofSeconds(6));
        shown();
        await(() -> text(shown()).equals("first\noffline"));
        ObjectNode shown = shown();
        assertThat(shown.get("players")).isEqualTo(json("{\"max\":30,\"online\":0}"));
        assertThat(shown.get("favicon").asString()).isEqualTo("data:image/png;base64,AA");
        assertThat(shown.at("/version/protocol").asInt()).isEqualTo(PROTOCOL);
        assertThat(sources).endsWith(Source.SELF);
        assertThat(addresses.healthy(main.addresses().getFirst())).isFalse();
    }

    @Test
    void aServerThatComesBackIsShownAgain() throws IOException {
        int port = backend.port();
        backend.close();
        assertThat(text(shown())).isEqualTo("A Minecraft server\noffline");
        backend = new StatusServer(SECOND, port);
        pass(Duration.ofSeconds(31));
        assertThat(shown()).isEqualTo(json(SECOND));
        assertThat(addresses.healthy(main.addresses().getFirst())).isTrue();
    }

    @Test
    void whatIsKnownSurvivesARestart() throws IOException {
        shown();
        backend.close();
        backends = new BackendStatuses(dataDir, addresses, now::get);
        assertThat(text(shown())).isEqualTo("first\noffline");
        assertThat(shown().get("favicon").asString()).isEqualTo("data:image/png;base64,AA");
    }

    @Test
    void whatIsKnownSurvivesAReload() {
        shown();
        Presentation own = new Presentation("own", null, List.of(), null);
        ServerSettings changed = server("main", List.of("*"), VersionRange.ALL, own, main.addresses().getFirst());
        assertThat(text(shown(ask(changed, PROTOCOL)))).isEqualTo("own");
        assertThat(backend.asked).hasSize(1);
    }

    @Test
    void aServerThatMovedIsAskedAtItsNewAddress() throws IOException {
        shown();
        try (StatusServer other = new StatusServer(SECOND)) {
            assertThat(shown(ask(at(other.port()), PROTOCOL))).isEqualTo(json(SECOND));
        }
    }

    @Test
    void theNextAddressIsAskedWhenOneIsDown() throws IOException {
        int nobody = freePort();
        assertThat(shown(ask(at(nobody, backend.port()), PROTOCOL))).isEqualTo(json(FIRST));
        assertThat(addresses.healthy(at(nobody).addresses().getFirst())).isFalse();
    }

    @Test
    void aServerThatAnswersNonsenseIsShownAsOfflineButMayBeJoined() {
        for (String nonsense : List.of("[1]", "{\"description\":", "null", "{} {}", "[".repeat(2_000))) {
            backend.says(nonsense);
            pass(Duration.ofMinutes(1));
            assertThat(text(shown())).as(nonsense).isEqualTo("A Minecraft server\noffline");
            assertThat(addresses.healthy(main.addresses().getFirst())).isTrue();
        }
    }

    @Test
    void aServerThatHangsUpIsShownAsOfflineButMayBeJoined() {
        backend.hangsUp();
        assertThat(text(shown())).isEqualTo("A Minecraft server\noffline");
        assertThat(backend.asked).hasSize(1);
        assertThat(addresses.healthy(main.addresses().getFirst())).isTrue();
    }

    @Test
    void aServerWithoutAnAddressForTheVersionSaysWhichItHas() {
        ServerSettings recent = server(
            "main",
            List.of("*"),
            address("127.0.0.1", backend.port(), new VersionRange(764, 777))
        );
        ObjectNode shown = shown(ask(recent, 47));
        assertThat(shown.get("version")).isEqualTo(json("{\"name\":\"1.20.2 - 26.3\",\"protocol\":777}"));
        assertThat(shown.at("/players/online").asInt()).isEqualTo(3);
        assertThat(backend.asked).containsExactly(777);
    }

    @Test
    void anUnknownHostGetsANeutralAnswer() {
        StatusService service = service(configuration(null));
        ObjectNode shown = shown(
            service.answer(new Router(configuration(null)).route("typo.example.org"), PROTOCOL).toCompletableFuture()
        );
        assertThat(text(shown)).isEqualTo("There is no server at \"typo.example.org\".");
        assertThat(shown.get("version")).isEqualTo(json("{\"name\":\"1.7.2 - 26.3\",\"protocol\":765}"));
        assertThat(sources).containsExactly(Source.SELF);
    }

    @Test
    void anUnknownHostMayBeDropped() {
        Configuration dropping = configuration(null, Presentation.NOTHING, UnknownHost.DROP);
        StatusService service = service(dropping);
        assertThat(service.answer(new Router(dropping).route("typo.example.org"), PROTOCOL)).isCompletedWithValue(
            Optional.empty()
        );
        assertThat(service.legacyAnswer(new Ping(Generation.BETA, null))).isCompletedWithValue(Optional.empty());
        assertThat(sources).isEmpty();
    }

    @Test
    void aNetworkLooksLikeTheLobbyThatWouldBeChosen() throws IOException {
        try (StatusServer other = new StatusServer(SECOND)) {
            ServerSettings first = at(backend.port());
            ServerSettings second = server(
                "second",
                List.of("second.example.org"),
                address("127.0.0.1", other.port(), VersionRange.ALL)
            );
            NetworkSettings play = network("play", List.of("play.example.org"), first, second);
            Configuration configuration = configuration(null, List.of(play), first, second);
            StatusService service = service(configuration);
            Route route = new Router(configuration).route("play.example.org");

            assertThat(text(shown(service.answer(route, PROTOCOL).toCompletableFuture()))).isEqualTo("first");
            addresses.joined(first.addresses().getFirst());
            assertThat(text(shown(service.answer(route, PROTOCOL).toCompletableFuture()))).isEqualTo("second");
            assertThat(legacy(configuration, new Ping(Generation.SINCE_1_6, "play.example.org"))).contains(
                "\0second\0"
            );
        }
    }

    @Test
    void aNetworkShowsWhatItSaysItselfAndLeavesItsLobbyAsItIs() {
        NetworkSettings play = new NetworkSettings(
            "play",
            List.of("play.example.org"),
            List.of(main),
            List.of(),
            NetworkSettings.Fallback.LOBBY,
            new Presentation("network", null, List.of(), 99)
        );
        Configuration configuration = configuration(null, List.of(play), main);
        StatusService service = service(configuration);
        Router router = new Router(configuration);

        ObjectNode network = shown(service.answer(router.route("play.example.org"), PROTOCOL).toCompletableFuture());
        ObjectNode lobby = shown(service.answer(router.route("main.example.org"), PROTOCOL).toCompletableFuture());

        assertThat(text(network)).isEqualTo("network");
        assertThat(network.at("/players/max").asInt()).isEqualTo(99);
        assertThat(network.at("/players/online").asInt()).isEqualTo(3);
        assertThat(lobby).isEqualTo(json(FIRST));
    }

    @Test
    void clientsBefore17GetAnAnswerTheyUnderstand() {
        assertThat(legacy(new Ping(Generation.SINCE_1_4, null))).isEqualTo(
            "§1\000127\0001.7.2 - 26.3\0first\0003\00030"
        );
        assertThat(legacy(new Ping(Generation.BETA, null))).isEqualTo("first§3§30");
    }

    @Test
    void clientsOf16AreRoutedByTheirHostname() throws IOException {
        try (StatusServer other = new StatusServer(SECOND)) {
            Configuration two = configuration(
                null,
                server("main", List.of("*"), address("127.0.0.1", backend.port(), VersionRange.ALL)),
                server("other", List.of("other.example.org"), address("127.0.0.1", other.port(), VersionRange.ALL))
            );
            assertThat(legacy(two, new Ping(Generation.SINCE_1_6, "Other.example.org"))).endsWith(
                "\0second\0004\00030"
            );
            assertThat(legacy(two, new Ping(Generation.SINCE_1_6, "x"))).endsWith("\0first\0003\00030");
        }
    }

    @Test
    void clientsBefore17SeeTheStateBehindTheText() throws IOException {
        shown();
        backend.close();
        pass(Duration.ofMinutes(1));
        assertThat(legacy(new Ping(Generation.SINCE_1_4, null))).endsWith("\0first §coffline\0000\00030");
    }

    private ObjectNode shown() {
        return shown(ask(main, PROTOCOL));
    }

    private static ObjectNode shown(CompletableFuture<Optional<String>> answer) {
        return json(answer.join().orElseThrow());
    }

    private CompletableFuture<Optional<String>> ask(ServerSettings server, int protocol) {
        Configuration configuration = configuration(null, server);
        Route route = new Router(configuration).route("play.example.org");
        return service(configuration).answer(route, protocol).toCompletableFuture();
    }

    private StatusService service(Configuration configuration) {
        return new StatusService(
            configuration,
            new Router(configuration),
            new Lobbies(addresses),
            ProtocolVersions.builtIn(),
            backends,
            new FleetLink(),
            sources::add
        );
    }

    private static ServerSettings at(int... ports) {
        ServerAddress[] all = IntStream.of(ports)
            .mapToObj(port -> address("127.0.0.1", port, VersionRange.ALL))
            .toArray(ServerAddress[]::new);
        return server("main", List.of("*"), all);
    }

    private String legacy(Ping ping) {
        return legacy(configuration(null, main), ping);
    }

    private String legacy(Configuration configuration, Ping ping) {
        ByteBuf packet = service(configuration).legacyAnswer(ping).toCompletableFuture().join().orElseThrow();
        return packet.toString(3, packet.readableBytes() - 3, StandardCharsets.UTF_16BE);
    }

    private static String text(ObjectNode shown) {
        StringBuilder text = new StringBuilder(shown.at("/description/text").asString(""));
        shown
            .at("/description/extra")
            .forEach(part -> text.append(part.isString() ? part.asString() : part.path("text").asString("")));
        return text.toString();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }
}
