package io.nightporter.orchestrator.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.nightporter.orchestrator.model.Resources;
import io.nightporter.orchestrator.model.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every driver does, as {@link Driver} says. What runs are shell scripts. */
@Timeout(120)
public abstract class DriverContract {

    protected static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Ends with 3 when it is asked to stop. */
    protected static final String OBEDIENT = "trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.1; done";

    /** Does not listen. */
    protected static final String STUBBORN = "trap '' TERM; echo ready; while :; do sleep 0.1; done";

    /** Says a lot, and ends with 7. */
    protected static final String BRIEF =
        "i=1; while [ $i -le 50 ]; do echo line $i; i=$((i+1)); done; sleep 0.3; echo trouble >&2; exit 7";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    protected final String fleet = "fleet" + NUMBER.incrementAndGet() + "-" + ProcessHandle.current().pid();
    private final List<Driver> opened = new ArrayList<>();
    private final List<String> made = new ArrayList<>();
    private @Nullable Driver driver;

    /** Another driver for the same node. */
    protected abstract Driver open() throws DriverException;

    /** What runs a program on that node, such as {@code sh}. */
    protected abstract Workload workload(List<String> command);

    @BeforeEach
    void begin() throws DriverException {
        driver = another();
    }

    @AfterEach
    void tidyUp() throws DriverException {
        Driver last = another();
        for (String handle : made) {
            if (last.find(handle).isPresent()) {
                last.kill(handle);
                eventually(() -> last.find(handle), seen -> seen.isEmpty() || !seen.get().alive());
                last.remove(handle);
            }
        }
        opened.forEach(Driver::close);
    }

    protected final Driver driver() {
        if (driver == null) {
            throw new AssertionError("no test has begun");
        }
        return driver;
    }

    protected final Driver another() throws DriverException {
        Driver one = open();
        opened.add(one);
        return one;
    }

    protected final InstanceSpec spec(String name, String script) {
        return new InstanceSpec(
            "nightporter-" + name + "-" + fleet,
            name + "-" + fleet,
            workload(List.of("sh", "-c", script)),
            Resources.UNLIMITED,
            Map.of(Labels.FLEET, fleet)
        );
    }

    protected final SeenInstance make(InstanceSpec spec) throws DriverException {
        driver().prepare(spec, (_, _) -> {});
        SeenInstance seen = driver().create(spec);
        made.add(seen.handle());
        return seen;
    }

    /** It runs, and has said so. */
    protected final SeenInstance run(InstanceSpec spec) throws DriverException {
        String handle = make(spec).handle();
        driver().start(handle);
        eventually(() -> driver().logs(handle, 5), lines -> lines.contains("ready"));
        return look(handle);
    }

    protected final SeenInstance look(String handle) throws DriverException {
        return driver()
            .find(handle)
            .orElseThrow(() -> new AssertionError("there is no " + handle));
    }

    protected final SeenInstance ended(String handle) {
        return eventually(() -> look(handle), seen -> seen.state() == SeenInstance.State.ENDED);
    }

    protected static <T> T eventually(Callable<T> look, Predicate<T> enough) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (true) {
                T seen = look.call();
                if (enough.test(seen)) {
                    return seen;
                }
                if (System.nanoTime() > until) {
                    return fail("after %s it is still %s", PATIENCE, seen);
                }
                Thread.sleep(50);
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theNodeAnswersAndSaysWhatItIs() throws DriverException {
        driver().ping();
        assertThat(driver().facts().software()).isNotBlank();
    }

    @Test
    void whatWasMadeIsThereAndDoesNotRun() throws DriverException {
        InstanceSpec spec = spec("made", OBEDIENT);
        SeenInstance made = make(spec);

        assertThat(made.name()).isEqualTo(spec.name());
        assertThat(made.state()).isEqualTo(SeenInstance.State.CREATED);
        assertThat(made.alive()).isFalse();
        assertThat(made.startedAt()).isNull();
        assertThat(made.exitCode()).isNull();
        assertThat(made.ports()).isEmpty();
        assertThat(made.labels()).containsAllEntriesOf(spec.allLabels());
        assertThat(made.server()).isEqualTo(spec.server());
        assertThat(driver().find(spec.name())).contains(made);
        assertThat(driver().find(made.handle())).contains(made);
    }

    @Test
    void onlyItsOwnFleetIsListedRunningOrNot() throws DriverException {
        SeenInstance runs = run(spec("runs", OBEDIENT));
        SeenInstance rests = make(spec("rests", OBEDIENT));

        assertThat(driver().list(fleet)).containsExactlyInAnyOrder(look(runs.handle()), rests);
        assertThat(driver().list(fleet + "x")).isEmpty();
    }

    @Test
    void aNameIsGivenOnce() throws DriverException {
        InstanceSpec spec = spec("twice", OBEDIENT);
        SeenInstance first = run(spec);

        assertThatThrownBy(() -> driver().create(spec))
            .isInstanceOf(NameTakenException.class)
            .hasMessageContaining(spec.name());
        assertThat(look(first.handle())).isEqualTo(first);
    }

    @Test
    void whatWasStartedRunsAndIsReachedAndIsNotStartedTwice() throws DriverException {
        Instant before = Instant.now().minusSeconds(60);
        InstanceSpec spec = spec("started", OBEDIENT);
        SeenInstance seen = run(spec);

        assertThat(seen.state()).isEqualTo(SeenInstance.State.RUNNING);
        assertThat(seen.startedAt()).isAfter(before);
        assertThat(seen.exitCode()).isNull();
        assertThat(seen.at(spec.workload().gamePort())).isNotNull();
        driver().start(seen.handle());
        assertThat(look(seen.handle())).isEqualTo(seen);
    }

    @Test
    void whoIsAskedToStopEndsInItsOwnTime() throws DriverException {
        SeenInstance seen = run(spec("asked", OBEDIENT));

        driver().stop(seen.handle());
        SeenInstance ended = ended(seen.handle());

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.ports()).isEmpty();
        assertThat(driver().logs(seen.handle(), 10)).containsExactly("ready", "bye");
        driver().stop(seen.handle());
        driver().kill(seen.handle());
        assertThat(look(seen.handle()).state()).isEqualTo(SeenInstance.State.ENDED);
    }

