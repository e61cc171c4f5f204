package io.nightporter.proxy.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a server is, by the key that says so: each has exactly one of these keys. */
enum ServerKind {
    ADDRESS,
    IMAGE,
    CONTAINER,
    COMMAND,
    REMOTE;

    /** The key that says so. */
    Key<?> key() {
        return switch (this) {
            case ADDRESS -> FleetKeys.ADDRESS;
            case IMAGE -> WorkloadKeys.IMAGE;
            case CONTAINER -> WorkloadKeys.CONTAINER;
            case COMMAND -> WorkloadKeys.COMMAND;
            case REMOTE -> WorkloadKeys.REMOTE;
        };
    }

    /** What may stand beside it and not beside all others. */
    private List<Key<?>> uses() {
        return switch (this) {
            case ADDRESS -> List.of();
            case IMAGE -> List.of(
                WorkloadKeys.COMMAND,
                WorkloadKeys.NODE,
                WorkloadKeys.MEMORY,
                WorkloadKeys.CORES,
                WorkloadKeys.ENV,
                WorkloadKeys.GAME_PORT,
                WorkloadKeys.PORTS,
                WorkloadKeys.DATA,
                WorkloadKeys.DATA_PATH,
                WorkloadKeys.STOP_SIGNAL,
                WorkloadKeys.NETWORK,
                WorkloadKeys.RCON
            );
            case CONTAINER -> List.of(
                WorkloadKeys.NODE,
                WorkloadKeys.MEMORY,
                WorkloadKeys.GAME_PORT,
                WorkloadKeys.RCON
            );
            case COMMAND -> List.of(
                WorkloadKeys.NODE,
                WorkloadKeys.MEMORY,
                WorkloadKeys.CORES,
                WorkloadKeys.ENV,
                WorkloadKeys.GAME_PORT,
                WorkloadKeys.PORTS,
                WorkloadKeys.DIRECTORY,
                WorkloadKeys.STOP_SIGNAL,
                WorkloadKeys.RCON
            );
            case REMOTE -> List.of(WorkloadKeys.NODE);
        };
    }

    /** What this one is; null after it has been reported that it is nothing, or two things at once. */
    static @Nullable ServerKind of(Section server) {
        List<ServerKind> found = new ArrayList<>(
            Stream.of(values())
                .filter(kind -> server.has(kind.key()))
                .toList()
        );
        if (found.contains(IMAGE)) {
            found.remove(COMMAND); // the image's command
        }
        if (found.contains(REMOTE)) {
            found.remove(ADDRESS); // where the other system runs it
        }
        if (found.isEmpty()) {
            server.error(
                FleetKeys.ADDRESS,
                "is missing; write where the server listens, such as address: 127.0.0.1:25566, or what Nightporter " +
                    "is to start: image, container, command or remote"
            );
            return null;
        }
        if (found.size() > 1) {
            server.error(
                found.get(1).key(),
                "does not go together with " +
                    found.getFirst().key().name() +
                    "; a server has exactly one of " +
                    names(List.of(values()))
            );
            return null;
        }
        ServerKind kind = found.getFirst();
        kind.refuseUseless(server);
        return kind;
    }

    private void refuseUseless(Section server) {
        for (Key<?> useless : useless()) {
            if (server.has(useless)) {
                server.error(
                    useless,
                    this == ADDRESS
                        ? "is of no use here: a server with an address is somebody else's, and not started or " +
                              "stopped; remove the key, or write image, container, command or remote instead of address"
                        : "is of no use for a server with " +
                              key().name() +
                              "; it is for servers with " +
                              insteadOf(useless)
                );
            }
        }
    }

    private List<Key<?>> useless() {
        List<Key<?>> mine = uses();
        Stream<Key<?>> ofOthers = Stream.of(values())
            .flatMap(kind -> kind.uses().stream())
            .distinct()
            .filter(other -> !mine.contains(other) && !other.equals(key()));
        return Stream.concat(ofOthers, this == ADDRESS ? SleepKeys.ONLY_MANAGED.stream() : Stream.of()).toList();
    }

    private static String insteadOf(Key<?> useless) {
        return names(
            Stream.of(values())
                .filter(kind -> kind.uses().contains(useless))
                .toList()
        );
    }

    private static String names(List<ServerKind> kinds) {
        return kinds
            .stream()
            .map(kind -> kind.key().name())
            .collect(Collectors.joining(", "));
    }
}
