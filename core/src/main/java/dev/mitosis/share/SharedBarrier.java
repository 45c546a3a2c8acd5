package dev.mitosis.share;

import dev.mitosis.internal.hosting.Prompt;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A point where threads of several processes wait for each other, again and again:
/// [Hosted#barrier].
///
/// As with [java.util.concurrent.CyclicBarrier], it is broken for all when one of those who wait is
/// interrupted, runs out of time, or dies. Each call from a worker takes some hundred microseconds.
public interface SharedBarrier {
    /// Waits for the others.
    ///
    /// @return how many were still missing when this thread came
    /// @throws InterruptedException if this thread is interrupted
    /// @throws BrokenBarrierException if the barrier is broken, or is reset meanwhile
    int await() throws InterruptedException, BrokenBarrierException;

    /// Waits for the others for a time.
    ///
    /// @param time how long at most
    /// @param unit of the time
    /// @return how many were still missing when this thread came
    /// @throws InterruptedException if this thread is interrupted
    /// @throws BrokenBarrierException if the barrier is broken, or is reset meanwhile
    /// @throws TimeoutException if the others did not come
    int await(long time, TimeUnit unit)
            throws InterruptedException, BrokenBarrierException, TimeoutException;

    /// {@return how many it waits for}
    @Prompt
    int getParties();

    /// {@return how many wait now}
    @Prompt
    int getNumberWaiting();

    /// {@return whether it is broken}
    @Prompt
    boolean isBroken();

    /// Breaks it for those who wait, and begins anew.
    @Prompt
    void reset();
}
