package dev.mitosis.bench.share;

import dev.mitosis.Pool;
import dev.mitosis.RemoteFunction;
import dev.mitosis.share.SharedDoubles;
import java.util.Arrays;

/// What it costs to hand an array to a task, beside handing it a number: round trips of one task
/// after another, in turn with each other, so that both see the same machine.
///
/// @param arrayMicros the median with the array
/// @param longMicros the median with a number
record Handing(double arrayMicros, double longMicros) {
    private static final int BLOCKS = 200;
    private static final int BLOCK = 500; // round trips of one kind in a row
    private static final int WARM = 60; // blocks that do not count

    double ratio() {
        return arrayMicros / longMicros;
    }

    static Handing measure(Pool pool, SharedDoubles array) {
        RemoteFunction<SharedDoubles, Long> length = SharedDoubles::length;
        RemoteFunction<Long, Long> same = number -> number;
        var arrays = new double[BLOCKS - WARM];
        var longs = new double[BLOCKS - WARM];
        for (int i = 0; i < BLOCKS; i++) {
            double withArray = block(pool, length, array);
            double withLong = block(pool, same, (long) i);
            if (i >= WARM) {
                arrays[i - WARM] = withArray;
                longs[i - WARM] = withLong;
            }
        }
        return new Handing(median(arrays), median(longs));
    }

    /// {@return the median of some round trips, microseconds}
    private static <T> double block(Pool pool, RemoteFunction<T, Long> function, T item) {
        var times = new double[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            long begin = System.nanoTime();
            pool.apply(function, item);
            times[i] = (System.nanoTime() - begin) / 1e3;
        }
        return median(times);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
