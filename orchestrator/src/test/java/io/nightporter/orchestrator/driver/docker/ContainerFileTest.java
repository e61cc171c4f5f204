package io.nightporter.orchestrator.driver.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import io.nightporter.orchestrator.driver.Driver;
import io.nightporter.orchestrator.driver.InstanceSpec;
import io.nightporter.orchestrator.driver.Labels;
import io.nightporter.orchestrator.driver.NodeRefusedException;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.Resources;
import io.nightporter.orchestrator.model.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a container has in its data can be read, whether it runs or not, on a real engine. */
@Timeout(180)
class ContainerFileTest {

    private static final String WRITES = """
    echo '[1]' > /data/whitelist.json
    echo 0123456789 > /data/long
    ln -s /etc/passwd /data/link
    """;

    private final TestEngine engine = TestEngine.shared();

    private static InstanceSpec spec(String name, Workload workload) {
        return new InstanceSpec(name, name, workload, Resources.UNLIMITED, Map.of(Labels.FLEET, name));
    }

    @Test
    void itsFilesAreReadAfterItHasEnded() throws Exception {
        String name = "files-" + ProcessHandle.current().pid();
        var workload = new Workload.Image(
            TestEngine.IMAGE,
            List.of("sh", "-c", WRITES.replace("ln -s", "busybox ln -s")),
            Map.of(),
            25_565,
            List.of(),
            null,
            "/data",
            null,
            null
        );
        InstanceSpec spec = spec(name, workload);
        try (Driver driver = DockerDriver.open(engine.node()); DockerClient client = engine.client()) {
            assertThat(driver.read(spec, "whitelist.json", 10)).isNull();
            String handle = driver.create(spec).handle();
            assertThat(driver.read(spec, "whitelist.json", 10)).isNull();
            driver.start(handle);
            Optional<SeenInstance> seen = driver.find(handle);
            while (seen.orElseThrow().alive()) {
                Thread.sleep(50);
                seen = driver.find(handle);
            }

            assertThat(driver.read(spec, "whitelist.json", 10))
                .asString()
                .isEqualTo("[1]\n");
            assertThat(driver.read(spec, "link", 10)).isNull();
            assertThat(driver.read(spec, ".", 10)).isNull();
            assertThatThrownBy(() -> driver.read(spec, "long", 10))
                .isInstanceOf(NodeRefusedException.class)
                .hasMessageContaining("longer than 10 bytes");
            assertThat(driver.read(spec(name, new Workload.Container(name, 25_565)), "whitelist.json", 10)).isNotNull();

            driver.remove(handle);
            assertThat(driver.read(spec, "whitelist.json", 10)).isNull();
            client.removeVolumeCmd(name + "-" + name).exec();
        }
    }
}
