package io.nightporter.proxy.admin;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.proxy.metrics.ProxyMetrics;
import java.io.IOException;

public final class AdminServer {

    public static AdminServer start(HostAndPort a, ProxyMetrics m) throws IOException {
        return new AdminServer();
    }

    public void ready(boolean r) {}

    public void close() {}
}
