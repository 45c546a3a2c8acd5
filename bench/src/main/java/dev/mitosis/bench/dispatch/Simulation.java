package dev.mitosis.bench.dispatch;

import dev.mitosis.CallOptions;
import dev.mitosis.internal.schedule.Dispatcher;
import java.util.ArrayDeque;
import java.util.function.UnaryOperator;

/// One pool of simulated workers that runs some calls side by side; for one thread.
final class Simulation {
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
    enum Kind {
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

        private UnaryOperator<CallOptions> options() {
            return chunk == 0 ? o -> o : o -> o.withChunkSize(chunk);
        }
    }

    /// Runs all items once.
    ///
    /// @return how long an item took this thread, nanoseconds
    double nanosPerItem() {
        var crew = new SimulatedCrew[1];
        var config = Configurations.pool(c -> c.withWorkers(workers));
        var dispatcher = new Dispatcher(config, listener -> {
            crew[0] = new SimulatedCrew(workers, kind.nanos, listener);
            return crew[0];
        });
        crew[0].start();
        var hungry = new ArrayDeque<SimulatedCall>();
        var options = Configurations.call(kind.options());
        for (int i = 0; i < calls; i++) {
            hungry.add(new SimulatedCall(dispatcher, i, options, kind.items / calls, hungry));
        }
        long begin = System.nanoTime();
        do {
            for (SimulatedCall call; (call = hungry.poll()) != null; ) {
                call.feed();
            }
        } while (crew[0].endNext());
        double nanos = System.nanoTime() - begin;
        dispatcher.watch().close();
        batches = dispatcher.counts().batches();
        return nanos / items();
    }
}
