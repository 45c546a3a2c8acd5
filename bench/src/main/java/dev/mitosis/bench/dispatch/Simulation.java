package dev.mitosis.bench.dispatch;

import dev.mitosis.CallOptions;
import java.util.function.UnaryOperator;

/// A round of some calls that a pool of simulated workers runs side by side; for one thread.
public final class Simulation {
    private final Kind kind;
    private final int workers;
    private final int calls;
    private long batches;

    /// Makes a simulation.
    ///
    /// @param kind how long items take, and how they travel
    /// @param workers how many workers there are
    /// @param calls how many calls are open at once
    Simulation(Kind kind, int workers, int calls) {
        this.kind = kind;
        this.workers = workers;
        this.calls = calls;
    }

    /// {@return how many leases the last round had}
    long batches() {
        return batches;
    }

    /// {@return how many items a round has}
    long items() {
        return kind.items / calls * calls;
    }

    /// How long items take, and how they travel.
    public enum Kind {
        /// One item a frame and a lease: so long that each should find a worker that is free.
        ALONE("1 ms, one a lease", 1_000_000, 1, 400_000),
        /// As many as run for a millisecond, by time.
        ADAPTIVE("1 us, by time", 1_000, 0, 400_000_000);

        private final String words;
        private final long nanos;
        private final int chunk;
        private final long items;

        Kind(String words, long nanos, int chunk, long items) {
            this.words = words;
            this.nanos = nanos;
            this.chunk = chunk;
            this.items = items;
        }

        String words() {
            return words;
        }

        long nanos() {
            return nanos;
        }

        UnaryOperator<CallOptions> options() {
            return chunk == 0 ? o -> o : o -> o.withChunkSize(chunk);
        }
    }

    /// Runs all items once.
    ///
    /// @return how long an item took this thread, nanoseconds
    double nanosPerItem() {
        try (var pool = new SimulatedPool(kind, workers, calls, kind.items / calls)) {
            long begin = System.nanoTime();
            while (pool.endLease()) {
                // each is as simulated
            }
            double nanos = System.nanoTime() - begin;
            batches = pool.batches();
            return nanos / items();
        }
    }
}
