package dev.mitosis.internal.schedule;

import dev.mitosis.internal.Deadline;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A wake-up call for one waiting thread; raised before the wait, it is not lost.
///
/// The waiter looks at its condition, waits, and looks again; whoever changes the condition raises
/// the signal afterwards. The condition itself must be volatile or guarded by a lock: a signal that
/// is up already is not written again, and orders nothing.
public final class Signal {
    // set by the waiter, read by those who raise
    private volatile @Nullable Thread waiter;

    // set by those who raise, cleared by the waiter
    private volatile boolean raised;

    /// Makes a signal that is not raised.
    public Signal() {}

    /// Wakes the waiter, or the next one.
    public void raise() {
        if (!raised) {
            raised = true;
        }
        var thread = waiter;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /// {@return whether the signal is raised}
    public boolean isRaised() {
        return raised;
    }

    /// Lowers the signal; for the waiter.
    ///
    /// @return whether it was raised
    public boolean take() {
        if (!raised) {
            return false; // not lowered: it may be raised right now, and that would be lost
        }
        raised = false;
        return true;
    }

    /// Waits until the signal is raised, and lowers it.
    ///
    /// @throws InterruptedException if this thread is interrupted
    public void await() throws InterruptedException {
        await(null);
    }

    /// Waits until the signal is raised, or a deadline is over; lowers it.
    ///
    /// @param deadline until when to wait at most, or null
    /// @return false if the deadline was over first
    /// @throws InterruptedException if this thread is interrupted
    public boolean await(@Nullable Deadline deadline) throws InterruptedException {
        waiter = Thread.currentThread();
        try {
            while (!raised) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (deadline == null) {
                    LockSupport.park(this);
                } else if (deadline.isOver()) {
                    return false;
                } else {
                    LockSupport.parkNanos(this, deadline.left());
                }
            }
            raised = false;
            return true;
        } finally {
            waiter = null;
        }
    }
}
