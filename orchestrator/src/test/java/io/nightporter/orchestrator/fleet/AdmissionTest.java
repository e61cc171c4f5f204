package io.nightporter.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.WakeRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may wake a server by joining it. */
class AdmissionTest {

    private static final Cause ALEX = Cause.player("ec561538-f3fd-461d-aff5-086b22154bce", "Alex");
    private static final Cause STEVE = SimHouse.STEVE;

    @TempDir
    private Path folder;

    private SimHouse house;

    @BeforeEach
    void open() {
        house = new SimHouse(folder);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void rule(WakeRules.Who who, String... owners) {
        house.define(
            SimHouse.server("survival").but().wake(new WakeRules(who, List.of())).owners(List.of(owners)).build()
        );
    }

    private boolean mayWake(Cause player) {
        return switch (house.now(house.fleet().wake("survival", player))) {
            case WakeAnswer.Starting _ -> {
                house.fleet().stop("survival", SimHouse.ADMIN);
                house.seconds(10);
                yield true;
            }
            case WakeAnswer.NotAllowed _ -> {
                assertThat(house.phase("survival")).isEqualTo(Phase.ASLEEP);
                yield false;
            }
            case WakeAnswer other -> throw new AssertionError(other);
        };
    }

    private void whitelist(String json) {
        house.node().files.put("survival/whitelist.json", json);
    }

    @Test
    void everyoneMayUnlessTheServerSaysOtherwise() {
        rule(new WakeRules.Everyone());
        assertThat(mayWake(ALEX)).isTrue();
    }

    @Test
    void onlyOwnersMayByTheirNamesOrIds() {
        rule(new WakeRules.Owners(), "aLEX", "8667ba71b85a4004af54457a9734eed7");
        assertThat(mayWake(ALEX)).isTrue();
        assertThat(mayWake(STEVE)).isTrue();
        assertThat(mayWake(Cause.player("00000000-0000-0000-0000-000000000001", "Eve"))).isFalse();
    }

    @Test
    void onlyThoseWhoAreNamedMayAndOwnersToo() {
        rule(new WakeRules.Only(List.of("EC561538-F3FD-461D-AFF5-086B22154BCE")), "Steve");
        assertThat(mayWake(ALEX)).isTrue();
        assertThat(mayWake(STEVE)).isTrue();
        assertThat(mayWake(Cause.player("00000000-0000-0000-0000-000000000001", "Eve"))).isFalse();
    }

    @Test
    void ordersAndSchedulesAreNotAskedWhoTheyAre() {
        rule(new WakeRules.Whitelist());
        assertThat(mayWake(SimHouse.ADMIN)).isTrue();
        rule(new WakeRules.Owners());
        assertThat(mayWake(new Cause(Cause.Kind.SCHEDULE))).isTrue();
    }

    @Test
    void whoIsOnTheServersOwnWhitelistMayAsSoonAsItIsThere() {
        rule(new WakeRules.Whitelist());
        assertThat(mayWake(ALEX)).isFalse();

        whitelist("[{\"uuid\": \"ec561538-f3fd-461d-aff5-086b22154bce\", \"name\": \"Alex\"}]");
        assertThat(mayWake(ALEX)).isTrue();
        assertThat(mayWake(STEVE)).isFalse();

        whitelist("[{\"name\": \"steve\"}, 7, null, {\"uuid\": 5}]");
        assertThat(mayWake(ALEX)).isFalse();
        assertThat(mayWake(STEVE)).isTrue();
    }

    @Test
    void aWhitelistThatCannotBeReadHasNobodyOnItButOwners() {
        rule(new WakeRules.Whitelist(), "Steve");
        for (String broken : List.of("", "{", "[[[", "\"Alex\"", "{\"name\": \"Alex\"}")) {
            whitelist(broken);
            assertThat(mayWake(ALEX)).as(broken).isFalse();
            assertThat(mayWake(STEVE)).as(broken).isTrue();
        }
        house.node().broken = true;
        assertThat(mayWake(ALEX)).isFalse();
    }

    @Test
    void aWhitelistOnANodeThatCannotBeReachedIsUnknown() {
        rule(new WakeRules.Whitelist());
        house.node().cut = true;
        house.seconds(10);
        assertThat(house.now(house.fleet().wake("survival", ALEX))).isInstanceOf(WakeAnswer.Refused.class);
    }

    @Test
    void aThousandAtOnceReadTheListOnce() {
        rule(new WakeRules.Whitelist());
        whitelist("[]");
        List<CompletableFuture<WakeAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            answers.add(house.fleet().wake("survival", ALEX));
        }
        house.time.settle();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(WakeAnswer.NotAllowed.class));
        assertThat(house.node().reads).isLessThan(5);
    }

    @Test
    void whoeverFindsItAwakeMayPlay() {
        rule(new WakeRules.Owners(), "Steve");
        assertThat(house.now(house.fleet().wake("survival", STEVE))).isInstanceOf(WakeAnswer.Starting.class);
        assertThat(house.now(house.fleet().wake("survival", ALEX))).isInstanceOf(WakeAnswer.NotAllowed.class);
        house.seconds(25);
        assertThat(house.now(house.fleet().wake("survival", ALEX))).isInstanceOf(WakeAnswer.Awake.class);
    }
}
