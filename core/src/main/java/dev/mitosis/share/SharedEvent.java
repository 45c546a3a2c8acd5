package dev.mitosis.share;

import dev.mitosis.internal.hosting.Prompt;
import java.util.concurrent.TimeUnit;

/// A flag that threads of several processes wait for: [Hosted#event].
///
/// Each call from a worker takes some hundred microseconds.
public interface SharedEvent {
    /// Sets the flag, and wakes all who wait.
    @Prompt
    void set();

    /// Clears the flag.
    @Prompt
    void clear();

    /// {@return whether it is set}
    @Prompt
    boolean isSet();

    /// Waits until it is set.
    ///
    /// @throws InterruptedException if this thread is interrupted
    void await() throws InterruptedException;

    /// Waits until it is set for a time.
    ///
    /// @param time how long at most
    /// @param unit of the time
    /// @return whether it was
    /// @throws InterruptedException if this thread is interrupted
    boolean await(long time, TimeUnit unit) throws InterruptedException;
}
