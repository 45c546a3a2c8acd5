package dev.mitosis.bench.scale;

/// A call over a range of numbers, whose results are numbers.
///
/// @param items how many
/// @param nanos how long each runs on a node
/// @param chunk the chunk size that its user chose, or 0
/// @param fold whether the results of a frame are added up where they are made
record Load(long items, double nanos, int chunk, boolean fold) {
    private static final int BYTES = 9; // of a number as it travels
    private static final long WINDOW = 1 << 20; // of a lazy call over numbers, if nothing is said
    private static final int MOST = 1 << 17; // items of a frame that the pool chooses
    private static final int MOST_FOLDED = 1 << 26;
    private static final int FRAMES = 10; // a chosen size: frames together for a part of the lease
    private static final int SHORTEST = 10; // near the end: this part of the lease
    private static final double BEGUN = 100; // frames, while one runs: as many as slots
    private static final int FEWEST = 16; // frames of short items in a window

    /// How many items the next frame has, by the rules of `BatchSize` and of `Window`.
    ///
    /// @param left how many items are left
    /// @param open how many are taken and not handed out
    /// @param seats how many frames may be under way
    /// @param lease how long the work of a frame is to take, nanoseconds
    /// @return how many items, or 0 if there is no room for them now
    long next(long left, long open, int seats, double lease) {
        if (fold) {
            return Math.min(left, bySize(left, seats, lease));
        }
        long batches = 4L * seats;
        long window = Math.max(WINDOW, batches * chunk);
        long balanced = (long) Math.sqrt(window * (lease / nanos) / Math.max(BEGUN, seats / 2.0));
        long share = Math.max(window / batches, Math.min(balanced, window / FEWEST));
        long room = Math.min(window - open, Math.max(1, share));
        return room <= 0 ? 0 : Math.min(Math.min(room, left), bySize(left, seats, lease));
    }

    private long bySize(long left, int seats, double lease) {
        if (chunk > 0) {
            long frames = (long) (byTime(lease / FRAMES, left, seats, lease) / chunk);
            return Math.max(1, frames) * chunk;
        }
        return (long) Math.max(1, byTime(lease, left, seats, lease));
    }

    private double byTime(double time, long left, int seats, double lease) {
        double shortest = lease / SHORTEST / nanos;
        double share = Math.max(Math.ceil(left / (2.0 * seats)), shortest);
        return Math.min(Math.min(time / nanos, fold ? MOST_FOLDED : MOST), share);
    }

    /// {@return how many results come back for so many items}
    long results(long count) {
        return fold ? 1 : count;
    }

    /// {@return how many bytes come back for so many items}
    long bytes(long count) {
        return results(count) * BYTES;
    }
}
