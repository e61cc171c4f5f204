package io.nightporter.proxy.config;

import java.util.ArrayList;
import java.util.List;

/** What a reload cannot do. */
public final class ConfigurationChange {

    private ConfigurationChange() {}

    /** The keys that differ and only take effect after a restart, such as {@code proxy.listen}. */
    public static List<String> notAppliedLive(Configuration previous, Configuration next) {
        List<String> keys = new ArrayList<>();
        if (!previous.proxy().listen().equals(next.proxy().listen())) {
            keys.add("proxy.listen");
        }
        if (previous.proxy().transport() != next.proxy().transport()) {
            keys.add("proxy.transport");
        }
        if (!previous.admin().equals(next.admin())) {
            keys.add("admin.listen");
        }
        if (!previous.store().equals(next.store())) {
            keys.add("store");
        }
        if (!previous.dataDir().equals(next.dataDir())) {
            keys.add("dataDir");
        }
        if (!previous.fleet().name().equals(next.fleet().name())) {
            keys.add("fleet.name");
        }
        return List.copyOf(keys);
    }
}
