package io.nightporter.orchestrator.driver.process;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.driver.NodeRefusedException;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.driver.process.ProcessRecord.Run;
import io.nightporter.orchestrator.model.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the records say and what runs, brought together. The caller sees to it that there is one call at a time about an
 * instance.
 */
final class Instances {

    /** How long a launcher may take until it has made its claim; usually some milliseconds. */
    private static final Duration LAUNCH = Duration.ofSeconds(5);

    /** How long the kernel may take until a signal shows. */
    private static final Duration EFFECT = Duration.ofSeconds(2);

    /** How many attempts to freeze all processes there are until they are let go on for the length of one. */
    private static final int GO_ON_EVERY = 5;

    private final String node;
    private final String host;
    private final Records records;
    private final Launcher launcher;
    private final FreePorts freePorts;
    private final Watch watch;
    private final ReentrantLock choosing = new ReentrantLock();
    private final Map<String, Process> children = new ConcurrentHashMap<>();
    private final Map<String, Alive> alive = new ConcurrentHashMap<>();

    private record Alive(ProcessGroup group, boolean frozen) {}

    /** @param host where its ports are reached */
    Instances(String node, String host, Records records, Launcher launcher, FreePorts freePorts, Watch watch) {
        this.node = node;
        this.host = host;
        this.records = records;
        this.launcher = launcher;
        this.freePorts = freePorts;
        this.watch = watch;
    }

    /** The names of those that ran when they were looked at last. */
    Set<String> running() {
        return Set.copyOf(alive.keySet());
    }

    /** Whether one of those is not any more as it was then. */
    boolean changed(String name) throws IOException {
        Alive last = alive.get(name);
        return last != null && !(last.group().alive() && last.group().frozen() == last.frozen());
    }

    /** How it is. What is found out is written down. */
    SeenInstance look(ProcessRecord record) throws IOException {
        Run run = record.run();
        SeenInstance seen = run == null ? resting(record) : look(record, run);
        if (!seen.alive()) {
            alive.remove(record.name());
        }
        watch.saw(seen);
        return seen;
    }

    private SeenInstance look(ProcessRecord record, Run run) throws IOException {
        Optional<ProcessGroup> group = group(record, run);
        if (group.isEmpty()) {
            return rest(record.neverRan());
        }
        if (!run.bootId().equals(ProcessTable.bootId()) || !group.get().alive()) {
            return rest(record.ended(run, exitCode(run.token())));
        }
        boolean frozen = group.get().frozen();
        alive.put(record.name(), new Alive(group.get(), frozen));
        Map<Integer, HostAndPort> ports = new HashMap<>();
        for (Port port : record.ports()) {
            Integer outside = run.ports().get(ProcessRecord.key(port.inside(), port.protocol()));
            if (outside != null && port.protocol() == Port.Protocol.TCP) {
                ports.put(port.inside(), new HostAndPort(host, outside));
            }
        }
        return new SeenInstance(
            record.handle(),
            record.name(),
            record.labels(),
            frozen ? SeenInstance.State.PAUSED : SeenInstance.State.RUNNING,
            SeenInstance.Health.NONE,
            ports,
            run.startedAt(),
            null
        );
    }

    private SeenInstance rest(ProcessRecord record) throws IOException {
        records.update(record);
        return resting(record);
    }

    private static SeenInstance resting(ProcessRecord record) {
        return new SeenInstance(
            record.handle(),
            record.name(),
            record.labels(),
            record.lastStart() == null ? SeenInstance.State.CREATED : SeenInstance.State.ENDED,
            SeenInstance.Health.NONE,
            Map.of(),
            record.lastStart(),
            record.lastExit()
        );
    }

    /** Empty: the start never happened, and never will. */
    private Optional<ProcessGroup> group(ProcessRecord record, Run run) throws IOException {
        return new Claim(records.folder(record.name()), run.token())
            .decide()
            .map(leader -> new ProcessGroup(leader, run.token()));
    }

