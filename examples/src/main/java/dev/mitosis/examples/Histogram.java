package dev.mitosis.examples;

import dev.mitosis.LongRange;
import dev.mitosis.Pool;
import dev.mitosis.share.Shared;
import dev.mitosis.share.SharedLongs;
import java.util.List;

/// A histogram into which all workers count, and a table that each worker reads once.
///
/// It prints:
///
/// ```text
/// low 334, middle 333, high 333
/// ```
final class Histogram {
    private Histogram() {}

    // @start region="histogram"
    static void main() {
        List<String> names = List.of("low", "middle", "high");
        try (Pool pool = Pool.open(2);
                Shared<List<String>> shared = pool.share(names); // sent to each worker once
                SharedLongs counts = SharedLongs.create(names.size())) {
            pool.map(n -> counts.getAndAdd(n % shared.get().size(), 1), LongRange.of(0, 1_000));

            IO.println("low %d, middle %d, high %d".formatted(
                    counts.get(0), counts.get(1), counts.get(2)));
        }
    }
    // @end
}
