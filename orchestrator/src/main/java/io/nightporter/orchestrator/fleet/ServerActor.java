package io.nightporter.orchestrator.fleet;

import io.nightporter.orchestrator.driver.SeenInstance;
import io.nightporter.orchestrator.model.Cause;
import io.nightporter.orchestrator.model.FleetEvent;
import io.nightporter.orchestrator.model.Instance;
import io.nightporter.orchestrator.model.Operation;
import io.nightporter.orchestrator.model.Phase;
import io.nightporter.orchestrator.model.ServerDefinition;
import io.nightporter.orchestrator.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server. Whatever is wanted of it or happens to it comes through its mailbox, one thing after the other, so that nothing
 * here races; what blocks is done by {@link Work}. What to do next is always decided anew from the records and from what the
 * node says, by the {@link Stage} of the moment: it makes no difference whether an actor has been there all the time, or was
 * made from the records a moment ago.
 */
final class ServerActor {

    private static final Logger log = LoggerFactory.getLogger(ServerActor.class);

    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    private final Surroundings around;
    private final Dossier dossier;
    private final Mailbox mailbox;
    private final Work work;
    private final String name;
    private final Deque<Runnable> whenFree = new ArrayDeque<>();
    private final Outbox outbox;
    private Stage stage;
    private final Sight sight = new Sight(this);
    private final Admission admission = new Admission(this);
    private final Duties duties = new Duties(this);
    private boolean gone;
    private Instant notBefore = Instant.MIN;
    private @Nullable Integer players;
    private Timekeeper.@Nullable Timer retry;
    private StartTimes startTimes = StartTimes.UNKNOWN;
    private volatile ServerView view;

    ServerActor(Surroundings around, Dossier.Records records, Consumer<FleetEvent> told) {
        this.around = around;
        this.name = records.definition().name();
        this.outbox = new Outbox(told);
        this.dossier = new Dossier(around.store(), around.time(), outbox::add, records);
        this.mailbox = new Mailbox(name, around.time());
        this.work = new Work(name, around.time(), this::postUnguarded, this::advance);
        this.stage = Resume.from(this);
        this.view = look();
    }

    // What anybody may call.

    String name() {
        return name;
    }

    ServerView view() {
        return view;
    }

    /** Who is not allowed to wake it may come as long as it is awake. */
    CompletableFuture<WakeAnswer> wake(Cause cause) {
        CompletableFuture<WakeAnswer> answer = outbox.promise(new WakeAnswer.Unknown());
        post(() -> {
            if (dossier.phase().playable()) {
                outbox.answer(() -> stage.wake(cause), answer);
            } else {
                admission.ask(cause, verdict -> outbox.answer(() -> admitted(cause, verdict), answer));
            }
        });
        return answer;
    }

    private WakeAnswer admitted(Cause cause, Admission.Verdict verdict) {
        return switch (verdict) {
            case YES -> stage.wake(cause);
            case NO -> new WakeAnswer.NotAllowed(view);
            case UNKNOWN -> new WakeAnswer.Refused(
                "Node " + sight.node() + " cannot be reached, so nobody knows who is on the whitelist of " + name + ".",
                view
            );
        };
    }

    CompletableFuture<OrderAnswer> stop(Cause cause) {
        return order(() -> stage.stop(cause));
    }

    CompletableFuture<OrderAnswer> restart(Cause cause) {
        return order(() -> stage.restart(cause));
    }

    /** @param who keeps it awake from now on; null: nobody does any more */
    CompletableFuture<OrderAnswer> pin(@Nullable String who, Cause cause) {
        return ask(new OrderAnswer.Unknown(), () -> {
            boolean was = dossier.state().pinnedBy() != null;
            if (was == (who != null)) {
                return new OrderAnswer.Already(name + (was ? " is pinned already." : " is not pinned."));
            }
            Dossier.Entry entry = dossier.entry();
            entry.state(entry.state().withPinnedBy(who).withStoppedBy(null));
            entry.event(
                who == null ? FleetEvent.Kind.UNPINNED : FleetEvent.Kind.PINNED,
                who == null ? name + " may sleep again." : who + " keeps " + name + " awake.",
                who == null ? Map.of() : Map.of("who", who)
            );
            entry.commit();
            if (who != null) {
                stage.wake(cause);
            }
            return new OrderAnswer.Already(name + (who == null ? " may sleep again." : " stays awake."));
        });
    }

