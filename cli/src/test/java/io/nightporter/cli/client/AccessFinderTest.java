package io.nightporter.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessFinderTest {

    @TempDir
    Path here = Path.of("");

    private Path put(String path, String text) throws IOException {
        Path file = here.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Access find(Map<String, String> environment) throws ApiException {
        return new AccessFinder(environment, here).find(null, null, null);
    }

    @Test
    void withoutAnythingItIsThisMachineWithoutAToken() throws Exception {
        Access access = find(Map.of());

        assertThat(access.base()).isEqualTo(URI.create("http://127.0.0.1:8080"));
        assertThat(access.token()).isNull();
    }

    @Test
    void theFileIsLookedForHereAndThenInTheDataDirectory() throws Exception {
        put("data/admin.token", "np_data\n");
        Map<String, String> environment = Map.of("NIGHTPORTER_DATA", "data");

        assertThat(find(environment).token()).isEqualTo("np_data");
        put("admin.token", "np_here\n");
        assertThat(find(environment).token()).isEqualTo("np_here");
        assertThat(find(Map.of("NIGHTPORTER_DATA", "data", "NIGHTPORTER_TOKEN", "np_given")).token()).isEqualTo(
            "np_given"
        );
    }

    @Test
    void anOptionComesBeforeTheEnvironment() throws Exception {
        put("mine", "np_mine");
        var finder = new AccessFinder(Map.of("NIGHTPORTER_TOKEN", "np_given", "NIGHTPORTER_URL", "http://a:1"), here);

        Access access = finder.find("b:2/", Path.of("mine"), null);

        assertThat(access.token()).isEqualTo("np_mine");
        assertThat(access.base()).isEqualTo(URI.create("http://b:2"));
    }

    @Test
    void aConfigurationSaysWhereItsAddressAndItsDataAre() throws Exception {
        put("etc/nightporter.yml", "dataDir: ../data\nadmin: { listen: 0.0.0.0:9090 }\n");
        put("data/admin.token", "np_data");

        Access access = new AccessFinder(Map.of(), here).find(null, null, Path.of("etc/nightporter.yml"));

        assertThat(access.base()).isEqualTo(URI.create("http://127.0.0.1:9090"));
        assertThat(access.token()).isEqualTo("np_data");
    }

    @Test
    void theFileThatLiesHereIsNotShownToAnotherMachine() throws Exception {
        put("admin.token", "np_here");

        assertThat(find(Map.of("NIGHTPORTER_URL", "http://elsewhere.example.org:8080")).token()).isNull();
        assertThat(find(Map.of("NIGHTPORTER_URL", "http://[::1]:8080")).token()).isEqualTo("np_here");
    }

    @Test
    void nothingTellsTheToken() throws Exception {
        put("admin.token", "np_here");

        assertThat(find(Map.of())).asString().doesNotContain("np_here");
        assertThatThrownBy(() -> find(Map.of("NIGHTPORTER_TOKEN", "two words"))).hasMessageNotContaining("two words");
    }
}
