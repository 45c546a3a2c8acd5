package dev.mitosis.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A moment on the monotonic clock by which something must have happened; the one home of the
/// clock.
///
/// @param nanos the moment, on the scale of [System#nanoTime]
public record Deadline(long nanos) {
    /// Returns the moment that lies so far ahead of now; at most 146 years.
    ///
    /// @param duration how far
    /// @return the moment
    public static Deadline in(Duration duration) {
        return new Deadline(now() + nanos(duration));
    }

    /// {@return now, in nanoseconds of the monotonic clock}
    public static long now() {
        return System.nanoTime();
    }

    /// {@return how many nanoseconds are left, at least 0}
    public long left() {
        return Math.max(0, nanos - now());
    }

    /// {@return how many milliseconds are left, rounded up}
    public long leftMillis() {
        return TimeUnit.NANOSECONDS.toMillis(left() + 999_999);
    }

    /// {@return whether the moment has come}
    public boolean isOver() {
        return nanos - now() <= 0;
    }

    /// {@return a duration in nanoseconds, at most 146 years of them}
    ///
    /// @param duration the duration, which may be as long as there are any
    public static long nanos(Duration duration) {
        var longest = Duration.ofNanos(Long.MAX_VALUE / 2);
        return duration.compareTo(longest) > 0 ? Long.MAX_VALUE / 2 : duration.toNanos();
    }
}