    @Test
    void whatEndedIsStartedAgainUnderTheSameHandle() throws DriverException {
        SeenInstance first = run(spec("again", OBEDIENT));
        driver().stop(first.handle());
        ended(first.handle());

        driver().start(first.handle());
        SeenInstance second = look(first.handle());

        assertThat(second.state()).isEqualTo(SeenInstance.State.RUNNING);
        assertThat(second.startedAt()).isAfter(first.startedAt());
        assertThat(second.exitCode()).isNull();
    }

    @Test
    void whoDoesNotListenRunsOnUntilItIsKilled() throws Exception {
        SeenInstance seen = run(spec("stubborn", STUBBORN));

        long before = System.nanoTime();
        driver().stop(seen.handle());
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        Thread.sleep(500);
        assertThat(look(seen.handle())).isEqualTo(seen);

        driver().kill(seen.handle());
        ended(seen.handle());
        driver().kill(seen.handle());
    }

    @Test
    void whatIsPausedStandsStillAndGoesOn() throws DriverException {
        String script = "trap 'exit 3' TERM; echo ready; while :; do echo tick; sleep 0.1; done";
        SeenInstance seen = run(spec("paused", script));

        driver().pause(seen.handle());
        driver().pause(seen.handle());
        SeenInstance paused = look(seen.handle());
        assertThat(paused.state()).isEqualTo(SeenInstance.State.PAUSED);
        assertThat(paused.startedAt()).isEqualTo(seen.startedAt());
        int ticks = driver().logs(seen.handle(), 10_000).size();

        driver().unpause(seen.handle());
        driver().unpause(seen.handle());
        assertThat(look(seen.handle()).state()).isEqualTo(SeenInstance.State.RUNNING);
        eventually(() -> driver().logs(seen.handle(), 10_000).size(), now -> now > ticks + 3);

        driver().pause(seen.handle());
        driver().start(seen.handle());
        assertThat(look(seen.handle())).isEqualTo(seen);
    }

    @Test
    void whatIsPausedCanStop() throws DriverException {
        SeenInstance seen = run(spec("frozen", OBEDIENT));
        driver().pause(seen.handle());

        driver().stop(seen.handle());

        assertThat(ended(seen.handle()).exitCode()).isEqualTo(3);
    }

    @Test
    void whatIsPausedCanBeKilled() throws DriverException {
        SeenInstance seen = run(spec("killed", STUBBORN));
        driver().pause(seen.handle());

        driver().kill(seen.handle());

        ended(seen.handle());
    }

    @Test
    void whatRunsIsNotRemoved() throws DriverException {
        InstanceSpec spec = spec("removed", OBEDIENT);
        SeenInstance seen = run(spec);

        assertThatThrownBy(() -> driver().remove(seen.handle())).isInstanceOf(NodeRefusedException.class);
        assertThat(look(seen.handle())).isEqualTo(seen);

        driver().kill(seen.handle());
        ended(seen.handle());
        driver().remove(seen.handle());
        driver().remove(seen.handle());
        assertThat(driver().find(spec.name())).isEmpty();
        assertThat(driver().find(seen.handle())).isEmpty();
        assertThat(driver().list(fleet)).isEmpty();
        assertThat(make(spec).state()).isEqualTo(SeenInstance.State.CREATED);
    }

    @Test
    void whatIsNotThereCannotBeUsed() throws DriverException {
        String nobody = "nobody-" + fleet;

        assertThat(driver().find(nobody)).isEmpty();
        driver().remove(nobody);
        assertThatThrownBy(() -> driver().start(nobody)).isInstanceOf(InstanceNotFoundException.class);
        assertThatThrownBy(() -> driver().stop(nobody)).isInstanceOf(InstanceNotFoundException.class);
        assertThatThrownBy(() -> driver().kill(nobody)).isInstanceOf(InstanceNotFoundException.class);
        assertThatThrownBy(() -> driver().pause(nobody)).isInstanceOf(InstanceNotFoundException.class);
        assertThatThrownBy(() -> driver().unpause(nobody)).isInstanceOf(InstanceNotFoundException.class);
        assertThatThrownBy(() -> driver().logs(nobody, 3)).isInstanceOf(InstanceNotFoundException.class);
    }

