package io.nightporter.orchestrator.driver.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.nightporter.orchestrator.driver.BadDefinitionException;
import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.InstanceNotFoundException;
import io.nightporter.orchestrator.driver.InstanceSpec;
import io.nightporter.orchestrator.driver.NameTakenException;
import io.nightporter.orchestrator.driver.NodeRefusedException;
import io.nightporter.orchestrator.driver.NodeUnreachableException;
import io.nightporter.orchestrator.driver.builtin.BuiltInDrivers;
import io.nightporter.orchestrator.model.ManagedBy;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.model.Resources;
import io.nightporter.orchestrator.model.Workload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no engine: definitions, words, lines. */
class DockerWordsTest {

    private static final long GIBI = 1024L * 1024 * 1024;

    private static NodeDefinition node(
        @Nullable String endpoint,
        @Nullable String address,
        Map<String, String> settings
    ) {
        return new NodeDefinition(
            "n1",
            ManagedBy.API,
            "docker",
            endpoint,
            settings,
            address,
            Resources.UNLIMITED,
            null,
            false
        );
    }

    @Test
    void gamePortsOfThisMachineArePublishedForNobodyElse() throws BadDefinitionException {
        Endpoint here = Endpoint.of(node(null, null, Map.of()));
        Endpoint there = Endpoint.of(node("tcp://10.0.0.2", null, Map.of()));

        assertThat(here.uri()).hasToString("unix:///var/run/docker.sock");
        assertThat(here.publish()).isEqualTo("127.0.0.1");
        assertThat(here.host()).isEqualTo("127.0.0.1");
        assertThat(here.exposed()).isFalse();
        assertThat(there.uri()).hasToString("tcp://10.0.0.2:2375");
        assertThat(there.host()).isEqualTo("10.0.0.2");
        assertThat(there.publish()).isEmpty();
        assertThat(there.exposed()).isTrue();
        assertThat(Endpoint.of(node("/run/x.sock", "h", Map.of("publish", "10.1.1.1"))).publish()).isEqualTo(
            "10.1.1.1"
        );
    }

    @Test
    void endpointsThatCannotBeReachedAreRefusedWithWhatToWrite() {
        assertThatThrownBy(() -> Endpoint.of(node("http://h", null, Map.of())))
            .isInstanceOf(BadDefinitionException.class)
            .hasMessageContaining("tcp://host:2376");
        assertThatThrownBy(() -> Endpoint.of(node("tcp://h:2376", null, Map.of("ca", "ca.pem"))))
            .isInstanceOf(BadDefinitionException.class)
            .hasMessageContaining("all three");
        assertThatThrownBy(() -> Endpoint.of(node(null, null, Map.of("colour", "red"))))
            .isInstanceOf(BadDefinitionException.class)
            .hasMessageContaining("colour");
    }

    @Test
    void certificatesThatAreNotThereAreNamedAtOnce(@TempDir Path folder) {
        String file = folder.resolve("ca.pem").toString();

        assertThatThrownBy(() ->
            new BuiltInDrivers(folder).open(node("tcp://h:2376", null, Map.of("ca", file, "cert", file, "key", file)))
        )
            .isInstanceOf(BadDefinitionException.class)
            .hasMessageContaining("there is no file " + file);
    }

    @Test
    void aDriverThatDoesNotExistIsRefused(@TempDir Path folder) {
        assertThatThrownBy(() -> new BuiltInDrivers(folder).open(new NodeDefinition("n1", "dcoker")))
            .isInstanceOf(BadDefinitionException.class)
            .hasMessageContaining("dcoker");
    }

    @Test
    void anEngineThatIsNotThereIsNoReasonToGiveUp(@TempDir Path folder) throws DriverException {
        try (DockerDriver driver = DockerDriver.open(node("unix://" + folder + "/none.sock", null, Map.of()))) {
            assertThatThrownBy(driver::ping)
                .isInstanceOfSatisfying(NodeUnreachableException.class, e -> assertThat(e.passing()).isTrue())
                .hasMessageContaining("there is no socket " + folder + "/none.sock");
        }
    }

    private static DriverException said(DockerException answer) {
        return new Refusals("n1").of("nightporter-a", answer);
    }

    @Test
    void whatTheEngineSaysBecomesWhatToDo() {
        assertThat(said(new NotFoundException("{\"message\":\"No such container: x\"}\n"))).isInstanceOf(
            InstanceNotFoundException.class
        );
        assertThat(
            said(
                new ConflictException(
                    "{\"message\":\"Conflict. The container name \\\"/a\\\" is already in use by container \\\"b\\\".\"}"
                )
            )
        ).isInstanceOf(NameTakenException.class);
        assertThat(said(new InternalServerErrorException("{\"message\":\"write /x: no space left on device\"}")))
            .isInstanceOf(NodeRefusedException.class)
            .hasMessageContaining("write /x: no space left on device. Free some room");
        assertThat(said(new DockerException("{\"message\":\"invalid mount path: 'x'\"}", 400)))
            .isInstanceOf(BadDefinitionException.class)
            .hasMessageContaining("Correct the server's data folder");
        assertThat(said(new InternalServerErrorException("<html>"))).isInstanceOf(NodeRefusedException.class);
    }

    @Test
    void linesAreMadeOfPiecesWhateverStreamTheyComeOn() {
        var lines = new LogLines(3);
        byte[] umlaut = "grün\n".getBytes(StandardCharsets.UTF_8);
        lines.onNext(frame(StreamType.STDOUT, "one\ntw"));
        lines.onNext(frame(StreamType.STDERR, "trouble\n"));
        lines.onNext(frame(StreamType.STDOUT, "o\r\n"));
        lines.onNext(new Frame(StreamType.STDOUT, Arrays.copyOf(umlaut, 3)));
        lines.onNext(new Frame(StreamType.STDOUT, Arrays.copyOfRange(umlaut, 3, umlaut.length)));

        assertThat(lines.lines()).containsExactly("trouble", "two", "grün");
    }

    private static Frame frame(StreamType stream, String text) {
        return new Frame(stream, text.getBytes(StandardCharsets.UTF_8));
    }

    private static InstanceSpec itzg(String image, Map<String, String> env) {
        return new InstanceSpec(
            "nightporter-a",
            "a",
            new Workload.Image(image, env),
            new Resources(4 * GIBI, null),
            Map.of()
        );
    }

    @Test
    void theUsualImageIsTheServersMemoryAndNobodysSignature() throws BadDefinitionException {
        InstanceSpec silent = itzg("itzg/minecraft-server", Map.of());
        InstanceSpec agreed = itzg("docker.io/itzg/minecraft-server:java25", Map.of("EULA", "TRUE"));
        InstanceSpec own = itzg("itzg/minecraft-server", Map.of("EULA", "true", "MAX_MEMORY", "2G"));

        assertThatThrownBy(() -> GameImages.check(silent, (Workload.Image) silent.workload()))
            .isInstanceOf(BadDefinitionException.class)
            .hasMessageContaining("EULA");
        GameImages.check(agreed, (Workload.Image) agreed.workload());
        assertThat(GameImages.env(agreed, (Workload.Image) agreed.workload())).containsEntry("MEMORY", "3072M");
        assertThat(GameImages.env(own, (Workload.Image) own.workload())).doesNotContainKey("MEMORY");
        InstanceSpec other = itzg("example/paper", Map.of());
        assertThat(GameImages.env(other, (Workload.Image) other.workload())).isEmpty();
    }
}
