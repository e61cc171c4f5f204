package io.nightporter.bench.load;

import io.nightporter.bench.load.CrowdOrder.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Runs scenarios over targets, one measurement after the other, and ends what it started. */
final class Bench implements AutoCloseable {

    private static final int STARTS = 5;
    /** After its start a JVM is still busy for a while. */
    private static final long SETTLE_MILLIS = 3_000;
    private static final double WARM_UP_SECONDS = 8;

    /**
     * How the measurements are made.
     *
     * @param warmup seconds before each one
     * @param seconds of each one
     */
    record Settings(int protocol, double warmup, double seconds) {}

    private final ChildProcess server;
    private final ChildProcess crowd;
    private final Settings settings;
    private final Consumer<String> progress;
    private final Map<String, Program> running = new HashMap<>();
    private final List<Program> started = new CopyOnWriteArrayList<>();

    Bench(ChildProcess server, ChildProcess crowd, Settings settings, Consumer<String> progress) {
        this.server = server;
        this.crowd = crowd;
        this.settings = settings;
        this.progress = progress;
    }

    /** Empty where the target has nothing to do with the scenario. */
    Optional<Result> measure(Scenario scenario, Target target, int run) throws IOException, InterruptedException {
        if (scenario.name().equals(Scenario.START)) {
            return target instanceof Target.Startable startable
                ? Optional.of(measureStart(scenario, startable, run))
                : Optional.empty();
        }
        if (scenario.name().equals(Scenario.IDLE)) {
            return measureIdle(scenario, target, run);
        }
        return Optional.of(
            switch (target) {
                case Target.Direct(int port) -> load(scenario, target, run, port, List.of(), 0);
                case Target.Running it -> load(scenario, target, run, it.port(), it.processes(), 0);
                case Target.Startable startable -> {
                    Program program = running(startable, scenario.encrypted() && startable.online());
                    yield load(scenario, target, run, program.port(), program.processes(), 0);
                }
            }
        );
    }

    /** Started when it is needed for the first time, and then kept. */
    private Program running(Target.Startable target, boolean online) throws IOException, InterruptedException {
        String key = target.name() + online;
        Program program = running.get(key);
        if (program != null) {
            return program;
        }
        program = start(target, online);
        running.put(key, program);
        if (target.warmedUp()) {
            warmUp(target.name() + (online ? " (online mode)" : ""), program.port());
        }
        return program;
    }

    /** Lets the server and the crowd, and a proxy if there is one between them, do for a while what will be measured. */
    void warmUp(String who, int port) throws IOException {
        for (Scenario warmUp : Scenario.warmUps()) {
            progress.accept("warming up " + who + ": " + warmUp.name());
            run(warmUp, port, List.of(), 0, WARM_UP_SECONDS);
        }
    }

    private Program start(Target.Startable target, boolean online) throws IOException, InterruptedException {
        Program program = target.starter().start(online);
        started.add(program);
        return program;
    }

    private void stop(Program program) throws IOException {
        program.close();
        started.remove(program);
        for (long process : program.processes()) {
            crowd.release(process);
        }
    }

    private Result measureStart(Scenario scenario, Target.Startable target, int run)
        throws IOException, InterruptedException {
        double[] seconds = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            Program program = start(target, false);
            seconds[i] = program.startSeconds();
            stop(program);
        }
        Arrays.sort(seconds);
        return new Result(now(), run, scenario, target.name(), true, seconds[STARTS / 2], 0, null, null);
    }

    private Optional<Result> measureIdle(Scenario scenario, Target target, int run)
        throws IOException, InterruptedException {
        return switch (target) {
            case Target.Direct _ -> Optional.empty();
            case Target.Running it -> {
                long before = Machine.residentKib(it.processes());
                yield Optional.of(load(scenario, target, run, it.port(), it.processes(), before));
            }
            case Target.Startable startable -> {
                Program program = start(startable, false);
                Thread.sleep(SETTLE_MILLIS);
                long before = Machine.residentKib(program.processes());
                Result result = load(scenario, target, run, program.port(), program.processes(), before);
                stop(program);
                yield Optional.of(result);
            }
        };
    }

    private Result load(Scenario scenario, Target target, int run, int port, List<Long> processes, long idleRssKib)
        throws IOException {
        server.ask(new ServerOrder(scenario.shape(settings.protocol())), ServerReport.class);
        CrowdReport seen = run(scenario, port, processes, settings.warmup(), settings.seconds());
        ServerReport sent = server.ask(new ServerOrder(scenario.shape(settings.protocol())), ServerReport.class);
        return new Result(now(), run, scenario, target.name(), !processes.isEmpty(), 0, idleRssKib, seen, sent);
    }

    private CrowdReport run(Scenario scenario, int port, List<Long> processes, double warmup, double seconds)
        throws IOException {
        server.ask(new ServerOrder(scenario.shape(settings.protocol())), ServerReport.class);
        Kind kind = scenario.crowd().orElseThrow();
        var order = new CrowdOrder(
            kind,
            settings.protocol(),
            port,
            scenario.count(),
            scenario.ramp(),
            scenario.positions(),
            warmup,
            seconds,
            processes,
            List.of(server.pid()),
            List.of(ProcessHandle.current().pid())
        );
        return crowd.ask(order, CrowdReport.class);
    }

    private static long now() {
        return System.currentTimeMillis() / 1_000;
    }

    /** Ends all proxies that were started; may be called from elsewhere when the program is told to end. */
    @Override
    public void close() {
        started.forEach(Program::close);
    }
}
