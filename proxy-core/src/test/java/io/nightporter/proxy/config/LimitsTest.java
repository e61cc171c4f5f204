package io.nightporter.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is counted, and who is not. */
class LimitsTest {

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = { "127.0.0.1", "127.9.9.9", "::1" })
    void whoComesFromThisMachineIsNotCountedUntilTheOperatorSpeaksOfLimits(String address) throws Exception {
        assertThat(limits("").exempts(InetAddress.ofLiteral(address))).isTrue();
        assertThat(limits("proxy: { onlineMode: false }").exempts(InetAddress.ofLiteral(address))).isTrue();
        assertThat(limits("proxy: { limits: {} }").exempts(InetAddress.ofLiteral(address))).isFalse();
        assertThat(limits("proxy: { limits: }").exempts(InetAddress.ofLiteral(address))).isFalse();
        assertThat(
            limits("proxy: { limits: { exempt: 192.0.2.0/24 } }").exempts(InetAddress.ofLiteral(address))
        ).isFalse();
    }

    @Test
    void theOperatorSaysWhoElseIsNotCounted() throws Exception {
        Limits limits = limits("proxy: { limits: { exempt: [192.0.2.0/24, \"2001:db8::/32\"] } }");

        assertThat(limits.exempts(InetAddress.ofLiteral("192.0.2.200"))).isTrue();
        assertThat(limits.exempts(InetAddress.ofLiteral("2001:db8:ffff::1"))).isTrue();
        assertThat(limits.exempts(InetAddress.ofLiteral("192.0.3.1"))).isFalse();
    }

    @Test
    void aNumberThatIsLeftOutHasItsDefaultAlsoBesideWrittenOnes() throws Exception {
        Limits limits = limits("proxy: { limits: { loginsPerMinute: 7 } }");

        assertThat(limits.loginsPerMinute()).isEqualTo(7);
        assertThat(limits.connectionsPerSecond()).isEqualTo(20);
        assertThat(limits.bytesPerSecond()).isEqualTo(262_144);
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "4096", "256KiB", "\"1MiB\"" })
    void editorsAcceptTheSizesThatTheLoaderAccepts(String size) throws Exception {
        String yaml = "proxy: { limits: { bytesPerSecond: " + size + " } }\n" + TestFiles.SMALLEST;

        assertThat(SchemaTest.SCHEMA.validate(yaml, InputFormat.YAML)).isEmpty();
        assertThat(new TestFiles(folder).errors(yaml)).isEmpty();
    }

    private Limits limits(String proxy) throws Exception {
        return new TestFiles(folder)
            .load(proxy + "\n" + TestFiles.SMALLEST)
            .proxy()
            .limits();
    }
}
