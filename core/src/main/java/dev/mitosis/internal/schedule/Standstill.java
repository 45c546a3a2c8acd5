package dev.mitosis.internal.schedule;

import dev.mitosis.internal.Deadline;
import dev.mitosis.spi.Crew;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Warns when the items that run all wait for something hosted, as a queue is, while others are
/// queued: if those are what they wait for, nobody will ever wake them.
///
/// It looks once a second, but only while items call what is hosted.
final class Standstill {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Executor LATER = CompletableFuture.delayedExecutor(
            PATIENCE.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread);

    private final Dispatcher dispatcher;
    private final Crew crew;
    private final AtomicBoolean looking = new AtomicBoolean();

    // written by any: items have called since the last look
    private volatile boolean called;

    // owned by who looks: whether this standstill was told of
    private boolean told;

    Standstill(Dispatcher dispatcher, Crew crew) {
        this.dispatcher = dispatcher;
        this.crew = crew;
    }

    /// An item is about to call something, and may wait in that.
    void calls() {
        called = true;
        lookLater();
    }

    private void lookLater() {
        if (looking.compareAndSet(false, true)) {
            LATER.execute(this::look);
        }
    }

    private void look() {
        called = false;
        var queued = dispatcher.standsStill(this::isWaiting);
        if (queued != null && !told) {
            warn(queued);
        }
        told = queued != null;
        boolean again = isAnyWaiting();
        looking.set(false);
        if (again || called) { // Guard against race with one that called and did not look
            lookLater();
        }
    }

    private boolean isAnyWaiting() {
        for (int seat = 0; seat < crew.seats(); seat++) {
            if (crew.waitingSince(seat) != null) {
                return true;
            }
        }
        return false;
    }

    /// {@return whether the item of a seat's worker has waited for long}
    private boolean isWaiting(int seat) {
        var since = crew.waitingSince(seat);
        return since != null && new Deadline(since + PATIENCE.toNanos()).isOver();
    }

    private static void warn(Queue queued) {
        var name = queued.job().name();
        System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING, "all workers of a pool"
                + " have waited in calls of hosted objects for more than " + PATIENCE.toMillis()
                + " ms, while items of " + (name.isEmpty() ? "a call" : "call '" + name + "'")
                + " are queued: if those are what they wait for, they wait for ever. More workers,"
                + " a second pool for one of the sides, or a time-out would help");
    }
}
