package io.nightporter.bench.load;

import io.nightporter.bench.load.CrowdOrder.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A load with a name.
 *
 * @param encrypted whether proxies are measured in online mode; who has none (HAProxy, a direct connection) is measured
 *     as ever, for comparison
 * @param crowd who comes; empty where only starting is measured
 * @param count of players, or of joins or pings at a time
 * @param ramp players who arrive a second
 * @param positions a second from each player
 * @param compression the fake server's threshold, negative for none
 */
record Scenario(
    String name,
    boolean encrypted,
    Optional<Kind> crowd,
    int count,
    double ramp,
    double positions,
    int compression,
    double small,
    double chunks,
    double probes
) {
    static final String START = "start";
    static final String IDLE = "idle";

    private static final String ENCRYPTED = "-encrypted";
    private static final int THRESHOLD = 256;
    private static final Scenario GAME = new Scenario(
        "game",
        false,
        Optional.of(Kind.PLAY),
        100,
        50,
        20,
        THRESHOLD,
        200,
        1,
        10
    );
    /** In the order in which they run. */
    private static final List<Scenario> ALL = all();

    private static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        List<Scenario> plain = List.of(
            GAME,
            GAME.with("bulk", THRESHOLD, 10),
            GAME.with("bulk-raw", -1, 10),
            new Scenario("light", false, Optional.of(Kind.PLAY), 20, 50, 20, THRESHOLD, 40, 0.2, 20),
            new Scenario("joins", false, Optional.of(Kind.JOIN), 8, 0, 0, THRESHOLD, 200, 1, 10)
        );
        for (Scenario scenario : plain) {
            all.add(scenario);
            all.add(scenario.encryptedToo());
        }
        all.add(new Scenario("pings", false, Optional.of(Kind.PING), 32, 0, 0, THRESHOLD, 0, 0, 0));
        all.add(new Scenario(IDLE, false, Optional.of(Kind.PLAY), 1_000, 200, 1, THRESHOLD, 2, 0, 0.5));
        all.add(new Scenario(START, false, Optional.empty(), 0, 0, 0, THRESHOLD, 0, 0, 0));
        return List.copyOf(all);
    }

    /**
     * @param names with spaces or commas between, or {@code all}
     * @throws IllegalArgumentException for a name that there is not
     */
    static List<Scenario> named(String names) {
        if ("all".equals(names)) {
            return ALL;
        }
        List<Scenario> found = new ArrayList<>();
        for (String name : names.trim().split("[ ,]+")) {
            found.add(
                ALL.stream()
                    .filter(scenario -> scenario.name.equals(name))
                    .findFirst()
                    .orElseThrow(() ->
                        new IllegalArgumentException(
                            "there is no scenario %s; there are all and %s".formatted(
                                name,
                                String.join(", ", ALL.stream().map(Scenario::name).toList())
                            )
                        )
                    )
            );
        }
        return found;
    }

    /** What a JVM should have done for a while before it is measured. */
    static List<Scenario> warmUps() {
        return List.of(
            GAME.with("game", THRESHOLD, 4),
            ALL.stream()
                .filter(scenario -> "joins".equals(scenario.name))
                .findFirst()
                .orElseThrow(),
            ALL.stream()
                .filter(scenario -> "pings".equals(scenario.name))
                .findFirst()
                .orElseThrow()
        );
    }

    private Scenario with(String newName, int newCompression, double newChunks) {
        return new Scenario(
            newName,
            encrypted,
            crowd,
            count,
            ramp,
            positions,
            newCompression,
            small,
            newChunks,
            probes
        );
    }

    private Scenario encryptedToo() {
        return new Scenario(name + ENCRYPTED, true, crowd, count, ramp, positions, compression, small, chunks, probes);
    }

    Shape shape(int protocol) {
        return new Shape(protocol, compression, small, chunks, probes);
    }
}
