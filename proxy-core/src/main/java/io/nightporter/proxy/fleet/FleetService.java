package io.nightporter.proxy.fleet;

import io.nightporter.orchestrator.driver.Drivers;
import io.nightporter.orchestrator.fleet.ContainerReader;
import io.nightporter.orchestrator.fleet.FleetParts;
import io.nightporter.orchestrator.fleet.FleetSettings;
import io.nightporter.orchestrator.fleet.Orchestrator;
import io.nightporter.orchestrator.fleet.Placement;
import io.nightporter.orchestrator.fleet.StatusProbe;
import io.nightporter.orchestrator.fleet.Timekeeper;
import io.nightporter.orchestrator.fleet.WallClock;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.rcon.RconConsole;
import io.nightporter.orchestrator.store.AccessStore;
import io.nightporter.orchestrator.store.SqlStore;
import io.nightporter.orchestrator.store.Store;
import io.nightporter.orchestrator.store.StoreException;
import io.nightporter.proxy.config.Configuration;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the fleet in this process. Its records are opened beside the listeners, so that players need not wait for a database; one that
 * does not open is tried again. Closing it stops no server.
 */
public final class FleetService implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FleetService.class);

    private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
    private static final Duration COMPLAIN_EVERY = Duration.ofMinutes(1);

    /** The open fleet and its records. */
    public record Open(Orchestrator orchestrator, Store store, AccessStore access, Timekeeper time) {}

    private final Path dataDir;
    private final String store;
    private final FleetSettings settings;
    private final FleetLink link;
    private final Presence presence;
    private final Drivers drivers;
    private final ContainerReader containers;
    private final List<Consumer<Open>> whenOpen = new CopyOnWriteArrayList<>();
    private final Consumer<FleetEvent> listener;
    private final Definers definers = new Definers();
    private final Thread opener = Thread.ofVirtual().name("fleet-open").unstarted(this::open);
    private final WallClock clock = new WallClock(ZoneId.systemDefault());

    private volatile @Nullable Open opened;
    private long complainedAt;
    private volatile String obstacle = "the fleet's records are being opened";
    private boolean closed;

    /**
     * @param listener hears what happens in the fleet, on any thread
     */
    public FleetService(
        Configuration configuration,
        FleetLink link,
        Presence presence,
        Drivers drivers,
        ContainerReader containers,
        Consumer<FleetEvent> listener
    ) {
        this.dataDir = configuration.dataDir();
        this.store = configuration.store().url();
        this.settings = FleetSettings.DEFAULT.withName(configuration.fleet().name());
        this.link = link;
        this.presence = presence;
        this.drivers = drivers;
        this.containers = containers;
        this.listener = listener;
        definers.wanted(configuration.fleet());
    }

    /** Opens the records soon, and then tells of it. */
    public void begin() {
        opener.start();
    }

    /** Is called once the fleet is open, on another thread. */
    public void whenOpen(Consumer<Open> told) {
        whenOpen.add(told);
    }

    /** The fleet; empty: it is not open yet, see {@link #obstacle}. */
    public Optional<Open> opened() {
        return Optional.ofNullable(opened);
    }

    /** Why the fleet is not open, a few words. */
    public String obstacle() {
        return obstacle;
    }

    private void open() {
        try {
            while (!tryOpen()) {
                Thread.sleep(TRY_AGAIN);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean tryOpen() {
        try {
            open(SqlStore.open(store, dataDir));
            return true;
        } catch (StoreException e) {
            failed(String.valueOf(e.getMessage()), null);
        } catch (RuntimeException e) {
            failed("an error inside Nightporter, " + e + "; please report it, with the log", e);
        }
        return false;
    }

    /** @param trace what the log shows with it */
    private void failed(String reason, @Nullable RuntimeException trace) {
        long now = System.nanoTime();
        if (!reason.equals(obstacle) || now - complainedAt >= COMPLAIN_EVERY.toNanos()) {
            log.error(
                "fleet records not opened, trying again every {} s reason=\"{}\"",
                TRY_AGAIN.toSeconds(),
                reason,
                trace
            );
            complainedAt = now;
        }
        obstacle = reason;
    }

    private synchronized void open(SqlStore records) {
        if (closed) {
            records.close();
            return;
        }
        Orchestrator orchestrator;
        try {
            orchestrator = Orchestrator.open(
                new FleetParts(
                    records,
                    drivers,
                    new StatusProbe(PROBE_LIMIT),
                    new RconConsole(dataDir),
                    presence,
                    Placement.ROOMIEST,
                    clock,
                    settings,
                    containers
                )
            );
        } catch (RuntimeException e) {
            records.close();
            throw e;
        }
        orchestrator.subscribe(listener::accept);
        definers.connect(orchestrator);
        link.connect(orchestrator);
        presence.begin();
        Open now = new Open(orchestrator, records, records.access(), clock);
        opened = now;
        log.info("fleet open servers={} nodes={}", orchestrator.servers().size(), orchestrator.nodes().size());
        whenOpen.forEach(told -> tell(told, now));
    }

    private static void tell(Consumer<Open> told, Open now) {
        try {
            told.accept(now);
        } catch (RuntimeException e) {
            log.error("a part of the fleet was not begun", e);
        }
    }

    /** Makes the fleet agree with another configuration, soon. */
    public void apply(Configuration configuration) {
        definers.wanted(configuration.fleet());
    }

    /** No server is stopped. */
    @Override
    public void close() {
        opener.interrupt();
        synchronized (this) {
            closed = true;
            Open now = opened;
            link.disconnect();
            presence.close();
            definers.close();
            if (now != null) {
                now.orchestrator().close();
                now.store().close();
            }
            clock.close();
        }
    }
}
