package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.Driver;
import io.nightporter.orchestrator.driver.DriverEvent;
import io.nightporter.orchestrator.driver.DriverException;
import io.nightporter.orchestrator.driver.Labels;
import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.driver.Subscription;
import io.nightporter.orchestrator.model.NodeDefinition;
import io.nightporter.orchestrator.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to a node: knows whether it answers, and tells what runs there when it begins to, and every now and then.
 * That a node is gone is noticed within ten seconds, also if the network swallows everything: a sign of life is asked for
 * every two, which takes three at most, and asked for once more at once.
 */
final class NodeLink implements AutoCloseable {

    /** Who is told. The calls come one after the other, and may not block. */
    interface Owner {
        /** @param reason for people */
        void lost(NodeLink node, String reason);

        /**
         * @param back whether the node had been lost
         * @param instances all of ours, running or not
         */
        void seen(NodeLink node, boolean back, List<SeenInstance> instances);

        /** Whether {@link #labelled} is of any use. */
        boolean wantsLabelled();

        /** @param containers all that make themselves servers by their labels */
        void labelled(NodeLink node, List<SeenInstance> containers);

        /** It was asked for a sign of life; comes after everything else that came of that. */
        void looked(NodeLink node);

        /** Something happened to an instance, ours or not. */
        void changed(NodeLink node, DriverEvent.Changed change);
    }

    private enum Contact {
        NONE_YET,
        UP,
        LOST,
    }

    private static final Logger log = LoggerFactory.getLogger(NodeLink.class);

    private static final Duration SECOND_LOOK = Duration.ofMillis(500);
    /** Who makes a container anew removes it, makes another one and renames it. */
    private static final Duration LABELS_SETTLE = Duration.ofSeconds(1);

    private final Driver driver;
    private final FleetSettings settings;
    private final Timekeeper time;
    private final Owner owner;
    private final Mailbox mailbox;
    private volatile NodeDefinition definition;
    private volatile Contact contact = Contact.NONE_YET;
    private volatile boolean closed;
    private boolean doubtful;
    private Instant resyncAt = Instant.MIN;
    private @Nullable Subscription subscription;
    private Timekeeper.@Nullable Timer next;

    NodeLink(NodeDefinition definition, Driver driver, FleetSettings settings, Timekeeper time, Owner owner) {
        this.definition = definition;
        this.driver = driver;
        this.settings = settings;
        this.time = time;
        this.owner = owner;
        this.mailbox = new Mailbox(definition.name(), time);
    }

    void open() {
        mailbox.post(() -> {
            subscription = driver.subscribe(this::heard);
            look();
        });
    }

    String name() {
        return definition.name();
    }

    NodeDefinition definition() {
        return definition;
    }

    /** Takes over what does not concern the driver. */
    void redefine(NodeDefinition other) {
        definition = other;
    }

    Driver driver() {
        return driver;
    }

    /** Whether it answered lately. */
    boolean reachable() {
        return contact == Contact.UP;
    }

    /** Whether it was found not to answer; otherwise it answers, or was not asked yet. */
    boolean lost() {
        return contact == Contact.LOST;
    }

    private void heard(DriverEvent event) {
        switch (event) {
            case DriverEvent.Changed changed -> mailbox.post(() -> {
                if (!closed && contact == Contact.UP) {
                    owner.changed(this, changed);
                }
                if (changed.labels().containsKey(Labels.HOST)) {
                    lookForLabelled(LABELS_SETTLE);
                }
            });
            case DriverEvent.Lost _ -> mailbox.post(this::look);
            case DriverEvent.Back _ -> mailbox.post(() -> {
                resyncAt = Instant.MIN;
                look();
            });
        }
    }

    private void look() {
        if (closed) {
            return;
        }
        if (next != null) {
            next.cancel();
        }
        Duration pause = settings.pingEvery();
        try {
            pause = ask();
            owner.looked(this);
        } finally {
            Duration delay = pause;
            next = time.after(delay, () -> mailbox.post(this::look));
        }
    }

    /** Returns how long there is until the next time. */
    private Duration ask() {
        try {
            driver.ping();
            if (contact != Contact.UP || !time.now().isBefore(resyncAt)) {
                resync();
            }
            doubtful = false;
        } catch (DriverException e) {
            if (contact == Contact.UP && !doubtful) {
                doubtful = true;
                return SECOND_LOOK;
            } else if (contact != Contact.LOST) {
                contact = Contact.LOST;
                log.warn("node lost node={} reason=\"{}\"", name(), e.getMessage());
                owner.lost(this, String.valueOf(e.getMessage()));
            }
        }
        return settings.pingEvery();
    }

    private void resync() throws DriverException {
        List<SeenInstance> instances = driver.list(settings.name());
        resyncAt = time.now().plus(settings.resyncEvery());
        Contact before = contact;
        contact = Contact.UP;
        if (before != Contact.UP) {
            log.info("node reached node={} instances={}", name(), instances.size());
        }
        owner.seen(this, before == Contact.LOST, instances);
        findLabelled();
    }

    /** Looks later for containers that make themselves servers. */
    void lookForLabelled(Duration delay) {
        if (!closed && owner.wantsLabelled()) {
            time.after(delay, () -> mailbox.post(this::findLabelled));
        }
    }

    private void findLabelled() {
        if (closed || contact != Contact.UP || !owner.wantsLabelled()) {
            return;
        }
        try {
            owner.labelled(this, driver.labelled(Labels.HOST));
        } catch (StoreException e) {
            log.debug("containers not recorded node={} reason=\"{}\"", name(), e.getMessage());
            lookForLabelled(settings.pingEvery());
        } catch (DriverException e) {
            log.debug("containers not listed node={} reason=\"{}\"", name(), e.getMessage());
            lookForLabelled(settings.pingEvery());
        }
    }

    @Override
    public void close() {
        closed = true;
        mailbox.post(() -> {
            if (next != null) {
                next.cancel();
            }
            if (subscription != null) {
                subscription.close();
            }
            driver.close();
        });
    }
}
