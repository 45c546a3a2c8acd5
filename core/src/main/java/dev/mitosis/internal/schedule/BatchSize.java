package dev.mitosis.internal.schedule;

import java.util.function.IntSupplier;

/// How many items of one call to give to a worker together: as many as run for about a millisecond,
/// or longer where it costs more to give them.
///
/// It begins with one item, at most quadruples from batch to batch, and shrinks when the known end
/// of the input is near, so that all workers finish together. Time is measured in the worker.
public final class BatchSize {
    /// The run time a batch should have where giving one costs microseconds.
    static final long TARGET_NANOS = 1_000_000;

    // Of frames of a fixed size as many are given to a worker at once as run for this part of the
    // time: whoever chooses a size wants items to find a worker that is free.
    private static final int FRAMES = 10;

    private static final double GROWTH = 4;

    // To wait for the last batch costs less than more of them, each shorter than the last, once
    // they run for this part of the time.
    private static final double SHORTEST = 10;

    private final int fixed;
    private final long target; // nanoseconds
    private final IntSupplier seats;
    private final int largest;

    // written by those who serve seats, under the dispatcher's lock; read by the feeder
    private volatile double nanosPerItem = -1;
    private volatile int largestDone;

    /// Makes a size that has yet to learn.
    ///
    /// @param fixed the size that the user chose, or 0 to adapt
    /// @param nanos how long a batch should run
    /// @param seats how many workers share the items now
    /// @param largest how many items a batch may have
    public BatchSize(int fixed, long nanos, IntSupplier seats, int largest) {
        this.target = nanos;
        this.largest = largest;
        this.fixed = fixed;
        this.seats = seats;
    }

    /// Learns from a batch that is through; called by one thread at a time.
    ///
    /// @param items how many items it had
    /// @param nanos how long they ran
    void learn(int items, long nanos) {
        double latest = (double) nanos / items;
        double known = nanosPerItem;
        // the first items of a call are slow (classes load, code is cold): believe good news at
        // once, bad news by and by
        nanosPerItem = known < 0 || latest < known ? latest : known * 0.7 + latest * 0.3;
        largestDone = Math.max(largestDone, items);
    }

    /// Returns how many items to send next.
    ///
    /// @param left how many items are left, or a number at least as large
    /// @return how many, at least 1
    public int next(long left) {
        double known = nanosPerItem;
        if (fixed > 0) {
            double quick = known < 0 ? 0 : size(target / FRAMES, known, left);
            long frames = Math.max(1, (long) (quick / fixed));
            return (int) Math.min(frames * fixed, Math.max(1, left));
        }
        return known < 0 ? 1 : (int) Math.max(1, size(target, known, left));
    }

    private double size(long nanos, double known, long left) {
        double byTime = nanos / Math.max(known, 1);
        double size = Math.min(byTime, Math.min(largest, largestDone * GROWTH));
        double shortest = target / SHORTEST / Math.max(known, 1);
        double share = Math.max(Math.ceil(left / (2.0 * seats.getAsInt())), shortest);
        return Math.min(size, share);
    }

    /// {@return whether the next batches will be larger, once some that are under way are through}
    boolean isGrowing() {
        double known = nanosPerItem;
        double wanted = (fixed > 0 ? target / FRAMES : target) / Math.max(known, 1.0);
        return known < 0 || largestDone * GROWTH < Math.min(largest, wanted);
    }

    /// {@return how many items run for as long as a batch should, or 0 if that is unknown}
    public double wanted() {
        double known = nanosPerItem;
        return known < 0 ? 0 : target / Math.max(known, 1);
    }

    /// {@return how long so many items are expected to run, nanoseconds, or -1 if that is unknown}
    ///
    /// @param items how many
    double expectedNanos(int items) {
        double known = nanosPerItem;
        return known < 0 ? -1 : known * items;
    }
}
