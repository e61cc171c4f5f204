package io.nightporter.orchestrator.model;

import io.nightporter.protocol.version.VersionRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server as somebody defined it: an entry of {@code fleet.servers}, or what the API, a command or a container's labels
 * say. Made with {@link #named}.
 *
 * @param name what it is called everywhere; letters, digits, {@code - _ .}, at most 63 characters
 * @param hosts the hostnames that lead there
 * @param node where it runs; null: it is placed
 * @param owners names or UUIDs
 * @param versions client versions that are let in
 * @param sendProxyProtocol whether connections to it begin with a PROXY protocol header, status requests too
 * @param written the entry as it was written, a JSON object: what the proxy and the API need to know besides, which the
 *     fleet keeps and does not read; {@code {}} where nobody wrote one
 */
public record ServerDefinition(
    String name,
    ManagedBy managedBy,
    List<String> hosts,
    Workload workload,
    @Nullable String node,
    Resources resources,
    Plan plan,
    SleepRules sleep,
    WakeRules wake,
    RunRules run,
    @Nullable Rcon rcon,
    List<String> owners,
    VersionRange versions,
    boolean sendProxyProtocol,
    String written
) {
    public ServerDefinition {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")) {
            throw new IllegalArgumentException(
                "not a name for a server: " +
                    name +
                    "; write 1 to 63 letters, digits, '-', '_' or '.', beginning with a letter or digit"
            );
        }
        hosts = List.copyOf(hosts);
        owners = List.copyOf(owners);
    }

    /** Begins a definition; all but the name and the workload has a default. */
    public static Builder named(String name, Workload workload) {
        return new Builder(name, workload);
    }

    /** This definition, to be changed. */
    public Builder but() {
        var builder = new Builder(name, workload);
        builder.managedBy = managedBy;
        builder.hosts = hosts;
        builder.node = node;
        builder.resources = resources;
        builder.plan = plan;
        builder.sleep = sleep;
        builder.wake = wake;
        builder.run = run;
        builder.rcon = rcon;
        builder.owners = owners;
        builder.versions = versions;
        builder.sendProxyProtocol = sendProxyProtocol;
        builder.written = written;
        return builder;
    }

    /** A definition in the making. */
    public static final class Builder {

        private final String name;
        private Workload workload;
        private ManagedBy managedBy = ManagedBy.API;
        private List<String> hosts = List.of();
        private @Nullable String node;
        private Resources resources = Resources.UNLIMITED;
        private Plan plan = Plan.ALWAYS_ON;
        private SleepRules sleep = SleepRules.DEFAULT;
        private WakeRules wake = WakeRules.DEFAULT;
        private RunRules run = RunRules.DEFAULT;
        private @Nullable Rcon rcon;
        private List<String> owners = List.of();
        private VersionRange versions = VersionRange.ALL;
        private boolean sendProxyProtocol;
        private String written = "{}";

        private Builder(String name, Workload workload) {
            this.name = name;
            this.workload = workload;
        }

        public Builder workload(Workload value) {
            workload = value;
            return this;
        }

        public Builder managedBy(ManagedBy value) {
            managedBy = value;
            return this;
        }

        public Builder hosts(List<String> value) {
            hosts = value;
            return this;
        }

        public Builder node(@Nullable String value) {
            node = value;
            return this;
        }

        public Builder resources(Resources value) {
            resources = value;
            return this;
        }

        public Builder plan(Plan value) {
            plan = value;
            return this;
        }

        public Builder sleep(SleepRules value) {
            sleep = value;
            return this;
        }

        public Builder wake(WakeRules value) {
            wake = value;
            return this;
        }

        public Builder run(RunRules value) {
            run = value;
            return this;
        }

        public Builder rcon(@Nullable Rcon value) {
            rcon = value;
            return this;
        }

        public Builder owners(List<String> value) {
            owners = value;
            return this;
        }

        public Builder versions(VersionRange value) {
            versions = value;
            return this;
        }

        public Builder sendProxyProtocol(boolean value) {
            sendProxyProtocol = value;
            return this;
        }

        public Builder written(String value) {
            written = value;
            return this;
        }

        public ServerDefinition build() {
            return new ServerDefinition(
                name,
                managedBy,
                hosts,
                workload,
                node,
                resources,
                plan,
                sleep,
                wake,
                run,
                rcon,
                owners,
                versions,
                sendProxyProtocol,
                written
            );
        }
    }
}
