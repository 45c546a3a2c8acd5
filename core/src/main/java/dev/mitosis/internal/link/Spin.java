package dev.mitosis.internal.link;

import dev.mitosis.internal.Deadline;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Looks at a condition again and again, as long as that is worth while; for one thread at a time.
///
/// Whoever is awaited may be on this very core: so this thread yields every microsecond. That costs
/// about as much itself, and if it is what helps again and again, both share one core while another
/// may be idle: the scheduler does not move threads that have just run. It does choose an idle core
/// for a thread that wakes, so then this one sleeps for a moment.
public final class Spin {
    private static final int LOOKS = 16;
    private static final long QUIET_NANOS = 1_000;
    private static final int SHARED = 32; // times that a yield helped, in a row
    private static final int SELDOM = -2_000;

    private int helped;

    /// Waits for a condition.
    ///
    /// @param condition what to look at
    /// @param nanos for how long at most
    /// @return whether it came true
    @SuppressWarnings("ThreadPriorityCheck") // see above
    public boolean await(BooleanSupplier condition, long nanos) {
        long begin = Deadline.now();
        long nextYield = QUIET_NANOS;
        boolean yielded = false;
        while (true) {
            for (int i = 0; i < LOOKS; i++) {
                if (condition.getAsBoolean()) {
                    learn(yielded && i == 0);
                    return true;
                }
                Thread.onSpinWait();
            }
            long spent = Deadline.now() - begin;
            if (spent >= nanos) {
                return false;
            }
            yielded = spent >= nextYield;
            if (yielded) {
                Thread.yield();
                nextYield = spent + QUIET_NANOS;
            }
        }
    }

    private void learn(boolean byYield) {
        if (!byYield) {
            helped = Math.min(helped + 1, 0);
        } else if (++helped >= SHARED) {
            LockSupport.parkNanos(1);
            helped = SELDOM;
        }
    }
}
