package dev.mitosis.internal.supervise;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What follows the last that a process says over its control socket.
///
/// Its exit is learnt of on another thread than its words, and perhaps before them. So whoever has
/// learnt of it waits for this one: else a worker that has said that it leaves, or why it cannot
/// start, is taken for one that has died without a word.
final class Silence {
    private final CountDownLatch fallen = new CountDownLatch(1);

    /// All has been heard.
    void falls() {
        fallen.countDown();
    }

    /// Waits until all has been heard.
    ///
    /// @param most for how long at most: another process may have inherited the socket, or the
    ///     thread that listens may not get to it
    void await(Duration most) {
        try {
            var _ = fallen.await(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
