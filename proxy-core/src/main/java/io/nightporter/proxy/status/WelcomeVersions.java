package io.nightporter.proxy.status;

import io.nightporter.protocol.version.ProtocolVersion;
import io.nightporter.protocol.version.ProtocolVersions;
import io.nightporter.proxy.config.ServerSettings;
import java.util.ArrayList;
import java.util.List;

/** Which client versions a server lets in, by its own settings and by those of its addresses. */
record WelcomeVersions(ProtocolVersions versions) {
    /** The list shows the version name in one line beside the server's name. */
    private static final int LONGEST_NAME = 64;

    /**
     * Whether a client of this protocol gets in. One that no table knows is passed through, so the server's address
     * alone decides; nobody has a negative protocol, tools send it to ask which is right.
     */
    boolean include(ServerSettings server, int protocol) {
        boolean passed = server.passthrough() || versions.find(protocol) == null;
        return (
            protocol >= 0 &&
            (passed || server.versions().contains(protocol)) &&
            // One that Nightporter starts has its address only while it runs.
            (server.managed() ||
                server
                    .addresses()
                    .stream()
                    .anyMatch(address -> address.versions().contains(protocol)))
        );
    }

    /** The newest known protocol that gets in; if none does, the newest of all. */
    int newest(ServerSettings server) {
        return versions
            .all()
            .reversed()
            .stream()
            .filter(version -> include(server, version.number()))
            .findFirst()
            .orElse(versions.newest())
            .number();
    }

    /** The protocol with which the server is asked for its status: the client's own if it is known and gets in. */
    int toAskWith(ServerSettings server, int protocol) {
        return versions.find(protocol) != null && include(server, protocol) ? protocol : newest(server);
    }

    /** The releases that get in: {@code 1.8 - 1.12.2, 1.20.2 - 26.3}. */
    String describe(ServerSettings server) {
        List<String> runs = new ArrayList<>();
        ProtocolVersion first = null;
        ProtocolVersion last = null;
        for (ProtocolVersion version : versions.all()) {
            if (include(server, version.number())) {
                first = first == null ? version : first;
                last = version;
            } else if (first != null && last != null) {
                runs.add(run(first, last));
                first = null;
            }
        }
        if (first != null && last != null) {
            runs.add(run(first, last));
        }
        String name = runs.isEmpty() ? versions.describe(server.versions()) : String.join(", ", runs);
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    /** All releases that are known. */
    String describeAll() {
        return run(versions.all().getFirst(), versions.newest());
    }

    private static String run(ProtocolVersion first, ProtocolVersion last) {
        String from = first.releases().getFirst();
        String to = last.newestRelease();
        return from.equals(to) ? from : from + " - " + to;
    }
}
