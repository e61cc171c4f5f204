package io.nightporter.proxy.waitingroom;

import io.nightporter.proxy.config.ServerSettings;
import io.nightporter.proxy.fleet.FleetLink;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The watch for each server; they live as long as the process, and so does what they have learned. */
public final class ServerWatches {

    private final ConcurrentHashMap<String, ServerWatch> watches = new ConcurrentHashMap<>();
    private final Function<String, @Nullable ServerSettings> settings;
    private final FleetLink fleet;

    /**
     * @param settings a server's entry in the configuration in force; null for none
     */
    public ServerWatches(Function<String, @Nullable ServerSettings> settings, FleetLink fleet) {
        this.settings = settings;
        this.fleet = fleet;
    }

    public ServerWatch of(String server) {
        return watches.computeIfAbsent(server, name -> new ServerWatch(name, () -> settings.apply(name), fleet));
    }

    /** Something has happened to a server: who waits for it need not wait for the next look. */
    public void hint(String server) {
        ServerWatch watch = watches.get(server);
        if (watch != null) {
            watch.hint();
        }
    }
}