    void playersChanged(int number) {
        post(() -> {
            players = number;
            stage.playersChanged();
        });
    }

    CompletableFuture<OrderAnswer> redefine(ServerDefinition definition) {
        return ask(Removal.goesOn(name), () -> {
            if (stage instanceof Leaving || dossier.begun(Removal.STEP)) {
                return Removal.goesOn(name);
            }
            String message = name + " was defined anew.";
            dossier.entry().definition(definition).event(FleetEvent.Kind.SERVER_DEFINED, message, Map.of()).commit();
            return new OrderAnswer.Already(message);
        });
    }

    /** Calls off what is going on, if it is this. */
    CompletableFuture<OrderAnswer> cancel(Operation operation, Cause cause) {
        return order(() -> {
            Operation going = dossier.operation();
            return going == null || !going.id().equals(operation.id())
                ? new OrderAnswer.Refused("That is over: " + name + " is " + Why.words(dossier.phase()) + " by now.")
                : stage.cancel(cause);
        });
    }

    /** Stops it if it runs, removes its instance if it is ours, and forgets it. Its data stay. */
    CompletableFuture<OrderAnswer> remove(Cause cause) {
        return order(() -> Removal.begin(this, cause));
    }

    /** Takes it out of the fleet, whatever runs. */
    void forgotten(Cause cause) {
        CompletableFuture<OrderAnswer> _ = order(() -> {
            String message = name + " was removed: its container is not there any more.";
            forget(message, cause);
            return new OrderAnswer.Already(message);
        });
    }

    /** Something happened to the instance, or to what it depends on. */
    void hint() {
        post(sight::wantLook);
    }

    /** Another server, or a node, has changed. */
    void poke() {
        post(() -> {});
    }

    void nodeLost() {
        post(sight::doubt);
    }

    /** A list of what is on a node was made. */
    void listed(String node, @Nullable SeenInstance listed) {
        post(() -> {
            notBefore = Instant.MIN;
            sight.listed(node, listed);
        });
    }

    private <T> CompletableFuture<T> ask(T otherwise, Supplier<T> question) {
        CompletableFuture<T> answer = outbox.promise(otherwise);
        post(() -> outbox.answer(question, answer));
        return answer;
    }

    /** An order does not meet with work; what takes long is cut short. */
    private CompletableFuture<OrderAnswer> order(Supplier<OrderAnswer> order) {
        CompletableFuture<OrderAnswer> answer = outbox.promise(new OrderAnswer.Unknown());
        post(() -> {
            whenFree.add(() -> outbox.answer(order, answer));
            if (work.busy()) {
                work.interrupt();
            }
        });
        return answer;
    }

    // What the stages call, within the mailbox.

    void post(Runnable letter) {
        mailbox.post(() -> {
            if (gone) {
                outbox.abandon();
            } else {
                guarded(letter);
                advance();
            }
        });
    }

    private void postUnguarded(Runnable letter) {
        mailbox.post(() -> {
            if (!gone) {
                try {
                    letter.run();
                } finally {
                    // Also where the letter has begun further work, after which it goes on.
                    publish();
                    send();
                }
            }
        });
    }

    private void advance() {
        try {
            guarded(this::decide);
        } finally {
            send();
        }
    }

    private void send() {
        if (gone) {
            outbox.abandon();
        } else {
            outbox.send();
        }
    }

