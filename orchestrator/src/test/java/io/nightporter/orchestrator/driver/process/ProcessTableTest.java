package io.nightporter.orchestrator.driver.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.orchestrator.driver.process.ProcessTable.Stat;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProcessTableTest {

    private static final String REST = " 10 42 41 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 4158004 3133440 390";

    @Test
    void aProcessMayBeCalledAnything() {
        for (String name : new String[] { "java", "", ") S 1 (", "a b) T 3 4", "\n" }) {
            assertThat(Stat.parse("77 (" + name + ") T" + REST)).contains(new Stat(77, 'T', 42, 41, false, 4_158_004));
        }
    }

    @Test
    void whatIsNoSuchLineIsNobody() {
        for (String line : new String[] {
            "",
            "called off",
            "77 (java",
            "77 (java) S 1 2",
            "x (java) S" + REST,
            "(java) S",
        }) {
            assertThat(Stat.parse(line)).isEmpty();
        }
    }

    @Test
    void weAreAliveAndTheSameAsBefore() throws Exception {
        int self = Integer.parseInt(Files.readSymbolicLink(Path.of("/proc/self")).toString());
        Stat stat = ProcessTable.stat(self).orElseThrow();
        assertThat(stat.pid()).isEqualTo((int) ProcessHandle.current().pid());
        assertThat(ProcessTable.same(self, stat.startTicks())).isPresent();
        assertThat(ProcessTable.same(self, stat.startTicks() + 1)).isEmpty();
        assertThat(ProcessTable.all(one -> one.pid() == self)).hasSize(1);
        assertThat(stat.frozen()).isFalse();
    }

    @Test
    void theKernelsOwnAreKnownByTheirFlag() {
        String line = "2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 10 0 0 20 0 1 0 7 0 0";
        assertThat(Stat.parse(line).orElseThrow().kernel()).isTrue();
    }

    /** As in a container, where nobody of ours may see who began the session. */
    @Test
    void aProcessWhoseSessionIsElsewhereHasItsEnvironmentAllTheSame() throws Exception {
        var builder = new ProcessBuilder("sleep", "30");
        builder.environment().put("WHOSE", "ours");
        Process child = builder.start();
        try {
            Stat seen = ProcessTable.stat((int) child.pid()).orElseThrow();
            Stat elsewhere = new Stat(seen.pid(), seen.state(), 0, 0, seen.kernel(), seen.startTicks());
            assertThat(ProcessTable.hasVariable(elsewhere, "WHOSE", "ours")).isTrue();
            assertThat(ProcessTable.hasVariable(elsewhere, "WHOSE", "theirs")).isFalse();
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void signalsHaveNamesAndNumbers() {
        assertThat(Signals.number("SIGTERM")).contains(15);
        assertThat(Signals.number("int")).contains(2);
        assertThat(Signals.number("34")).contains(34);
        assertThat(Signals.number("0")).isEmpty();
        assertThat(Signals.number("65")).isEmpty();
        assertThat(Signals.number("SIGSIGTERM")).isEmpty();
    }

    @Test
    void noSignalGoesToEverybodyOrToOurselves() {
        // Signal 0 only asks, in case this is broken.
        for (int target : new int[] { 0, 1, -1, Integer.MIN_VALUE }) {
            assertThat(Signals.toGroup(target, 0)).isNotZero();
            assertThat(Signals.toProcess(target, 0)).isNotZero();
        }
    }
}
