package dev.mitosis.share;

import dev.mitosis.CallInterruptedException;

/// A wait that can be interrupted.
@FunctionalInterface
interface Interruptible {
    /// Waits.
    ///
    /// @throws InterruptedException if this thread is interrupted
    void run() throws InterruptedException;

    /// Waits where the caller is not made to expect an interrupt.
    ///
    /// @param what it waits for
    /// @param wait the wait
    /// @throws CallInterruptedException if this thread is interrupted; it stays so
    static void await(String what, Interruptible wait) {
        try {
            wait.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallInterruptedException(
                    "a thread was interrupted while it waited for " + what);
        }
    }
}
