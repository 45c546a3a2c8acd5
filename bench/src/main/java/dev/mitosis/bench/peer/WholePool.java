package dev.mitosis.bench.peer;

import dev.mitosis.Pool;
import dev.mitosis.PoolStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/// What a pool as a whole costs and gains: start, speed-up, balance, memory.
final class WholePool {
    private WholePool() {}

    static Workload first(Supplier<Pool> opener) {
        return () -> {
            var times = new double[Inputs.FIRST];
            for (int i = 0; i < times.length; i++) {
                times[i] = openAndMap(opener) * 1e3;
            }
            double coldest = times[0];
            Arrays.sort(times);
            return Figures.of("ms", times[times.length / 2]).and("first_pool_ms", coldest);
        };
    }

    private static double openAndMap(Supplier<Pool> opener) {
        var clock = Clock.start();
        try (var pool = opener.get()) {
            var squares = new ArrayList<>(pool.map(n -> (long) n * n, List.of(0, 1), 1));
            double seconds = clock.seconds();
            Check.same(List.of(0L, 1L), squares);
            return seconds;
        }
    }

    static Workload cpu(Pool pool, int workers) {
        var sizes = Inputs.primeTasks();
        return () -> {
            double serial = Functions.serialPrimes(sizes);
            var clock = Clock.start();
            var counts = new ArrayList<>(pool.map(Functions::primesBelow, sizes, 1));
            double speedUp = serial / clock.seconds();
            Check.same(Collections.nCopies(Inputs.CPU_TASKS, Functions.PRIMES), counts);
            return Figures.of("of_ideal", speedUp / workers).and("speed_up", speedUp);
        };
    }

    static Workload skew(Pool pool, int workers) {
        var naps = Inputs.naps();
        return () -> {
            var clock = Clock.start();
            var back = new ArrayList<>(pool.map(Functions::nap, naps));
            double seconds = clock.seconds();
            Check.same(naps, back);
            double ideal = naps.stream().mapToInt(n -> n).sum() / 1e3 / workers;
            return Figures.of("of_ideal", ideal / seconds);
        };
    }

    static Workload memory(Pool pool) {
        return () -> {
            var squares = pool.map(n -> (long) n * n, Inputs.integers(100), 1);
            Check.same(Inputs.sumOfSquares(100), Functions.sum(squares));
            double sum = 0;
            var workers = pool.stats().workers();
            for (var worker : workers) {
                sum += pssMib(worker);
            }
            return Figures.of("pss_mib", sum / workers.size());
        };
    }

    private static double pssMib(PoolStats.Worker worker) throws IOException {
        var rollup = Path.of("/proc", Long.toString(worker.pid()), "smaps_rollup");
        var kib = Files.readAllLines(rollup).stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
        return kib / 1024.0;
    }
}
