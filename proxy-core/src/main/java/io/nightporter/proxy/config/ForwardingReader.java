package io.nightporter.proxy.config;

import io.nightporter.proxy.config.ForwardingSettings.Mode;

/** Reads the key {@code forwarding} of the proxy and of a server. */
final class ForwardingReader {

    private ForwardingReader() {}

    static ForwardingSettings ofProxy(Section proxy) {
        return read(proxy, ForwardingSettings.NONE);
    }

    /** A server's own forwarding, or the proxy's; a server that only names another mode uses the proxy's secret. */
    static ForwardingSettings ofServer(Section server, ForwardingSettings proxy) {
        return server.has(ProxyKeys.FORWARDING) ? read(server, proxy) : proxy;
    }

    private static ForwardingSettings read(Section parent, ForwardingSettings inherited) {
        Section forwarding = parent.section(ProxyKeys.FORWARDING);
        Mode mode = forwarding.value(ProxyKeys.FORWARDING_MODE);
        Secret secret = forwarding.optional(ProxyKeys.FORWARDING_SECRET);
        if (secret != null) {
            return new ForwardingSettings(mode, secret.file(), secret.text());
        }
        if (forwarding.has(ProxyKeys.FORWARDING_SECRET)) {
            return ForwardingSettings.NONE; // what is wrong with the file has been said
        }
        boolean needsSecret = mode == Mode.MODERN || mode == Mode.BUNGEEGUARD;
        if (needsSecret && inherited.secret().isEmpty()) {
            parent.error(
                ProxyKeys.FORWARDING,
                Values.word(mode) +
                    " forwarding needs the secret that the servers have; write { mode: " +
                    Values.word(mode) +
                    ", secretFile: forwarding.secret } and put the secret into that file"
            );
        }
        return new ForwardingSettings(mode, inherited.secretFile(), inherited.secret());
    }
}
