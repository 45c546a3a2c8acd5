package dev.mitosis.internal.call;

import dev.mitosis.CallInterruptedException;
import dev.mitosis.PoolClosedException;
import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.call.BatchReader.State;
import org.jspecify.annotations.Nullable;

/// The consumer's side of a call: waits for outcomes and, if the call has no feeder of its own,
/// feeds it meanwhile.
final class Drive {
    private static final long LEAD_NANOS = 100_000;

    private final Call call;
    private final Cursor cursor;
    private final @Nullable Feeder feeder;
    private boolean mayFeed;
    private int unreported;

    /// Makes a drive.
    ///
    /// @param feeder run on this thread, or null if it runs on its own
    Drive(Call call, Cursor cursor, @Nullable Feeder feeder) {
        this.call = call;
        this.cursor = cursor;
        this.feeder = feeder;
        this.mayFeed = feeder != null;
    }

    BatchReader read() {
        return cursor.read();
    }

    /// Waits for the next outcome.
    ///
    /// @param deadline until when to wait at most, or null
    /// @return the state; [State#WAIT] only if the deadline is over
    /// @throws CallInterruptedException if this thread is interrupted; the call is cancelled
    State next(@Nullable Deadline deadline) {
        try {
            while (true) {
                var broken = call.broken();
                if (broken != null) {
                    throw broken;
                }
                var state = cursor.next();
                if (state == State.VALUE || state == State.VERDICT) {
                    return state;
                }
                if (call.broken() != null) {
                    continue;
                }
                if (state == State.END && !mayFeed) {
                    if (call.hearing != null && !call.hearing.awaitHeard()) {
                        throw new PoolClosedException("the pool was terminated before the listener"
                                + " of " + describe() + " had heard all");
                    }
                    return State.END;
                }
                report();
                if (feeder != null && Thread.interrupted()) {
                    throw new InterruptedException(); // also when outcomes come without a wait
                }
                if (!feed() && !lead(deadline) && !call.signal().await(deadline)) {
                    return State.WAIT;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            call.cancel(true);
            throw new CallInterruptedException("the thread that waited for "
                    + describe() + " was interrupted; the call was cancelled");
        }
    }

    /// Waits until all is heard that was emitted until now, before a failure is told; that is what
    /// matters to a caller who is interrupted.
    void awaitHeard() {
        var hearing = call.hearing;
        try {
            if (hearing != null) {
                hearing.awaitHeard();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Counts items that the caller has got.
    void handedOut(int count) {
        unreported += count;
        if (call.options().window() > 0) {
            report();
        }
    }

    private void report() {
        if (unreported > 0) {
            call.handedOut(unreported);
            unreported = 0;
        }
    }

    /// {@return whether anything was done}
    private boolean feed() {
        var own = feeder;
        if (own == null || !mayFeed) {
            return false;
        }
        boolean fed = false;
        Feeder.Step last;
        do {
            last = own.step();
            fed |= last != Feeder.Step.FULL;
        } while (last == Feeder.Step.TAKEN);
        mayFeed = last != Feeder.Step.ENDED;
        return fed;
    }

    /// Takes outcomes in itself for a moment, instead of being woken for each: without a pause if
    /// there is a core that no worker needs, else now and then if they come fast.
    ///
    /// @return whether there is something new
    private boolean lead(@Nullable Deadline deadline) throws InterruptedException {
        if (deadline != null && deadline.isOver()) {
            return false;
        }
        var signal = call.signal();
        boolean free = call.engine().leads() && !Thread.currentThread().isVirtual();
        try {
            if (free || call.queue().isQuick()) {
                call.engine().dispatcher().crew().lead(signal::isRaised, free ? LEAD_NANOS : 0,
                        free ? null : nanos -> nap(deadline, nanos));
            }
        } finally {
            call.engine().led();
        }
        return signal.take();
    }

    private void nap(@Nullable Deadline deadline, long nanos) throws InterruptedException {
        long most = deadline == null ? nanos : Math.min(nanos, deadline.left());
        if (call.signal().await(new Deadline(Deadline.now() + most))) {
            call.signal().raise(); // for whoever takes it
        }
    }

    private String describe() {
        var name = call.options().name();
        return name.isEmpty() ? "a call" : "the call '" + name + "'";
    }
}
