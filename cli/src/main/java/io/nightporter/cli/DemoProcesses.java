package io.nightporter.cli;

import io.nightporter.orchestrator.driver.Driver;
import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.driver.process.ProcessDrivers;
import io.nightporter.orchestrator.model.NodeDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Worlds as processes of this machine. They end with this one, however it ends: each watches it. */
final class DemoProcesses implements DemoWorlds {

    static final String NODE = "local";

    private static final Logger log = LoggerFactory.getLogger(DemoProcesses.class);

    private final DemoJars jars;
    private final Path data;

    /** @param data Nightporter's data directory */
    DemoProcesses(DemoJars jars, Path data) {
        this.jars = jars;
        this.data = data;
    }

    @Override
    public String node() {
        return "{ driver: " + ProcessDrivers.NAME + " }";
    }

    @Override
    public String world(String name, Path secret) {
        List<String> command = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-cp",
            jars.classPath(),
            DemoJars.MAIN_CLASS,
            "--port",
            "{port}",
            "--velocity-secret-file",
            secret.toString(),
            "--end-with",
            Long.toString(ProcessHandle.current().pid())
        );
        // JSON is YAML, and knows how to quote whatever a path has in it.
        return "command: " + JsonMapper.shared().writeValueAsString(command);
    }

    @Override
    public void close() {
        try (Driver driver = new ProcessDrivers(data).open(new NodeDefinition(NODE, ProcessDrivers.NAME))) {
            for (String name : NAMES) {
                Optional<SeenInstance> world = driver.find(FLEET + "-" + name);
                if (world.isPresent()) {
                    driver.kill(world.get().handle());
                    driver.remove(world.get().handle());
                }
            }
        } catch (DriverException e) {
            log.warn("worlds of the demo not ended, they end by themselves reason=\"{}\"", e.getMessage());
        }
    }
}
