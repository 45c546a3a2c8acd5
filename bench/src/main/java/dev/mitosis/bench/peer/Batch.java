package dev.mitosis.bench.peer;

import dev.mitosis.RemoteFunction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Items of the second set of inputs, what is done to each, and what comes of them.
///
/// @param <T> the type of an item
/// @param <R> the type of a result
/// @param items the items, made beforehand
/// @param function what a pool applies to each
/// @param chunk how many items travel together; 0 for the pool's own choice
/// @param isLazy whether results are asked for one by one, where a pool can do that
/// @param expected the results, computed serially beforehand
/// @param figure what is reported: `items_per_s`, or `mib_per_s`
/// @param amount how many of these there are in all
record Batch<T, R>(
        List<T> items,
        RemoteFunction<T, R> function,
        int chunk,
        boolean isLazy,
        List<R> expected,
        String figure,
        double amount) {

    static <T, R> Batch<T, R> of(List<T> items, int chunk, RemoteFunction<T, R> function) {
        var expected = items.stream().map(item -> apply(function, item)).toList();
        return new Batch<>(items, function, chunk, false, expected, "items_per_s", items.size());
    }

    Batch<T, R> countedInMib(double mib) {
        return new Batch<>(items, function, chunk, isLazy, expected, "mib_per_s", mib);
    }

    Batch<T, R> lazily() {
        return new Batch<>(items, function, chunk, true, expected, figure, amount);
    }

    /// Applies the function in this JVM, as a plain function that throws nothing.
    static <T, R> R apply(RemoteFunction<T, R> function, T item) {
        try {
            return function.apply(item);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// Measures a way to map all items; it has read every result when the clock stops.
    Workload by(Way way) {
        return () -> {
            var clock = Clock.start();
            var results = new ArrayList<R>(items.size());
            way.map(this).forEachRemaining(results::add);
            double rate = clock.rate(amount);
            Check.same(expected, results);
            return Figures.of(figure, rate);
        };
    }

    /// How a peer maps.
    interface Way {
        <T, R> Iterator<R> map(Batch<T, R> batch) throws Exception;
    }
}
