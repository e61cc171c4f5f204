package io.nightporter.orchestrator.driver.process;

import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.InstanceSpec;
import io.nightporter.orchestrator.driver.Labels;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Resources;
import io.nightporter.orchestrator.model.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A node of a test: a folder, and as many drivers as Nightporter is started there. Ends what it has begun. */
final class Node implements AutoCloseable {

    static final String FLEET = "test";
    static final @Nullable Path SETSID = Launcher.find("setsid", System.getenv("PATH"), Path.of("/"));

    final Path folder;
    private final List<ProcessDriver> drivers = new ArrayList<>();

    Node(Path folder) {
        this.folder = folder;
    }

    static NodeDefinition definition() {
        return new NodeDefinition("local", "process");
    }

    /** A new Nightporter, so to say. */
    ProcessDriver driver() throws BadDefinitionException {
        return driver(SETSID, 8 << 20);
    }

    ProcessDriver driver(@Nullable Path setsid, long logBytes) throws BadDefinitionException {
        var driver = new ProcessDriver(definition(), folder, setsid, logBytes);
        drivers.add(driver);
        return driver;
    }

    Records records() {
        return new Records(folder);
    }

    static InstanceSpec spec(String server, Workload workload) {
        return new InstanceSpec(
            FLEET + "-" + server,
            server,
            workload,
            Resources.UNLIMITED,
            Map.of(Labels.FLEET, FLEET, Labels.INSTANCE, "01")
        );
    }

    static Workload.Command command(@Nullable String stopSignal, String... line) {
        return new Workload.Command(List.of(line), Map.of(), 25_565, List.of(), null, stopSignal);
    }

    /** A script that goes on for half a minute at most, unless it ends before. It needs no port; {@code $1} is one. */
    static Workload.Command script(String script) {
        return command(
            null,
            "sh",
            "-c",
            script + "\ni=0; while [ $i -lt 300 ]; do sleep 0.1; i=$((i+1)); done",
            "it",
            "{port}"
        );
    }

    static Workload.Command server(@Nullable String stopSignal) {
        Path classes = Path.of(EchoServer.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return command(
            stopSignal,
            java,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classes.toString(),
            EchoServer.class.getName(),
            "{port}"
        );
    }

    /** The process that leads an instance. */
    int pid(SeenInstance instance) throws IOException {
        ProcessRecord record = records().find(instance.handle()).orElseThrow();
        ProcessRecord.Run run = Objects.requireNonNull(record.run());
        return new Claim(records().folder(record.name()), run.token()).decide().orElseThrow().pid();
    }

    String text(String server, String file) throws IOException {
        Path path = folder.resolve(server).resolve(file);
        return Files.exists(path) ? Files.readString(path) : "";
    }

    /** Waits for something, twenty seconds at most. */
    static void until(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never: " + what);
            }
            Thread.sleep(10);
        }
    }

    @Override
    public void close() throws DriverException {
        try (ProcessDriver last = driver()) {
            for (SeenInstance instance : last.list(FLEET)) {
                last.kill(instance.handle());
            }
        } finally {
            drivers.forEach(ProcessDriver::close);
        }
    }
}
