package dev.mitosis.bench.share;

import dev.mitosis.Pool;
import dev.mitosis.bench.common.Json;
import dev.mitosis.bench.common.Options;
import dev.mitosis.bench.common.Resident;
import dev.mitosis.share.SharedDoubles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Shares an array with workers that add it up; `bench/share` starts it.
public final class ShareMain {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int PASSES = 3;

    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final int mib;
    private final int workers;

    private ShareMain(int mib, int workers) {
        this.mib = mib;
        this.workers = workers;
    }

    /// Runs it.
    ///
    /// @param args the options, see `bench/share --help`
    /// @throws Exception if anything goes wrong
    public static void main(String... args) throws Exception {
        var options = Options.parse(Map.of(
                "mib", "4096", "workers", "4", "python-mib", "256", "json", ""), args);
        int mib = options.count("mib");
        long free = Files.getFileStore(MEMORY).getUsableSpace() >> 20;
        if (free < mib * 5L / 4) {
            System.out.printf("skipped: %s has %d MiB free, and %d are needed%n",
                    MEMORY, free, mib * 5L / 4);
            return;
        }
        var run = new ShareMain(mib, options.count("workers"));
        run.measure();
        long python = options.number("python-mib");
        if (python > 0) {
            run.figures.put("python", PythonShare.figures(python, mib, run.workers));
        }
        Json.write(options.text("json"), run.figures);
    }

    private void measure() throws Exception {
        long begin = System.nanoTime();
        try (var array = SharedDoubles.create(((long) mib << 20) / Double.BYTES)) {
            note("make and zero", seconds(begin));
            begin = System.nanoTime();
            fill(array);
            note("fill", seconds(begin));
            var sums = IntStream.range(0, workers)
                    .mapToObj(part -> new Sums(array, part, workers)).toList();
            double second;
            try (var pool = Pool.open(workers)) {
                pool.everywhere(() -> {});
                second = repeat("workers", sums, () -> pool.map(Sums::add, sums, 1));
                double resident = Resident.mib(
                        ProcessHandle.current().pid(), Resident.PROPORTIONAL);
                for (var worker : pool.stats().workers()) {
                    resident += Resident.mib(worker.pid(), Resident.PROPORTIONAL);
                }
                figures.put("pss_mib", resident);
                hand(pool, array);
                System.out.printf(Locale.ROOT, "%-28s %9.0f MiB (array %d)%n",
                        "resident in all, shared once", resident, mib);
            }
            double ratio;
            try (var threads = Executors.newFixedThreadPool(workers)) {
                ratio = repeat("threads", sums, () -> results(threads.invokeAll(sums.stream()
                        .map(each -> (Callable<Double>) each::add).toList()))) / second;
            }
            figures.put("threads / workers, pass 2", ratio);
            System.out.printf(Locale.ROOT, "%-28s %9.3f%n", "threads / workers, pass 2", ratio);
        }
    }

    private void hand(Pool pool, SharedDoubles array) {
        var handing = Handing.measure(pool, array);
        figures.put("handed_array_us", handing.arrayMicros());
        figures.put("handed_long_us", handing.longMicros());
        System.out.printf(Locale.ROOT, "%-28s %9.2f us, a long %.2f us, ratio %.3f%n",
                "round trip with the array", handing.arrayMicros(), handing.longMicros(),
                handing.ratio());
    }

    private static List<Double> results(List<Future<Double>> futures) throws Exception {
        var all = new ArrayList<Double>();
        for (var future : futures) {
            all.add(future.get());
        }
        return all;
    }

    /// {@return how long the second pass took, seconds}
    private double repeat(String who, List<Sums> sums, Callable<List<Double>> run)
            throws Exception {
        double second = 0;
        for (int pass = 1; pass <= PASSES; pass++) {
            long begin = System.nanoTime();
            var results = run.call();
            double seconds = seconds(begin);
            note(who + " pass " + pass, seconds);
            second = pass == 2 ? seconds : second;
            for (int i = 0; i < sums.size(); i++) {
                if (results.get(i) != sums.get(i).expected()) {
                    throw new IllegalStateException("a wrong sum: " + results);
                }
            }
        }
        return second;
    }

    private static void fill(SharedDoubles array) {
        double[] numbers = IntStream.range(0, 1 << 16).mapToDouble(i -> i % 1024).toArray();
        for (long at = 0; at < array.length(); at += numbers.length) {
            array.copyFrom(numbers, at);
        }
    }

    private void note(String what, double seconds) {
        figures.put(what, seconds);
        System.out.printf(Locale.ROOT, "%-28s %9.2f s%n", what, seconds);
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