    @Test
    void theLastLinesOfTheLogAreToldOldestFirst() throws DriverException {
        String handle = make(spec("brief", BRIEF)).handle();
        driver().start(handle);

        assertThat(ended(handle).exitCode()).isEqualTo(7);
        assertThat(driver().logs(handle, 3)).containsExactly("line 49", "line 50", "trouble");
        assertThat(driver().logs(handle, 100)).hasSize(51).startsWith("line 1", "line 2");
        assertThat(driver().logs(handle, 0)).isEmpty();
    }

    @Test
    void linesAreWithoutColoursAndNotTooLong() throws DriverException {
        String script =
            "printf '\\033[31mred\\033[0m alert\\n'; i=0; while [ $i -lt 400 ]; do printf 12345; i=$((i+1)); done; echo; echo ready";
        String handle = make(spec("colours", script)).handle();
        driver().start(handle);
        ended(handle);

        List<String> lines = driver().logs(handle, 10);
        assertThat(lines).hasSize(3).startsWith("red alert").endsWith("ready");
        assertThat(lines.get(1)).hasSize(1_000).startsWith("1234512345");
    }

    @Test
    void theDriversEndIsNotTheInstances() throws DriverException {
        SeenInstance seen = run(spec("outlives", OBEDIENT));

        driver().close();
        Driver next = another();

        assertThat(next.find(seen.handle())).contains(seen);
        assertThat(next.list(fleet)).containsExactly(seen);
        next.stop(seen.handle());
        assertThat(eventually(() -> next.find(seen.handle()).orElseThrow(), now -> !now.alive()).exitCode()).isEqualTo(
            3
        );
    }

    @Test
    void whoSubscribedHearsWhatHappens() throws Exception {
        BlockingQueue<DriverEvent> heard = new LinkedBlockingQueue<>();
        InstanceSpec spec = spec("heard", OBEDIENT);
        try (Subscription _ = driver().subscribe(heard::add)) {
            SeenInstance seen = run(spec);
            driver().pause(seen.handle());
            driver().unpause(seen.handle());
            driver().stop(seen.handle());
            ended(seen.handle());
            driver().remove(seen.handle());

            DriverEvent.Changed created = next(heard, spec.name(), DriverEvent.Change.CREATED);
            assertThat(created.handle()).isEqualTo(seen.handle());
            assertThat(created.labels()).containsEntry(Labels.FLEET, fleet).containsEntry(Labels.SERVER, spec.server());
            next(heard, spec.name(), DriverEvent.Change.STARTED);
            next(heard, spec.name(), DriverEvent.Change.PAUSED);
            next(heard, spec.name(), DriverEvent.Change.UNPAUSED);
            assertThat(next(heard, spec.name(), DriverEvent.Change.ENDED).exitCode()).isEqualTo(3);
            next(heard, spec.name(), DriverEvent.Change.REMOVED);
        }
        heard.clear();
        make(spec("unheard", OBEDIENT));
        assertThat(heard.poll(500, TimeUnit.MILLISECONDS)).isNull();
    }

    /** The next event of that instance, which has to be this one. */
    protected static DriverEvent.Changed next(BlockingQueue<DriverEvent> heard, String name, DriverEvent.Change change)
        throws InterruptedException {
        while (true) {
            DriverEvent event = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (event instanceof DriverEvent.Changed changed && changed.name().equals(name)) {
                assertThat(changed.change()).isEqualTo(change);
                return changed;
            }
            assertThat(event).as("waiting for %s of %s", change, name).isNotNull();
        }
    }

    @Test
    void whatTheDriverDoesNotRunIsRefused() {
        var spec = new InstanceSpec(
            "nightporter-else",
            "else",
            new Workload.Remote("x"),
            Resources.UNLIMITED,
            Map.of()
        );

        assertThatThrownBy(() -> driver().prepare(spec, (_, _) -> {})).isInstanceOf(BadDefinitionException.class);
        assertThatThrownBy(() -> driver().create(spec)).isInstanceOf(BadDefinitionException.class);
    }

    @Test
    void callsFromManySidesDoNotDisturbEachOther() throws Exception {
        SeenInstance seen = run(spec("many", OBEDIENT));
        List<Thread> callers = new ArrayList<>();
        BlockingQueue<Optional<SeenInstance>> answers = new LinkedBlockingQueue<>();
        for (int caller = 0; caller < 20; caller++) {
            callers.add(
                Thread.ofVirtual().start(() -> {
                    try {
                        driver().start(seen.handle());
                        answers.add(driver().find(seen.handle()));
                    } catch (DriverException e) {
                        throw new AssertionError(e);
                    }
                })
            );
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(answers).hasSize(20).containsOnly(Optional.of(seen));
    }
}
