package io.nightporter.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreSettingsTest {

    @TempDir
    Path folder = Path.of("");

    private TestFiles files = new TestFiles(Path.of(""));

    @BeforeEach
    void useFolder() {
        files = new TestFiles(folder);
        files.secret("store.secret", "pass word&1");
    }

    private StoreSettings store(String yaml) throws ConfigurationException {
        return files.load("store: " + yaml + "\n" + TestFiles.SMALLEST).store();
    }

    @Test
    void aFileInTheDataDirectoryIsTheDefault() throws Exception {
        StoreSettings store = files.load(TestFiles.SMALLEST).store();

        assertThat(store.url()).isEqualTo("sqlite:nightporter.db");
        assertThat(store.postgresql()).isFalse();
        assertThat(store("sqlite:other.db").url()).isEqualTo("sqlite:other.db");
    }

    @Test
    void thePasswordComesFromAFileAndIsNeverShown() throws Exception {
        StoreSettings parameter = store("postgresql://db.internal/np?passwordFile=store.secret&user=np");
        StoreSettings block = store("{ url: \"postgresql://db.internal/np?user=np\", passwordFile: store.secret }");

        assertThat(parameter.url()).isEqualTo("postgresql://db.internal/np?user=np&password=pass%20word%261");
        assertThat(block).isEqualTo(parameter);
        assertThat(parameter.postgresql()).isTrue();
        assertThat(parameter.shown()).isEqualTo("postgresql://db.internal/np");
        assertThat(parameter).hasToString("StoreSettings[postgresql://db.internal/np]");
    }

    @Test
    void aPasswordInTheConfigurationIsUsedAndWarnedOf() throws Exception {
        List<String> warnings = new ArrayList<>();
        Configuration configuration = ConfigurationLoader.load(
            files.configuration("store: postgresql://db/np?user=np&password=s3cret-value\n" + TestFiles.SMALLEST),
            warning -> warnings.add(warning.toString())
        );

        assertThat(configuration.store().url()).endsWith("password=s3cret-value");
        assertThat(warnings).singleElement().asString().contains("passwordFile=");
        assertThat(configuration + " " + warnings).doesNotContain("s3cret-value");
    }

    @Test
    void anotherNameOfTheFleetNeedsARestart() throws Exception {
        Configuration one = files.load(TestFiles.SMALLEST);
        String named = TestFiles.SMALLEST.replace("fleet: {", "fleet: { name: edge-2,");
        Configuration other = files.load(named);

        assertThat(one.fleet().name()).isEqualTo("nightporter");
        assertThat(other.fleet().name()).isEqualTo("edge-2");
        assertThat(ConfigurationChange.notAppliedLive(one, other)).containsExactly("fleet.name");
        assertThatThrownBy(() -> files.load(named.replace("edge-2", "Edge_2"))).hasMessageContaining(
            "'Edge_2' is no such name; write up to 32 lower-case letters, digits and hyphens"
        );
    }

    @Test
    void anotherStoreNeedsARestart() throws Exception {
        Configuration one = files.load(TestFiles.SMALLEST);
        Configuration other = files.load("store: sqlite:other.db\n" + TestFiles.SMALLEST);

        assertThat(ConfigurationChange.notAppliedLive(one, other)).containsExactly("store");
    }
}
