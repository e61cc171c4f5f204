package io.nightporter.orchestrator.driver.process;

import static io.nightporter.orchestrator.driver.process.Node.FLEET;
import static io.nightporter.orchestrator.driver.process.Node.script;
import static io.nightporter.orchestrator.driver.process.Node.server;
import static io.nightporter.orchestrator.driver.process.Node.spec;
import static io.nightporter.orchestrator.driver.process.Node.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.driver.DriverEvent;
import io.nightporter.orchestrator.driver.DriverEvent.Change;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.driver.SeenInstance.State;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of instances when Nightporter is not there any more, and what the next one makes of it. */
@Timeout(120)
class OutlivesTest {

    @TempDir
    Path folder;

    private Node node;

    @BeforeEach
    void open() {
        node = new Node(folder);
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private static ProcessRecord.Run run(String token) throws Exception {
        return new ProcessRecord.Run(token, ProcessTable.bootId(), Instant.now(), Map.of("25565/tcp", 26_000));
    }

    /** The processes of an instance's starts, whatever the records say. */
    private static List<ProcessTable.Stat> living(Path file) throws Exception {
        List<Integer> pids = Files.exists(file)
            ? Files.readAllLines(file).stream().map(Integer::valueOf).toList()
            : List.of();
        return ProcessTable.all(stat -> pids.contains(stat.pid()));
    }

    @Test
    void whatRunsIsFoundAgainAndGoesOnAsBefore() throws Exception {
        SeenInstance before;
        try (ProcessDriver first = node.driver()) {
            SeenInstance made = first.create(spec("world", server("console:stop")));
            first.start(made.handle());
            before = first.find(made.handle()).orElseThrow();
            until("ready", () -> first.logs(made.handle(), 20).contains("ready"));
        }
        ProcessDriver second = node.driver();
        List<DriverEvent.Changed> heard = new CopyOnWriteArrayList<>();
        second.subscribe(event -> heard.add((DriverEvent.Changed) event));
        assertThat(second.list(FLEET)).containsExactly(before);
        second.start(before.handle());
        assertThat(second.find(before.handle())).contains(before);
        second.stop(before.handle());
        until("its end", () -> heard.stream().anyMatch(event -> event.change() == Change.ENDED));
        assertThat(heard).extracting(DriverEvent.Changed::change).containsExactly(Change.ENDED);
        assertThat(second.logs(before.handle(), 20)).contains("typed stop", "saved");
    }

    @Test
    void theEndOfWhatAnEarlierNightporterBeganIsToldToo() throws Exception {
        SeenInstance made;
        try (ProcessDriver first = node.driver()) {
            made = first.create(spec("adopted", script("")));
            first.start(made.handle());
        }
        List<DriverEvent.Changed> heard = new CopyOnWriteArrayList<>();
        ProcessDriver second = node.driver();
        second.subscribe(event -> heard.add((DriverEvent.Changed) event));
        // Long enough for it to be found, which nobody asks for here.
        Thread.sleep(1_500);
        Signals.toGroup(node.pid(made), Signals.KILL);
        until("its end", () -> heard.stream().anyMatch(event -> event.change() == Change.ENDED));
        assertThat(heard.getFirst().handle()).isEqualTo(made.handle());
        assertThat(heard.getFirst().exitCode()).isNull();
    }

    @Test
    void itHasASessionOfItsOwn() throws Exception {
        ProcessDriver driver = node.driver();
        SeenInstance made = driver.create(spec("apart", script("")));
        driver.start(made.handle());
        ProcessTable.Stat leader = ProcessTable.stat(node.pid(made)).orElseThrow();
        assertThat(leader.session()).isEqualTo(leader.pid());
        assertThat(leader.group()).isEqualTo(leader.pid());
    }

    @Test
    void anotherProcessWithTheSamePidIsNotTakenForIt() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "30").start();
        try {
            ProcessDriver driver = node.driver();
            SeenInstance made = driver.create(spec("gone", script("")));
            ProcessRecord record = node.records().find(made.handle()).orElseThrow();
            node.records().update(record.begun(run("0123")));
            String stat = Files.readString(Path.of("/proc", String.valueOf(stranger.pid()), "stat"));
            long start = ProcessTable.Stat.parse(stat).orElseThrow().startTicks();
            Claim claim = new Claim(node.records().folder(made.name()), "0123");
            Files.writeString(claim.file(), stat.replace(" " + start + " ", " " + (start - 1) + " "));
            assertThat(driver.find(made.handle()).orElseThrow().state()).isEqualTo(State.ENDED);
            driver.kill(made.handle());
            driver.stop(made.handle());
            assertThat(stranger.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void nothingRunsAfterTheMachineWasStartedAnew() throws Exception {
        ProcessDriver driver = node.driver();
        SeenInstance made = driver.create(spec("rebooted", script("")));
        driver.start(made.handle());
        int pid = node.pid(made);
        ProcessRecord record = node.records().find(made.handle()).orElseThrow();
        ProcessRecord.Run run = Objects.requireNonNull(record.run());
        var before = new ProcessRecord.Run(run.token(), "another boot", run.startedAt(), run.ports());
        node.records().update(record.begun(before));
        SeenInstance seen = node.driver().find(made.handle()).orElseThrow();
        assertThat(seen.state()).isEqualTo(State.ENDED);
        assertThat(seen.exitCode()).isNull();
        Signals.toGroup(pid, Signals.KILL);
    }

    @Test
    void aStartThatNobodySawTheEndOfIsCalledOffForGood() throws Exception {
        ProcessDriver driver = node.driver();
        SeenInstance made = driver.create(spec("late", script("echo ran > ran")));
        ProcessRecord begun = node.records().find(made.handle()).orElseThrow().begun(run("4567"));
        node.records().update(begun);
        assertThat(driver.find(made.handle()).orElseThrow().state()).isEqualTo(State.CREATED);

        Path directory = Files.createDirectories(folder.resolve("late"));
        Process late = new Launcher(Node.SETSID).launch(
            begun,
            run("4567"),
            node.records().folder(made.name()),
            directory
        );
        assertThat(late.waitFor()).isEqualTo(125);
        assertThat(directory.resolve("ran")).doesNotExist();
        assertThat(driver.find(made.handle()).orElseThrow().state()).isEqualTo(State.CREATED);
    }

    @Test
    void aStartThatNobodySawTheEndOfIsFoundIfItHappened() throws Exception {
        ProcessDriver driver = node.driver();
        SeenInstance made = driver.create(spec("found", script("echo $$ >> pids")));
        ProcessRecord begun = node.records().find(made.handle()).orElseThrow().begun(run("89ab"));
        node.records().update(begun);
        Path directory = Files.createDirectories(folder.resolve("found"));
        Path own = node.records().folder(made.name());
        Process child = new Launcher(Node.SETSID).launch(begun, run("89ab"), own, directory);
        until("its claim", () -> new Claim(own, "89ab").decided());
        assertThat(driver.find(made.handle()).orElseThrow().state()).isEqualTo(State.RUNNING);
        driver.start(made.handle());
        until("its pid", () -> !node.text("found", "pids").isEmpty());
        assertThat(node.text("found", "pids")).isEqualTo(child.pid() + "\n");
    }

    @Test
    void whereverNightporterIsKilledOneInstanceRunsOrNone() throws Exception {
        ProcessDriver driver = node.driver();
        SeenInstance made = driver.create(spec("often", script("echo $$ >> pids")));
        Path pids = folder.resolve("often").resolve("pids");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 8; round++) {
            Process victim = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Victim.class.getName(),
                folder.toString(),
                made.handle()
            )
                .redirectErrorStream(true)
                .start();
            try (BufferedReader out = victim.inputReader()) {
                String line = out.readLine();
                while (line != null && !line.equals("go")) {
                    line = out.readLine();
                }
                assertThat(line).isEqualTo("go");
                Thread.sleep(random.nextInt(150));
            } finally {
                victim.destroyForcibly().waitFor();
            }
            boolean alive = driver.find(made.handle()).orElseThrow().alive();
            if (alive) {
                until("its pid", () -> !living(pids).isEmpty());
            }
            // A launcher that comes too late has all the time it needs.
            Thread.sleep(150);
            assertThat(living(pids))
                .as("round %d, seed %d", round, seed)
                .hasSize(alive ? 1 : 0);
            driver.start(made.handle());
            until("its pid", () -> living(pids).size() == 1);
            assertThat(living(pids).getFirst().pid()).isEqualTo(node.pid(made));
            driver.kill(made.handle());
            assertThat(living(pids)).isEmpty();
        }
    }
}
