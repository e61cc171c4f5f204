package io.nightporter.proxy.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

public final class ProxyMetrics {

    public void connection(String r) {}

    public void rejected(String r) {}

    public void statusRequest(String s) {}

    public void loginTook(Duration d) {}

    public void sessionServer(String r, Duration d) {}

    public void backendConnect(String s, String r) {}

    public void playersSource(Supplier<Map<String, Integer>> s) {}

    public RelayCounters relayCounters() {
        return new RelayCounters();
    }
}