    /** The processes of one that is alive. */
    ProcessGroup group(ProcessRecord record) throws IOException {
        Run run = record.run();
        Optional<ProcessGroup> group = run == null ? Optional.empty() : group(record, run);
        return group.orElseThrow(() -> new IOException(record.name() + " does not run"));
    }

    /** Known of those that we began ourselves. */
    private @Nullable Integer exitCode(String token) {
        Process child = children.remove(token);
        if (child == null) {
            return null;
        }
        try {
            return child.waitFor(EFFECT.toMillis(), TimeUnit.MILLISECONDS) ? child.exitValue() : null;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /**
     * Begins one that does not run.
     *
     * @param directory where it runs; made if it is not there
     */
    void start(ProcessRecord record, Path directory) throws IOException, NodeRefusedException, InterruptedException {
        Path folder = records.folder(record.name());
        Files.createDirectories(directory);
        Claim.deleteOld(folder);
        Run run = begin(record);
        Process child;
        try {
            child = launcher.launch(record, run, folder, directory);
        } catch (IOException e) {
            records.update(record.neverRan());
            throw e;
        }
        Claim claim = new Claim(folder, run.token());
        await(LAUNCH, () -> claim.decided() || !child.isAlive());
        if (claim.decide().isEmpty()) {
            child.destroyForcibly();
            records.update(record.neverRan());
            List<String> said = new ConsoleLog(folder).last(1);
            throw new NodeRefusedException(
                node,
                record.server() + " could not be started" + (said.isEmpty() ? "" : " (" + said.getFirst() + ")"),
                "Check that /bin/sh, mkfifo, ln and rm are there, that " +
                    folder +
                    " has room, and that the machine is not overloaded.",
                null
            );
        }
        children.put(run.token(), child);
        child.onExit().thenRun(watch::nudge);
        watch.begin();
    }

    /** Written down before anything is done: whatever comes of it is found by it. */
    private Run begin(ProcessRecord record) throws IOException, NodeRefusedException, InterruptedException {
        choosing.lockInterruptibly();
        try {
            Set<Integer> taken = new HashSet<>();
            for (String name : records.names()) {
                if (!name.equals(record.name())) {
                    taken.addAll(portsOf(name));
                }
            }
            Run run = new Run(
                Records.random(),
                ProcessTable.bootId(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                freePorts.choose(record, taken)
            );
            records.update(record.begun(run));
            return run;
        } finally {
            choosing.unlock();
        }
    }

    private List<Integer> portsOf(String name) {
        try {
            Optional<Run> run = records.find(name).map(ProcessRecord::run);
            return run.isEmpty() ? List.of() : List.copyOf(run.get().ports().values());
        } catch (IOException _) {
            // Whoever asks for that one is told. If it listens, its ports are not free anyway.
            return List.of();
        }
    }

    void freeze(ProcessRecord record, boolean frozen) throws IOException, InterruptedException {
        ProcessGroup group = group(record);
        // More than once, because a process may have begun others meanwhile. And one that is about to become another
        // program, vfork(2), keeps the one that has begun it from being frozen: it may go on for a moment.
        int[] attempts = { 0 };
        boolean done = await(EFFECT, () -> {
            boolean goOn = !frozen || ++attempts[0] % GO_ON_EVERY == 0;
            group.signal(goOn ? Signals.CONT : Signals.STOP);
            return group.all(frozen);
        });
        if (frozen && !done) {
            // Nobody shall go on only because the last attempt was to let them.
            group.signal(Signals.STOP);
        }
    }

    void kill(ProcessRecord record) throws IOException, InterruptedException {
        ProcessGroup group = group(record);
        // More than once, because a process may have begun others meanwhile.
        await(EFFECT, () -> {
            group.signal(Signals.KILL);
            return group.members().isEmpty();
        });
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    /** Whether it held in time. */
    private static boolean await(Duration atMost, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        long pause = 2;
        while (!condition.holds()) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            Thread.sleep(pause);
            pause = Math.min(50, pause * 2);
        }
        return true;
    }
}
