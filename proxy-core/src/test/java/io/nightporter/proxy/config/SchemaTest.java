package io.nightporter.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What editors are told is what the loader accepts. */
class SchemaTest {

    static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(
        ConfigurationSchema.json()
    );

    @Test
    void theSchemaInTheDocumentationIsTheOneOfTheDeclarations() throws IOException {
        Handbook.check(Handbook.DOCS.resolve("nightporter.schema.json"), ConfigurationSchema.json());
    }

    @ParameterizedTest
    @ValueSource(strings = { "types", "unknown-keys", "words", "empty" })
    void whatHasAWrongShapeIsRefusedBySchemaToo(String name) throws IOException {
        Path file = Path.of("src/test/resources/io/nightporter/proxy/config/wrong/" + name + ".yml");

        assertThat(SCHEMA.validate(Files.readString(file), InputFormat.YAML)).isNotEmpty();
    }

    @Test
    void aRightFileIsAccepted() {
        assertThat(SCHEMA.validate(TestFiles.SMALLEST, InputFormat.YAML)).isEmpty();
    }
}
