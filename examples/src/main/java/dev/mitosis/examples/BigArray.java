package dev.mitosis.examples;

import dev.mitosis.Pool;
import dev.mitosis.share.SharedDoubles;
import java.util.stream.IntStream;

/// An array that is in memory once, whatever the number of workers that read it.
///
/// What travels is a handle of a few bytes; each worker maps the array when it first uses it. It
/// prints:
///
/// ```text
/// the sum of 10000000 numbers is 5000000.0
/// ```
final class BigArray {
    private static final int PARTS = 20;

    private BigArray() {}

    // @start region="array"
    static void main() {
        try (Pool pool = Pool.open(4);
                SharedDoubles numbers = SharedDoubles.create(10_000_000)) { // 80 MB, once
            for (long i = 0; i < numbers.length(); i++) {
                numbers.set(i, 0.5);
            }
            long size = numbers.length() / PARTS;
            double sum = pool.mapReduce(part -> part.stream().sum(), Double::sum, 0.0,
                    IntStream.range(0, PARTS)
                            .mapToObj(i -> numbers.slice(i * size, (i + 1) * size)).toList());
            IO.println("the sum of " + numbers.length() + " numbers is " + sum);
        }
    }
    // @end
}
