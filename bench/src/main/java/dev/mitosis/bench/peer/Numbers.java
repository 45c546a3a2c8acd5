package dev.mitosis.bench.peer;

import dev.mitosis.LongRange;
import dev.mitosis.Pool;
import java.util.Arrays;

/// Squares of integers: what a message costs, and what an item costs.
///
/// Results are added up before the clock stops, so that nothing can be put off past it.
final class Numbers {
    private Numbers() {}

    static Workload roundtrip(Pool pool) {
        return Latencies.oneByOne(i -> square(pool, i));
    }

    static Workload roundtripIdle(Pool pool) {
        return Latencies.afterIdleness(i -> square(pool, i));
    }

    private static long square(Pool pool, int i) {
        return pool.apply(n -> (long) n * n, i);
    }

    static Workload each(Pool pool) {
        var items = Inputs.integers(Inputs.EACH);
        return () -> {
            var clock = Clock.start();
            var squares = pool.map(n -> (long) n * n, items, 1);
            return perSecond(clock, Inputs.EACH, Functions.sum(squares));
        };
    }

    static Workload bulk(Pool pool) {
        var items = Inputs.integers(Inputs.BULK);
        return () -> {
            var clock = Clock.start();
            var squares = pool.map(n -> (long) n * n, items);
            return perSecond(clock, Inputs.BULK, Functions.sum(squares));
        };
    }

    static Workload bulkRange(Pool pool) {
        return () -> {
            var clock = Clock.start();
            var squares = pool.map(n -> n * n, LongRange.of(0, Inputs.BULK));
            return perSecond(clock, Inputs.BULK, Functions.sum(squares));
        };
    }

    static Workload mapToLong(Pool pool) {
        return () -> {
            var clock = Clock.start();
            var squares = pool.mapToLong(n -> n * n, LongRange.of(0, Inputs.BULK));
            return perSecond(clock, Inputs.BULK, Arrays.stream(squares).sum());
        };
    }

    static Workload stream(Pool pool) {
        var items = Inputs.integers(Inputs.STREAM);
        return () -> {
            var clock = Clock.start();
            try (var squares = pool.imap(n -> (long) n * n, items, Inputs.STREAM_CHUNK)) {
                return perSecond(clock, Inputs.STREAM, Functions.sum(squares));
            }
        };
    }

    static Figures perSecond(Clock clock, int count, long sum) {
        double rate = clock.rate(count);
        Check.same(Inputs.sumOfSquares(count), sum);
        return Figures.of("items_per_s", rate);
    }
}
