package dev.mitosis.bench.peer;

import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;

/// Parallel streams in a fork-join pool of this JVM: nothing is copied, nothing is isolated.
final class ParallelStreamPeer implements Peer, Batch.Way {
    private final int workers;
    private final ForkJoinPool forkJoin;

    ParallelStreamPeer(int workers) {
        this.workers = workers;
        forkJoin = new ForkJoinPool(workers);
    }

    @Override
    public Workload prepare(String workload) {
        return switch (workload) {
            case "bulk" -> bulk();
            case "records" -> records();
            case "cpu" -> cpu();
            default -> SecondSet.batch(workload).by(this);
        };
    }

    private Workload bulk() {
        var items = Inputs.integers(Inputs.BULK);
        return () -> {
            var clock = Clock.start();
            var squares = inPool(
                    () -> items.parallelStream().map(n -> (long) n * n).toList());
            return Numbers.perSecond(clock, Inputs.BULK, Functions.sum(squares));
        };
    }

    private Workload records() {
        var rows = Inputs.rows();
        return () -> {
            var clock = Clock.start();
            var back = inPool(() -> rows.parallelStream().map(row -> row).toList());
            double rate = clock.rate(Inputs.RECORDS);
            Check.same(rows, back);
            return Figures.of("items_per_s", rate);
        };
    }

    private Workload cpu() {
        var sizes = Inputs.primeTasks();
        return () -> {
            double serial = Functions.serialPrimes(sizes);
            var clock = Clock.start();
            var counts = inPool(() -> sizes.parallelStream().map(Functions::primesBelow).toList());
            double speedUp = serial / clock.seconds();
            Check.same(Collections.nCopies(Inputs.CPU_TASKS, Functions.PRIMES), counts);
            return Figures.of("of_ideal", speedUp / workers).and("speed_up", speedUp);
        };
    }

    @Override
    public <T, R> Iterator<R> map(Batch<T, R> batch) throws Exception {
        var results = inPool(() -> batch.items().parallelStream()
                .map(item -> Batch.apply(batch.function(), item))
                .toList());
        return results.iterator();
    }

    private <R> R inPool(Callable<R> task) throws Exception {
        return forkJoin.submit(task).get();
    }

    @Override
    public void close() {
        forkJoin.close();
    }
}
