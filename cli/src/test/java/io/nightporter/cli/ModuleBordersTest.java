package io.nightporter.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The borders between the modules, as docs/architecture.md draws them. */
class ModuleBordersTest {

    private static final String PROTOCOL = "io.nightporter.protocol..";
    private static final String ORCHESTRATOR = "io.nightporter.orchestrator..";
    private static final String PROXY = "io.nightporter.proxy..";
    private static final String CLI = "io.nightporter.cli..";

    private static final JavaClasses OURS = new ClassFileImporter().importPackages("io.nightporter");

    @Test
    void theProtocolKnowsNothingOfOurs() {
        noClasses()
            .that()
            .resideInAPackage(PROTOCOL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ORCHESTRATOR, PROXY, CLI)
            .check(OURS);
    }

    @Test
    void theProtocolOpensNoSockets() {
        noClasses()
            .that()
            .resideInAPackage(PROTOCOL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.channel..", "io.netty.bootstrap..", "java.net.http..")
            .check(OURS);
    }

    @Test
    void theFleetKnowsTheProtocolOnly() {
        noClasses()
            .that()
            .resideInAPackage(ORCHESTRATOR)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROXY, CLI)
            .check(OURS);
    }

    @Test
    void theProxyDoesNotKnowTheProgram() {
        noClasses().that().resideInAPackage(PROXY).should().dependOnClassesThat().resideInAPackage(CLI).check(OURS);
    }
}
