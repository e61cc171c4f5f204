package io.nightporter.bench.load;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Measures proxies under load: the program nightporter, HAProxy, a direct connection, and others on request. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = "Measure proxies under load, against HAProxy and a direct connection in the same run."
)
final class Load implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Option(names = "--program", required = true, description = "The launcher nightporter, built.")
    private Path program = Path.of("nightporter");

    @Option(names = "--results", description = "The folder for the results (${DEFAULT-VALUE}).")
    private Path results = Path.of("target");

    @Option(names = "--scenarios", description = "Their names, or all (${DEFAULT-VALUE}).")
    private String scenarios = "all";

    @Option(names = "--seconds", description = "How long each measurement takes (${DEFAULT-VALUE}).")
    private double seconds = 8;

    @Option(names = "--warmup", description = "Seconds before each measurement (${DEFAULT-VALUE}).")
    private double warmup = 4;

    @Option(names = "--runs", description = "How often all is repeated; the table has the medians (${DEFAULT-VALUE}).")
    private int runs = 1;

    @Option(names = "--protocol", description = "The protocol that is spoken (${DEFAULT-VALUE}).")
    private int protocol = 763;

    @Option(
        names = "--targets",
        description = "Other proxies that run already, as NAME=PID:PORT (or NAME=PID,PID:PORT), with spaces between; " +
            "they have to lead to --server-port on 127.0.0.1, without forwarding."
    )
    private String targets = "none";

    @Option(names = "--only-targets", description = "Measure the proxies of --targets and nothing else.")
    private boolean onlyTargets;

    @Option(names = "--server-port", description = "Where the fake server listens; 0 for any (${DEFAULT-VALUE}).")
    private int serverPort;

    @Option(names = "--limit", description = "Minutes after which all is given up (${DEFAULT-VALUE}).")
    private int limitMinutes = 90;

    private Load() {}

    public static void main(String[] args) {
        System.exit(
            new CommandLine(new Load())
                .setExecutionExceptionHandler((failure, _, _) -> {
                    if (failure instanceof IOException) {
                        System.err.println("load: " + failure.getMessage());
                        return 1;
                    }
                    throw failure;
                })
                .execute(args)
        );
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        List<Scenario> chosen;
        List<Target> others;
        try {
            chosen = Scenario.named(scenarios);
            others = others();
        } catch (IllegalArgumentException e) {
            out.println("load: " + e.getMessage());
            return 2;
        }
        Thread.ofPlatform().daemon().start(this::giveUpInTime);
        Path folder = Files.createTempDirectory("nightporter-load");
        Scenario first = chosen.getFirst();
        try (
            var sessions = OpenSessionServer.start();
            var server = ChildProcess.start(ServerProcess.class, Integer.toString(serverPort));
            var crowd = ChildProcess.start(CrowdProcess.class);
            var bench = new Bench(server, crowd, new Bench.Settings(protocol, warmup, seconds), out::println)
        ) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(bench, folder)));
            int port = server.ask(new ServerOrder(first.shape(protocol)), ServerReport.class).port();
            List<Target> all = new ArrayList<>();
            if (!onlyTargets) {
                all.addAll(own(new Starters(folder, port, protocol, sessions.address(), crowd::guard), port, out));
            }
            all.addAll(others);
            bench.warmUp("server and crowd", port);
            out.println(new Table(measure(bench, chosen, all, out)).markdown());
            return 0;
        } finally {
            delete(folder);
        }
    }

    private List<Target> own(Starters starters, int port, PrintWriter out) {
        List<Target> own = new ArrayList<>(List.of(new Target.Direct(port)));
        starters
            .haproxy()
            .ifPresentOrElse(
                haproxy -> own.add(new Target.Startable(Table.BASELINE, false, false, haproxy)),
                () -> out.println("haproxy is not installed: there is nothing to compare with")
            );
        own.add(new Target.Startable("Nightporter", true, true, starters.nightporter(program)));
        return own;
    }

    private List<Result> measure(Bench bench, List<Scenario> chosen, List<Target> all, PrintWriter out)
        throws IOException, InterruptedException {
        Path file = results.resolve("load-" + LocalDate.now(ZoneId.systemDefault()) + ".jsonl");
        Files.createDirectories(results);
        List<Result> measured = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            for (Scenario scenario : chosen) {
                for (Target target : all) {
                    @Nullable
                    Result result = bench.measure(scenario, target, run).orElse(null);
                    if (result == null) {
                        continue;
                    }
                    measured.add(result);
                    out.println(result.inShort());
                    Files.writeString(
                        file,
                        JSON.writeValueAsString(result) + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND
                    );
                }
            }
        }
        out.println();
        return measured;
    }

    private List<Target> others() {
        if ("none".equals(targets)) {
            return List.of();
        }
        if (serverPort == 0) {
            throw new IllegalArgumentException("other proxies have to know --server-port; choose one");
        }
        List<Target> others = new ArrayList<>();
        for (String target : targets.trim().split("\\s+")) {
            if (!target.matches("[^=]+=\\d+(,\\d+)*:\\d+")) {
                throw new IllegalArgumentException("a target is NAME=PID:PORT, not " + target);
            }
            String[] parts = target.split("[=:]");
            List<Long> processes = Arrays.stream(parts[1].split(",")).map(Long::valueOf).toList();
            others.add(new Target.Running(parts[0], Integer.parseInt(parts[2]), processes));
        }
        return others;
    }

    private void giveUpInTime() {
        try {
            TimeUnit.MINUTES.sleep(limitMinutes);
        } catch (InterruptedException _) {
            return;
        }
        System.err.println("load: not done after " + limitMinutes + " minutes; given up (see --limit)");
        System.exit(1);
    }

    /** Also when the program is told to end. */
    private static void end(Bench bench, Path folder) {
        bench.close();
        try {
            delete(folder);
        } catch (IOException | UncheckedIOException _) {
            // Gone already, or in the system's folder for what nobody needs any more.
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
