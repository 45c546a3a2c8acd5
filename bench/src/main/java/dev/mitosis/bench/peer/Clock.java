package dev.mitosis.bench.peer;

/// A stopwatch.
final class Clock {
    private final long start = System.nanoTime();

    private Clock() {}

    static Clock start() {
        return new Clock();
    }

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /// Returns items, or whatever is counted, a second.
    double rate(double count) {
        return count / seconds();
    }
}
