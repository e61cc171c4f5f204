package io.nightporter.proxy.config;

import io.nightporter.proxy.config.Values.Located;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who claims which hostname; whoever comes first in the files has it. */
final class HostClaims {

    private final Map<String, Place> claimed = new HashMap<>();

    /** The hostnames that the server or network gets; what it asks for and others have is reported. */
    List<String> claim(Section claimant) {
        List<String> hosts = new ArrayList<>();
        for (Located<String> host : ConfigurationReader.orEmpty(claimant.optional(FleetKeys.HOSTS))) {
            Place place = claimant.place().at(FleetKeys.HOSTS.name(), host.line());
            Place earlier = claimed.putIfAbsent(host.value(), place);
            if (earlier == null) {
                hosts.add(host.value());
            } else {
                place.error(
                    host.line(),
                    "the hostname " +
                        host.value() +
                        " is already claimed " +
                        earlier.seenFrom(place) +
                        "; only one server or network can have it"
                );
            }
        }
        return List.copyOf(hosts);
    }
}
