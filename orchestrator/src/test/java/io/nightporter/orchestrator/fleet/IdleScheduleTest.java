package io.nightporter.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.SleepRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/** Whatever players do: nobody is stopped who is played on, and nobody stays awake whom nobody plays on. */
class IdleScheduleTest {

    private static final Duration IDLE = Duration.ofMinutes(5);
    /** For what has to be counted and stopped after that. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    /**
     * @param seconds how long after the one before
     * @param join somebody comes, waking the server if need be; otherwise somebody leaves
     */
    record Move(int seconds, boolean join) {}

    @Provide
    Arbitrary<List<Move>> evenings() {
        Arbitrary<Integer> pauses = Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.integers().between(0, 60)),
            Tuple.of(2, Arbitraries.integers().between(280, 320)),
            Tuple.of(2, Arbitraries.integers().between(60, 900))
        );
        return Combinators.combine(pauses, Arbitraries.of(true, false)).as(Move::new).list().ofMinSize(5).ofMaxSize(25);
    }

    @Property(tries = 100, shrinking = ShrinkingMode.BOUNDED)
    void anIdleServerSleepsAfterItsTimeAndAPlayedOneNever(@ForAll("evenings") List<Move> moves, @ForAll boolean pause)
        throws IOException {
        Path folder = Files.createTempDirectory("nightporter-evening");
        try (var house = new SimHouse(folder)) {
            SleepRules rules = pause ? SleepRules.pause(IDLE) : SleepRules.stop(IDLE);
            house.define(SimHouse.server("survival").but().sleep(rules).build());
            var evening = new Evening(house);
            for (Move move : moves) {
                evening.pass(move.seconds);
                evening.move(move.join);
            }
            evening.everybodyLeaves();
            evening.pass((int) IDLE.plus(SLACK).toSeconds() + 30);
            assertThat(house.phase("survival")).isIn(Phase.ASLEEP, Phase.PAUSED);
            assertThat(house.events(FleetEvent.Kind.INSTANCE_KILLED)).isZero();
        } finally {
            delete(folder);
        }
    }

    /** Players, the proxy that lets them in when the server is awake, and somebody who watches it all second by second. */
    private static final class Evening {

        private final SimHouse house;
        private int playing;
        private int waiting;
        private Instant freeSince = SimTime.START;
        private boolean everAwake;

        Evening(SimHouse house) {
            this.house = house;
        }

        void move(boolean join) {
            if (join) {
                waiting++;
                house.wake("survival");
            } else if (playing > 0) {
                playing--;
                count();
            }
            letIn();
        }

        void everybodyLeaves() {
            pass(60);
            playing = 0;
            waiting = 0;
            count();
        }

        private void count() {
            if (playing == 0) {
                freeSince = house.time.now();
            }
            house.players("survival", playing);
        }

        private void letIn() {
            if (waiting > 0 && house.phase("survival") == Phase.AWAKE) {
                playing += waiting;
                waiting = 0;
                count();
            }
        }

        void pass(int seconds) {
            for (int i = 0; i < seconds; i++) {
                house.seconds(1);
                letIn();
                Phase phase = house.phase("survival");
                if (playing > 0) {
                    assertThat(phase).as("played on").isEqualTo(Phase.AWAKE);
                    assertThat(house.node().of("survival").ready()).isTrue();
                } else if (waiting == 0 && everAwake && phase == Phase.AWAKE) {
                    Instant began = house.view("survival").state().since();
                    Instant free = freeSince.isAfter(began) ? freeSince : began;
                    assertThat(Duration.between(free, house.time.now())).as("idle").isLessThan(IDLE.plus(SLACK));
                }
                everAwake |= phase == Phase.AWAKE;
            }
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
