package dev.mitosis.internal.supervise;

import dev.mitosis.WorkerStartException;
import dev.mitosis.internal.Deadline;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The end of a pool's workers: they are let go, then killed, then no longer waited for.
final class Closing {
    /// How long killed processes are waited for; one that is stuck in the kernel may stay longer.
    private static final Duration STUCK = Duration.ofSeconds(10);

    private static final Duration AT_EXIT = Duration.ofSeconds(2);

    private final Supervisor supervisor;
    private final Thread exitHook;
    private final CountDownLatch gone = new CountDownLatch(1);

    // written by the supervisor's thread, read by any
    private volatile @Nullable Deadline patience;

    // owned by the supervisor's thread
    private @Nullable Deadline giveUp;
    private boolean finished;

    Closing(Supervisor supervisor) {
        this.supervisor = supervisor;
        exitHook = Thread.ofPlatform().name("mitosis-exit").unstarted(this::atExit);
    }

    /// From now on the workers end with this JVM.
    ///
    /// @throws WorkerStartException if that is exiting already
    void listenForExit() {
        try {
            Runtime.getRuntime().addShutdownHook(exitHook);
        } catch (IllegalStateException e) {
            throw exiting(e);
        }
    }

    /// The end of this JVM is of no interest any more.
    void stopListening() {
        try {
            Runtime.getRuntime().removeShutdownHook(exitHook);
        } catch (IllegalStateException e) {
            // it is exiting, and the hook with it
        }
    }

    /// {@return why there is no worker, and will be none}
    static WorkerStartException exiting(@Nullable Throwable cause) {
        return new WorkerStartException("no worker can be started: this JVM is exiting", cause);
    }

    // -- for whoever closes ------------------------------------------------------------------

    /// Waits until all workers are gone; killed when patience is over, or if interrupted.
    void close(Deadline untilKill) {
        supervisor.post(() -> begin(untilKill));
        try {
            gone.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            supervisor.post(() -> begin(new Deadline(Deadline.now())));
            awaitGone();
        }
    }

    /// Waits for killed processes, which is bounded, whatever happens to this thread.
    private void awaitGone() {
        while (gone.getCount() > 0) {
            try {
                gone.await();
            } catch (InterruptedException e) {
                // the flag is set again below, and the wait goes on
            }
        }
        Thread.currentThread().interrupt();
    }

    /// Ends the workers with this JVM, and cleans up behind them.
    private void atExit() {
        supervisor.post(() -> begin(new Deadline(Deadline.now())));
        try {
            var _ = gone.await(AT_EXIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        supervisor.strand();
    }

    /// {@return whether the workers have been told to leave; for any thread}
    boolean hasBegun() {
        return patience != null;
    }

    // -- on the supervisor's thread ----------------------------------------------------------

    /// {@return for how long there is nothing to be done here, nanoseconds}
    long left() {
        var until = giveUp == null ? patience : giveUp;
        return until == null ? Long.MAX_VALUE : until.left();
    }

    private void begin(Deadline untilKill) {
        if (finished) {
            return;
        }
        patience = untilKill;
        supervisor.processes().toList().forEach(worker ->
                supervisor.happened(worker, new WorkerEvent.ToldToLeave()));
    }

    /// Does what time demands.
    ///
    /// @return whether all is over
    boolean isOver() {
        var until = patience;
        if (giveUp == null && until != null && until.isOver()) {
            giveUp = Deadline.in(STUCK);
            supervisor.processes().toList().forEach(worker ->
                    worker.kill("was killed, since the pool was terminated"));
        }
        if (!supervisor.isEmpty() && (giveUp == null || !giveUp.isOver())) {
            return false;
        }
        finish();
        return true;
    }

    private void finish() {
        finished = true;
        if (!supervisor.isEmpty()) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING,
                    "processes that were killed have not ended, and are no longer waited for: "
                            + supervisor.processes().map(worker -> Long.toString(worker.pid()))
                                    .collect(Collectors.joining(", ")));
        }
        stopListening();
        supervisor.resources().close();
        gone.countDown();
    }
}
