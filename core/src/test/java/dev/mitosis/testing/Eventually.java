package dev.mitosis.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assertions;

/// Waits for what no event tells of, such as the end of a process that is not ours.
///
/// The only place where a test looks again and again.
public final class Eventually {
    private static final long LOOK_AGAIN = Duration.ofMillis(5).toNanos();

    private Eventually() {}

    /// Waits until a condition holds; fails when it does not within so long.
    ///
    /// @param within how long
    /// @param condition the condition
    /// @param otherwise says what is wrong
    public static void holds(Duration within, BooleanSupplier condition, Supplier<String> otherwise) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - began > within.toNanos()) {
                Assertions.fail(otherwise.get());
            }
            LockSupport.parkNanos(LOOK_AGAIN);
        }
    }

    /// Waits until a condition holds; fails when it does not within 20 seconds.
    ///
    /// @param what the condition in words
    /// @param condition the condition
    public static void holds(String what, BooleanSupplier condition) {
        holds(Duration.ofSeconds(20), condition, () -> "not so after 20 s: " + what);
    }
}
