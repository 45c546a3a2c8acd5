package dev.mitosis.internal.worker;

/// How many short items go between two moments that each cost more than such an item: as many as
/// run for about as long as a thread takes to wake up.
final class Stride {
    private static final long NANOS = 25_000;

    private Stride() {}

    /// {@return how many items the next stride is to have, at least one}
    ///
    /// @param last how many the last one had
    /// @param nanos how long they took
    static int next(int last, long nanos) {
        if (nanos < NANOS / 2) {
            return 2 * last;
        }
        return nanos > NANOS ? (int) Math.max(1, last * NANOS / nanos) : last;
    }
}
