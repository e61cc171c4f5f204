package io.nightporter.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The program's place among the modules, as docs/architecture.md draws it: it knows all others, no other knows it. */
class ModuleBordersTest {

    private static final String CLI = "io.nightporter.cli..";

    private static final JavaClasses OURS = importOurs();

    @Test
    void nobodyKnowsTheProgram() {
        noClasses().that().resideOutsideOfPackage(CLI).should().dependOnClassesThat().resideInAPackage(CLI).check(OURS);
    }

    @Test
    void everyPackageIsCheckedForNull() {
        assertThat(
            OURS.stream()
                .map(JavaClass::getPackage)
                .filter(any -> any.getName().startsWith("io.nightporter.cli"))
                .distinct()
        ).allSatisfy(checked -> assertThat(checked.isAnnotatedWith(NullMarked.class)).as(checked.getName()).isTrue());
    }

    /** Without the classes that ours depend on: their names are enough, and reading them takes long. */
    private static JavaClasses importOurs() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.nightporter");
    }
}
