package dev.mitosis.internal.call;

import dev.mitosis.CallInterruptedException;
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
                    return State.END;
                }
                report();
                if (feeder != null && Thread.interrupted()) {
                    throw new InterruptedException(); // also when outcomes come without a wait
                }
                if (!feed() && !lead() && !call.signal().await(deadline)) {
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

    /// Counts an item that the caller has got.
    void handedOut() {
        unreported++;
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
        while (mayFeed && own.hasRoom()) {
            mayFeed = own.step();
            fed = true;
        }
        if (mayFeed && own.isUnwanted()) {
            mayFeed = false;
            fed = true;
        }
        return fed;
    }

    /// Takes outcomes in itself for a moment, if there is a core that no worker needs, or the
    /// outcomes are so close that two switches of threads would take longer.
    ///
    /// @return whether there is something new
    private boolean lead() {
        var signal = call.signal();
        if (feeder == null || Thread.currentThread().isVirtual()) {
            return false;
        }
        boolean soon = call.engine().leads() || call.queue().isQuick();
        long nanos = soon ? LEAD_NANOS : 0;
        try {
            call.engine().dispatcher().crew().lead(signal::isRaised, nanos);
        } finally {
            call.engine().led();
        }
        return signal.take();
    }

    private String describe() {
        var name = call.options().name();
        return name.isEmpty() ? "a call" : "the call '" + name + "'";
    }
}
