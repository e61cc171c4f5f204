package io.nightporter.cli;

import io.nightporter.orchestrator.HostAndPort;
import io.nightporter.proxy.Proxy;
import io.nightporter.proxy.ProxyStartException;
import io.nightporter.proxy.config.ConfigurationException;
import io.nightporter.proxy.config.ConfigurationWatcher;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A proxy from its configuration file to its end. */
final class RunningProxy {

    private static final Logger log = LoggerFactory.getLogger(RunningProxy.class);

    private RunningProxy() {}

    /**
     * Runs a proxy and blocks until the end is asked for and everybody has heard goodbye.
     *
     * @param err gets what keeps the proxy from starting
     * @param ready is called as soon as players can connect
     * @return the exit code
     */
    static int run(Path file, EndOfProgram end, PrintWriter err, Consumer<Proxy> ready) {
        CompletableFuture<ConfigurationWatcher> watching = new CompletableFuture<>();
        Signals.on("HUP", () -> watching.thenAccept(ConfigurationWatcher::reload));
        try (ConfigurationWatcher configuration = ConfigurationWatcher.load(file)) {
            Proxy proxy = Proxy.start(configuration.initial(), VersionCommand.version());
            try {
                logReady(proxy, configuration);
                configuration.start((_, next, _) -> proxy.apply(next));
                watching.complete(configuration);
                ready.accept(proxy);
                return end.await();
            } finally {
                proxy.stop();
            }
        } catch (ConfigurationException e) {
            e.problems().forEach(err::println);
            err.flush();
            return ExitCode.USAGE;
        } catch (ProxyStartException e) {
            err.println("nightporter: " + LineFormatter.oneLine(String.valueOf(e.getMessage())));
            err.flush();
            return ExitCode.FAILED;
        }
    }

    private static void logReady(Proxy proxy, ConfigurationWatcher configuration) {
        long now = System.currentTimeMillis();
        String listen = listed(proxy.addresses().stream().map(RunningProxy::plain).toList());
        int servers = configuration.initial().servers().size();
        // Asked only now, because the management classes take their time to load.
        long started = ManagementFactory.getRuntimeMXBean().getStartTime();
        log.info(
            "ready listen={} admin={} servers={} in={}ms",
            listen,
            configuration.initial().admin(),
            servers,
            now - started
        );
    }

    private static HostAndPort plain(InetSocketAddress address) {
        return new HostAndPort(address.getAddress().getHostAddress(), address.getPort());
    }

    static String listed(Collection<?> addresses) {
        return addresses.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
