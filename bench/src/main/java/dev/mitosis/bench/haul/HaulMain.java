package dev.mitosis.bench.haul;

import dev.mitosis.LongRange;
import dev.mitosis.Pool;
import dev.mitosis.PoolStats;
import dev.mitosis.bench.common.Json;
import dev.mitosis.bench.common.Options;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Squares numbers through `imapToLong` and adds them up; `bench/haul` starts it.
public final class HaulMain {
    private static final int[] PYTHON_CHUNKS = {1, 10_000};
    private static final double ARTICLE = 1e11; // items, for which the time is extrapolated

    private HaulMain() {}

    /// Runs it; ends with status 1 if the sum is wrong.
    ///
    /// @param args the options, see `bench/haul --help`
    /// @throws IOException if the figures cannot be written
    /// @throws InterruptedException if it is interrupted
    public static void main(String... args) throws IOException, InterruptedException {
        var options = Options.parse(
                Map.of("items", "10000000000", "workers", "2", "python", "1000000", "json", ""),
                args);
        long items = options.number("items");
        long begin = System.nanoTime();
        long sum = 0;
        double resident;
        try (var pool = Pool.open(options.count("workers"))) {
            pool.everywhere(() -> {}); // so that all are there to be looked at
            try (var watch = Watch.of(processes(pool));
                    var squares = pool.imapToLong(n -> n * n, LongRange.of(0, items))) {
                while (squares.hasNext()) {
                    sum += squares.nextLong();
                }
                resident = watch.highest();
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        boolean right = sum == sumOfSquares(items);
        System.out.printf(Locale.ROOT, "%d items in %.1f s: %.1f million a second,"
                + " at most %.0f MiB resident in all, sum %s%n",
                items, seconds, items / seconds / 1e6, resident, right ? "right" : "WRONG");
        System.out.println("100 billion at this rate: " + article(items / seconds));
        var python = new LinkedHashMap<String, Object>();
        for (int chunk : PYTHON_CHUNKS) {
            double rate = PythonHaul.rate(
                    options.number("python"), options.count("workers"), chunk);
            python.put("chunk " + chunk, rate);
            System.out.printf(Locale.ROOT, "Python's imap, chunks of %d: %.3g a second,"
                    + " 100 billion at this rate: %s%n", chunk, rate, article(rate));
        }
        Json.write(options.text("json"), Map.of("items", items, "seconds", seconds, "items_per_s",
                items / seconds, "resident_mib", resident, "right", right, "python", python));
        System.exit(right ? 0 : 1);
    }

    private static String article(double rate) {
        double hours = ARTICLE / rate / 3600;
        return hours < 48 ? String.format(Locale.ROOT, "%.1f hours", hours)
                : String.format(Locale.ROOT, "%.0f days", hours / 24);
    }

    /// The closed form, modulo 2^64: of the three factors one is divided by two, one by three.
    static long sumOfSquares(long count) {
        var factors = new ArrayList<>(List.of(count - 1, count, 2 * count - 1));
        divideOne(factors, 2);
        divideOne(factors, 3);
        return factors.stream().reduce(1L, (a, b) -> a * b);
    }

    private static void divideOne(List<Long> factors, long by) {
        for (int i = 0; i < factors.size(); i++) {
            if (factors.get(i) % by == 0) {
                factors.set(i, factors.get(i) / by);
                return;
            }
        }
        throw new IllegalArgumentException("none of " + factors + " is divisible by " + by);
    }

    private static List<Long> processes(Pool pool) {
        var workers = pool.stats().workers().stream().map(PoolStats.Worker::pid);
        return Stream.concat(Stream.of(ProcessHandle.current().pid()), workers).toList();
    }
}
