package dev.mitosis.bench.peer;

import dev.mitosis.Pool;
import dev.mitosis.PoolStats;
import dev.mitosis.bench.common.Resident;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What a pool as a whole costs and gains: speed-up, balance, memory.
final class WholePool {
    private WholePool() {}

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
            var pids = pool.stats().workers().stream().map(PoolStats.Worker::pid).toList();
            return Figures.of("pss_mib", meanMib(pids, Resident.PROPORTIONAL))
                    .and("pss_anon_mib", meanMib(pids, Resident.ANONYMOUS));
        };
    }

    private static double meanMib(List<Long> pids, String name) throws IOException {
        double sum = 0;
        for (long pid : pids) {
            sum += Resident.mib(pid, name);
        }
        return sum / pids.size();
    }
}
