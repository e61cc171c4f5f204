package io.nightporter.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightporter.proxy.config.ForwardingSettings.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A version that no table knows never gets around the authentication that the operator asked for. */
class UnknownVersionsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        // whoever connects to such a server is believed: nobody may get there unauthenticated
        "true, auto, NONE, false",
        "true, auto, LEGACY, false",
        // these let nobody in without the proxy's secret
        "true, auto, BUNGEEGUARD, true",
        "true, auto, MODERN, true",
        // nobody is authenticated anyway
        "false, auto, NONE, true",
        "false, auto, LEGACY, true",
        // the operator has decided
        "true, passthrough, NONE, true",
        "false, refuse, NONE, false",
    })
    void passThroughIsAutomaticOnlyWhereItLetsNobodyInUnauthenticated(
        boolean onlineMode,
        String unknownVersions,
        Mode forwarding,
        boolean passes
    ) throws Exception {
        ProxySettings proxy = load("{ onlineMode: %s, unknownVersions: %s }".formatted(onlineMode, unknownVersions));
        assertThat(proxy.passesUnknownVersions(new ForwardingSettings(forwarding, null, "secret"))).isEqualTo(passes);
    }

    @Test
    void automaticIsWhatHappensUnlessSaidOtherwise() throws Exception {
        assertThat(load("{}").unknownVersions()).isEqualTo(ProxySettings.UnknownVersions.AUTO);
    }

    private ProxySettings load(String proxy) throws Exception {
        Path file = folder.resolve("nightporter.yml");
        Files.writeString(file, "proxy: " + proxy + "\n" + TestFiles.SMALLEST);
        return ConfigurationLoader.load(file).proxy();
    }
}
