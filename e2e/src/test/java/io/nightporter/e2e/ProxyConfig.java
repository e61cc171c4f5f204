package io.nightporter.e2e;

import java.util.List;

/**
 * The text of a configuration file: {@code proxy} settings as lines, servers with the hostname NAME.test.
 *
 * @param settings lines of the block proxy, without the indent
 * @param servers entries of fleet.servers
 */
record ProxyConfig(List<String> settings, String servers) {
    static ProxyConfig with(String... settings) {
        return new ProxyConfig(List.of(settings), "");
    }

    /** @param more further lines of the entry, such as {@code forwarding: { mode: legacy }} */
    ProxyConfig server(String name, int port, String... more) {
        var entry = new StringBuilder(
            "    %s:\n      hosts: [%s.test]\n      address: 127.0.0.1:%d\n".formatted(name, name, port)
        );
        for (String line : more) {
            entry.append("      ").append(line).append('\n');
        }
        return new ProxyConfig(settings, servers + entry);
    }

    /** With {PORT} and {ADMIN} for {@link NightporterProcess}. */
    String yaml() {
        var text = new StringBuilder("proxy:\n  listen: 127.0.0.1:{PORT}\n");
        settings.forEach(line -> text.append("  ").append(line).append('\n'));
        return text.append("admin:\n  listen: 127.0.0.1:{ADMIN}\nfleet:\n  servers:\n").append(servers).toString();
    }
}
