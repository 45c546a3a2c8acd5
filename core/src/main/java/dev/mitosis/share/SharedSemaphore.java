package dev.mitosis.share;

import dev.mitosis.internal.hosting.Prompt;
import java.util.concurrent.TimeUnit;

/// A number of permits for threads of several processes: [Hosted#semaphore].
///
/// Permits are given in no particular order. What a process has taken when it ends, and nobody has
/// given back, is given back. Each call from a worker takes some hundred microseconds.
public interface SharedSemaphore {
    /// Waits for a permit and takes it.
    ///
    /// @throws InterruptedException if this thread is interrupted
    void acquire() throws InterruptedException;

    /// Waits for some permits and takes them together.
    ///
    /// @param permits how many
    /// @throws InterruptedException if this thread is interrupted
    void acquire(int permits) throws InterruptedException;

    /// Takes a permit if there is one.
    ///
    /// @return whether there was
    @Prompt
    boolean tryAcquire();

    /// Waits for a permit for a time.
    ///
    /// @param time how long at most
    /// @param unit of the time
    /// @return whether it was taken
    /// @throws InterruptedException if this thread is interrupted
    boolean tryAcquire(long time, TimeUnit unit) throws InterruptedException;

    /// Waits for some permits for a time.
    ///
    /// @param permits how many
    /// @param time how long at most
    /// @param unit of the time
    /// @return whether they were taken
    /// @throws InterruptedException if this thread is interrupted
    boolean tryAcquire(int permits, long time, TimeUnit unit) throws InterruptedException;

    /// Gives a permit back, or adds one.
    @Prompt
    void release();

    /// Gives permits back, or adds some.
    ///
    /// @param permits how many
    @Prompt
    void release(int permits);

    /// {@return how many permits there are now}
    @Prompt
    int availablePermits();
}
