package io.nightporter.proxy.waitingroom;

import io.nightporter.proxy.config.ServerSettings;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The watch for each server; they live as long as the process, and so does what they have learned. */
public final class ServerWatches {

    private final ConcurrentHashMap<String, ServerWatch> watches = new ConcurrentHashMap<>();
    private final Function<String, @Nullable ServerSettings> settings;

    /**
     * @param settings a server's entry in the configuration in force; null for none
     */
    public ServerWatches(Function<String, @Nullable ServerSettings> settings) {
        this.settings = settings;
    }

    public ServerWatch of(String server) {
        return watches.computeIfAbsent(server, name -> new ServerWatch(name, () -> settings.apply(name)));
    }
}
