package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.orchestrator.model.Rcon;
import java.io.IOException;

/** Types commands into a server's console over the network. Blocks, for half a minute at most. */
@FunctionalInterface
public interface ServerConsole {
    /** Where there is no console. */
    ServerConsole NONE = (_, _, _) -> {
        throw new IOException("there is no way to the console");
    };

    /**
     * @param address where the console is reached
     * @param rcon how to get in
     * @return what the server answered
     * @throws IOException when the command was not executed, or nobody knows
     */
    String type(HostAndPort address, Rcon rcon, String command) throws IOException;
}
