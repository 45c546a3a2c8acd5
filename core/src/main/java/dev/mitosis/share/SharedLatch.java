package dev.mitosis.share;

import dev.mitosis.internal.hosting.Prompt;
import java.util.concurrent.TimeUnit;

/// A count towards zero that threads of several processes wait for: [Hosted#latch].
///
/// Whoever should count down and dies before, never does: give a latch a time-out, or count down in
/// an item that is retried. Each call from a worker takes some hundred microseconds.
public interface SharedLatch {
    /// Counts one down; at zero that does nothing.
    @Prompt
    void countDown();

    /// {@return how much is left}
    @Prompt
    long getCount();

    /// Waits for zero.
    ///
    /// @throws InterruptedException if this thread is interrupted
    void await() throws InterruptedException;

    /// Waits for zero for a time.
    ///
    /// @param time how long at most
    /// @param unit of the time
    /// @return whether it came
    /// @throws InterruptedException if this thread is interrupted
    boolean await(long time, TimeUnit unit) throws InterruptedException;
}
