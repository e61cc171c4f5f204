package io.nightporter.proxy.config;

import io.nightporter.proxy.config.Values.Located;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who claims which hostname; whoever comes first in the file has it. */
final class HostClaims {

    private final Reading reading;
    private final Map<String, Integer> lines = new HashMap<>();

    HostClaims(Reading reading) {
        this.reading = reading;
    }

    /** The hostnames that the server or network gets; what it asks for and others have is reported. */
    List<String> claim(Section claimant) {
        List<String> hosts = new ArrayList<>();
        for (Located<String> host : ConfigurationReader.orEmpty(claimant.optional(FleetKeys.HOSTS))) {
            Integer earlier = lines.putIfAbsent(host.value(), host.line());
            if (earlier == null) {
                hosts.add(host.value());
            } else {
                reading.error(
                    host.line(),
                    claimant.place().path() + "." + FleetKeys.HOSTS.name(),
                    "the hostname " +
                        host.value() +
                        " is already claimed on line " +
                        earlier +
                        "; only one server or network can have it"
                );
            }
        }
        return List.copyOf(hosts);
    }
}
