package dev.mitosis.bench.peer;

import dev.mitosis.Pool;
import dev.mitosis.PoolStats;
import dev.mitosis.bench.common.CpuTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// What a pool costs until it is of use: to its first result, and until all its workers are there.
final class Start {
    private static final long BETWEEN_LOOKS = 500_000; // ns
    private static final double LONGEST = 60;

    private Start() {}

    /// Threads have nothing but the first result.
    static Workload ofThreads(Supplier<Pool> opener) {
        return () -> first(opener);
    }

    static Workload ofProcesses(Supplier<Pool> opener) {
        return () -> {
            var figures = first(opener);
            var hellos = new double[Inputs.FIRST];
            var cpu = new double[Inputs.FIRST];
            for (int i = 0; i < Inputs.FIRST; i++) {
                var clock = Clock.start();
                try (var pool = opener.get()) {
                    hellos[i] = awaitHellos(pool, clock) * 1e3;
                    cpu[i] = cpuOfOne(pool.stats().workers()) * 1e3;
                }
            }
            return figures.and("hello_ms", median(hellos)).and("worker_cpu_ms", median(cpu));
        };
    }

    private static Figures first(Supplier<Pool> opener) {
        var times = new double[Inputs.FIRST];
        for (int i = 0; i < times.length; i++) {
            times[i] = openAndMap(opener) * 1e3;
        }
        double coldest = times[0];
        return Figures.of("ms", median(times)).and("first_pool_ms", coldest);
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

    /// Looks at the pool's own list of workers, so to half a millisecond.
    ///
    /// It is tempting to have a function run everywhere instead. But that would count its way to
    /// the workers and its classes, too, and neither belongs to a start.
    private static double awaitHellos(Pool pool, Clock clock) {
        while (!pool.stats().workers().stream().allMatch(Start::hasSaidHello)) {
            if (clock.seconds() > LONGEST) {
                throw new IllegalStateException("still starting: " + pool.stats().workers());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
        return clock.seconds();
    }

    private static boolean hasSaidHello(PoolStats.Worker worker) {
        return worker.state().equals("idle");
    }

    private static double cpuOfOne(List<PoolStats.Worker> workers) {
        return workers.stream().mapToDouble(w -> CpuTime.of(w.pid())).average().orElseThrow();
    }

    static double median(double... values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
