package dev.mitosis.internal;

import dev.mitosis.CallInterruptedException;
import java.util.concurrent.Semaphore;

/// How many messages of one worker's items may be under way to listeners at once.
public final class Credits {
    /// How many that are.
    public static final int MOST = 256;

    /// How many are given back together.
    public static final int SHARE = 64;

    private final Semaphore left = new Semaphore(MOST);

    /// Makes credits that are all left.
    public Credits() {}

    /// Waits until one more message may go.
    ///
    /// @throws CallInterruptedException if this thread is interrupted, as when its item is
    ///     cancelled
    public void take() {
        try {
            left.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallInterruptedException(
                    "an item was interrupted while it waited for its listener");
        }
    }

    /// Learns that messages were heard.
    ///
    /// @param count how many
    public void giveBack(int count) {
        left.release(count);
    }
}
