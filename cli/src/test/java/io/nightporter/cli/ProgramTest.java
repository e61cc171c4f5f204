package io.nightporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the program says to people, shells and signals. */
@Timeout(180)
class ProgramTest {

    @TempDir
    Path folder = Path.of("");

    private int port;
    private int adminPort;

    private Path configuration(String motd) throws IOException {
        if (port == 0) {
            port = freePort();
            adminPort = freePort();
        }
        return Files.writeString(
            folder.resolve("nightporter.yml"),
            """
            proxy: { listen: "127.0.0.1:%d", motd: "%s" }
            admin: { listen: "127.0.0.1:%d" }
            fleet: { servers: { main: { hosts: ["*"], address: "127.0.0.1:25566" } } }
            """.formatted(port, motd, adminPort)
        );
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aRightConfigurationIsFine() throws Exception {
        Path file = configuration("Night shift");
        try (Program program = Program.start("config", "check", file.toString())) {
            assertThat(program.awaitLine("fine")).isEqualTo(
                file + ": fine (1 server, 1 hostname, online mode, listens on 127.0.0.1:" + port + ")"
            );
            assertThat(program.awaitExit()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void aWrongConfigurationIsExplainedAndNeverRun() throws Exception {
        Path file = Files.writeString(
            folder.resolve("wrong.yml"),
            "proxy: { onlinMode: true }\nfleet: { serves: {} }\n"
        );
        String[] explanation = {
            file + ":1 proxy.onlinMode: unknown key; did you mean onlineMode?",
            file + ":2 fleet.serves: unknown key; did you mean servers?",
        };
        try (
            Program check = Program.start("config", "check", file.toString());
            Program run = Program.start("run", "--config", file.toString())
        ) {
            assertThat(check.awaitExit()).isEqualTo(ExitCode.USAGE);
            assertThat(check.errors()).contains(explanation);
            assertThat(run.awaitExit()).isEqualTo(ExitCode.USAGE);
            assertThat(run.errors()).contains(explanation);
        }
    }

    @Test
    void wrongUsageIsExplained() throws Exception {
        try (Program nothing = Program.start(); Program unknown = Program.start("runn")) {
            assertThat(nothing.awaitExit()).isEqualTo(ExitCode.USAGE);
            assertThat(nothing.errors()).anyMatch(line -> line.startsWith("Usage: nightporter"));
            assertThat(unknown.awaitExit()).isEqualTo(ExitCode.USAGE);
            assertThat(unknown.errors()).anyMatch(line -> line.contains("Did you mean") && line.contains("run"));
        }
    }

    @Test
    void theVersionNamesWhatCanBePlayed() throws Exception {
        try (Program program = Program.start("version")) {
            assertThat(program.awaitLine("nightporter")).contains("Minecraft 1.7.2 to ").contains("Java ");
            assertThat(program.awaitExit()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void theSchemaIsPrintedForEditors() throws Exception {
        try (Program program = Program.start("config", "schema")) {
            assertThat(program.awaitLine("$schema")).contains("2020-12");
            assertThat(program.awaitExit()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        Path file = configuration("Night shift");
        try (
            var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            Program program = Program.start("run", "--config", file.toString())
        ) {
            assertThat(program.awaitExit()).isEqualTo(ExitCode.FAILED);
            assertThat(program.errors())
                .singleElement()
                .asString()
                .contains("127.0.0.1:" + port);
        }
    }

    @Test
    void itRunsUntilItIsToldToEndAndReloadsWhenToldTo() throws Exception {
        Path file = configuration("one");
        try (Program program = Program.start("run", "--config", file.toString())) {
            String ready = program.awaitLine("ready ");
            assertThat(ready).matches(
                "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  ready listen=127.0.0.1:" +
                    port +
                    " admin=127.0.0.1:" +
                    adminPort +
                    " servers=1 in=\\d+ms"
            );
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
            }
            configuration("two");
            program.signal("HUP");
            program.awaitLine("configuration reloaded");
            configuration("<gold>three");
            assertThat(program.awaitLine("not reloaded")).contains(
                "nightporter.yml:1 proxy.motd: All tags must be explicitly closed"
            );
            program.signal("TERM");
            assertThat(program.awaitExit()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void ctrlCEndsItGracefullyToo() throws Exception {
        Path file = configuration("one");
        try (Program program = Program.start("run", "--config", file.toString())) {
            program.awaitLine("ready ");
            program.signal("INT");
            program.awaitLine("stopped");
            assertThat(program.awaitExit()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void theDemoSaysWhenItsWorldIsNotThere() throws Exception {
        try (Program program = Program.start("demo", "--port", Integer.toString(freePort()))) {
            assertThat(program.awaitExit()).isEqualTo(ExitCode.FAILED);
            assertThat(program.errors()).singleElement().asString().contains("./nightporter demo");
        }
    }

    @Test
    void theDemoNeedsAPortThatIsFree() throws Exception {
        try (
            var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            Program taken = Program.start("demo", "--port", Integer.toString(other.getLocalPort()));
            Program none = Program.start("demo", "--port", "65536")
        ) {
            assertThat(taken.awaitExit()).isEqualTo(ExitCode.FAILED);
            assertThat(taken.errors())
                .singleElement()
                .asString()
                .contains("port " + other.getLocalPort(), "--port");
            assertThat(none.awaitExit()).isEqualTo(ExitCode.USAGE);
        }
    }
}
