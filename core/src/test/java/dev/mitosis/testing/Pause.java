package dev.mitosis.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// A reader that takes its time, where that is what is tested; never a means to wait for something.
public final class Pause {
    private Pause() {}

    /// Does nothing for so long.
    ///
    /// @param length how long
    public static void of(Duration length) {
        long began = System.nanoTime();
        for (long left = length.toNanos(); left > 0; left = length.toNanos() - (System.nanoTime() - began)) {
            LockSupport.parkNanos(left);
        }
    }
}
