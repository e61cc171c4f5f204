package io.nightporter.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/configuration.md says is true. */
class DocumentationTest {

    @Test
    void theReferenceIsTheOneOfTheDeclarations() throws IOException {
        Handbook.checkPart("reference", Handbook.reference());
    }

    @Test
    void thePhrasesAreAllThereAreWithTheirEnglishWords() throws IOException {
        Handbook.checkPart("phrases", Handbook.phrases());
    }

    @Test
    void theRulesForGoodbyesAreThoseThatAreBuiltIn() throws IOException {
        Handbook.checkPart("goodbyes", Handbook.goodbyes());
    }

    static List<String> examples() throws IOException {
        return Handbook.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleCanBeUsedAsItStands(String yaml, @TempDir Path folder) {
        TestFiles files = new TestFiles(folder);
        files.secret("forwarding.secret", "s3cret");
        files.secret("rcon.secret", "s3cret");
        files.secret("panel.secret", "s3cret");
        files.secret("store.secret", "s3cret");
        files.favicon("server-icon.png");
        files.write("newer-versions.txt", "version 9999 99.9\n");
        files.write("messages.fr.yml", "startingTitle: \"<gold><server> démarre</gold>\"\n");

        assertThat(files.errors(yaml)).isEmpty();
        assertThat(SchemaTest.SCHEMA.validate(yaml, InputFormat.YAML)).isEmpty();
    }
}