    private void decide() {
        while (!gone && !work.busy() && !whenFree.isEmpty()) {
            whenFree.remove().run();
        }
        if (!gone && !work.busy() && now().isBefore(notBefore)) {
            again(Duration.between(now(), notBefore));
        } else {
            next();
        }
        publish();
    }

    private void next() {
        if (!gone && !work.busy() && sight.lookWanted()) {
            sight.look();
        }
        if (!gone && !work.busy()) {
            stage.advance();
        }
    }

    /** Where the records cannot be written nothing is done, and everything is tried again. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (StoreException e) {
            log.debug("records failed server={} reason=\"{}\"", name, e.getMessage());
            again(TRY_AGAIN);
        }
    }

    /** Looks again later whether there is something to do. */
    void again(Duration delay) {
        if (retry != null) {
            retry.cancel();
        }
        retry = around.time().after(delay, this::poke);
    }

    /** What was just done did not work: the next thing is done after this time, whatever happens until then. */
    void rest(Duration delay) {
        notBefore = now().plus(delay);
        again(delay);
    }

    private void publish() {
        ServerView now = look();
        if (!now.equals(view)) {
            view = now;
            around.changed(now);
        }
    }

    private ServerView look() {
        String node = sight.node();
        NodeLink link = node == null ? null : around.node(node);
        Operation going = dossier.operation();
        Instant startingSince = going == null || dossier.phase() != Phase.STARTING ? null : going.createdAt();
        return new ServerView(
            dossier.definition(),
            dossier.state(),
            dossier.instance(),
            link == null || !link.lost(),
            players,
            stage.idleSince(),
            startingSince,
            startTimes
        );
    }

    void enter(Stage next) {
        stage.leave();
        stage = next;
        if (next instanceof Starting || next instanceof Paused || next instanceof Resting) {
            SeenInstance seen = sight.seen();
            boolean frozen = next instanceof Paused || (seen != null && seen.state() == SeenInstance.State.PAUSED);
            Phase from = frozen ? Phase.PAUSED : Phase.ASLEEP;
            startTimes = StartTimes.of(around.store().wakes(name, StartTimes.REMEMBERED), from);
        }
    }

    Surroundings around() {
        return around;
    }

    Dossier dossier() {
        return dossier;
    }

    ServerDefinition definition() {
        return dossier.definition();
    }

    Work work() {
        return work;
    }

    Instant now() {
        return around.time().now();
    }

    /** Does something in the mailbox later. */
    Timekeeper.Timer after(Duration delay, Runnable letter) {
        return around.time().after(delay, () -> post(letter));
    }

    @Nullable
    Integer players() {
        return players;
    }

    void players(int number) {
        players = number;
    }

    Sight sight() {
        return sight;
    }

    Stage stage() {
        return stage;
    }

    Duties duties() {
        return duties;
    }

    /** Begins a start, with an operation of its own. */
    Operation start(Operation.Kind kind, Cause cause, String message) {
        Dossier.Entry entry = dossier.entry();
        entry.state(entry.state().withStoppedBy(null));
        entry.begin(kind, cause, message).phase(Phase.STARTING, cause, message).commit();
        enter(new Starting(this));
        return going();
    }

    Operation going() {
        Operation operation = dossier.operation();
        if (operation == null) {
            throw new IllegalStateException("no operation is going on");
        }
        return operation;
    }

    /** Takes it out of the records; nothing happens here after that. */
    void forget(String message, Cause cause) {
        dossier
            .entry()
            .event(FleetEvent.Kind.SERVER_REMOVED, message, Map.of("cause", cause.kind().name()))
            .end(Operation.State.DONE, message)
            .forget()
            .commit();
        gone = true;
        stage.leave();
        around.removed(name);
    }

    /** Nothing is begun after that; what runs goes on running. */
    CompletableFuture<?> close() {
        var closed = new CompletableFuture<Boolean>();
        mailbox.post(() -> {
            gone = true;
            stage.leave();
            if (retry != null) {
                retry.cancel();
            }
            closed.complete(true);
        });
        return closed;
    }
}
