package io.nightporter.proxy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The borders between the modules and between their packages, as docs/architecture.md draws them. */
class ModuleBordersTest {

    private static final String PROTOCOL = "io.nightporter.protocol..";
    private static final String VERSION = "io.nightporter.protocol.version..";
    private static final String ORCHESTRATOR = "io.nightporter.orchestrator..";
    private static final String PROXY = "io.nightporter.proxy..";

    private static final JavaClasses OURS = importOurs();

    @Test
    void protocolKnowsNothingOfOurs() {
        assertThatOfOurs(PROTOCOL).knowsOnly(PROTOCOL);
    }

    @Test
    void aVersionKnowsNothingOfPackets() {
        assertThatOfOurs(VERSION).knowsOnly(VERSION);
    }

    @Test
    void orchestratorKnowsOnlyProtocol() {
        assertThatOfOurs(ORCHESTRATOR).knowsOnly(ORCHESTRATOR, PROTOCOL);
    }

    @Test
    void proxyCoreKnowsOnlyProtocolAndOrchestrator() {
        assertThatOfOurs(PROXY).knowsOnly(PROXY, ORCHESTRATOR, PROTOCOL);
    }

    @Test
    void protocolHasNoSockets() {
        noClasses()
            .that()
            .resideInAPackage(PROTOCOL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.net.http..",
                "java.nio.channels..",
                "javax.net..",
                "io.netty.channel..",
                "io.netty.bootstrap..",
                "io.netty.handler..",
                "io.netty.resolver.."
            )
            .check(OURS);
        noClasses()
            .that()
            .resideInAPackage(PROTOCOL)
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.net\\.(\\w*Socket\\w*|Inet\\w*Address|\\w*URLConnection)")
            .check(OURS);
    }

    @Test
    void thePackagesOfProxyCoreHaveAnOrder() {
        slices().matching("io.nightporter.proxy.(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void everyPackageIsCheckedForNull() {
        assertThat(OURS.stream().map(JavaClass::getPackage).distinct())
            .isNotEmpty()
            .allSatisfy(checked ->
                assertThat(checked.isAnnotatedWith(NullMarked.class)).as(checked.getName()).isTrue()
            );
    }

    private record Border(String of) {
        void knowsOnly(String... allowed) {
            noClasses()
                .that()
                .resideInAPackage(of)
                .should()
                .dependOnClassesThat(resideInAPackage("io.nightporter..").and(resideOutsideOfPackages(allowed)))
                .check(OURS);
        }
    }

    private static Border assertThatOfOurs(String packages) {
        return new Border(packages);
    }

    /** Without the classes that ours depend on: their names are enough, and reading them takes long. */
    private static JavaClasses importOurs() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.nightporter");
    }
}
