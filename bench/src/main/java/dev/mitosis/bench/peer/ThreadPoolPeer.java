package dev.mitosis.bench.peer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/// Threads of this JVM, in a fixed or a fork-join pool: nothing is copied, nothing is isolated. The
/// upper bound.
final class ThreadPoolPeer implements Peer, Batch.Way {
    private final int workers;
    private final Supplier<ExecutorService> opener;
    private final ExecutorService executor;

    private ThreadPoolPeer(int workers, Supplier<ExecutorService> opener) {
        this.workers = workers;
        this.opener = opener;
        executor = opener.get();
    }

    static ThreadPoolPeer fixed(int workers) {
        return new ThreadPoolPeer(workers, () -> Executors.newFixedThreadPool(workers));
    }

    static ThreadPoolPeer forkJoin(int workers) {
        return new ThreadPoolPeer(workers, () -> new ForkJoinPool(workers));
    }

    @Override
    public Workload prepare(String workload) {
        return switch (workload) {
            case "first" -> this::first;
            case "roundtrip" -> Latencies.oneByOne(this::square);
            case "roundtrip_idle" -> Latencies.afterIdleness(this::square);
            case "each" -> each();
            case "payload" -> payload();
            case "cpu" -> cpu();
            case "skew" -> skew();
            default -> SecondSet.batch(workload).by(this);
        };
    }

    private Figures first() throws Exception {
        var times = new double[Inputs.FIRST];
        for (int i = 0; i < times.length; i++) {
            var clock = Clock.start();
            try (var fresh = opener.get()) {
                var squares = map(fresh, n -> (long) n * n, List.of(0, 1));
                times[i] = clock.seconds() * 1e3;
                Check.same(List.of(0L, 1L), squares);
            }
        }
        return Figures.of("ms", Start.median(times));
    }

    private long square(int number) throws InterruptedException, ExecutionException {
        return executor.submit(() -> (long) number * number).get();
    }

    private Workload each() {
        var items = Inputs.integers(Inputs.EACH);
        return () -> {
            var clock = Clock.start();
            var squares = map(executor, n -> (long) n * n, items);
            return Numbers.perSecond(clock, Inputs.EACH, Functions.sum(squares));
        };
    }

    private Workload payload() {
        var blobs = Inputs.payloads();
        return () -> {
            var clock = Clock.start();
            var lengths = map(executor, blob -> blob.length, blobs);
            double rate = clock.rate(Inputs.PAYLOADS);
            Check.same(Collections.nCopies(Inputs.PAYLOADS, Inputs.MIB), lengths);
            return Figures.of("mib_per_s", rate);
        };
    }

    private Workload cpu() {
        var sizes = Inputs.primeTasks();
        return () -> {
            double serial = Functions.serialPrimes(sizes);
            var clock = Clock.start();
            var counts = map(executor, Functions::primesBelow, sizes);
            double speedUp = serial / clock.seconds();
            Check.same(Collections.nCopies(Inputs.CPU_TASKS, Functions.PRIMES), counts);
            return Figures.of("of_ideal", speedUp / workers).and("speed_up", speedUp);
        };
    }

    private Workload skew() {
        var naps = Inputs.naps();
        double ideal = naps.stream().mapToInt(n -> n).sum() / 1e3 / workers;
        return () -> {
            var clock = Clock.start();
            var tasks = naps.stream().map(n -> (Callable<Integer>) () -> Functions.nap(n)).toList();
            var back = results(executor.invokeAll(tasks));
            double seconds = clock.seconds();
            Check.same(naps, back);
            return Figures.of("of_ideal", ideal / seconds);
        };
    }

    private static <T, R> List<R> map(
            ExecutorService executor, Function<T, R> function, List<T> items)
            throws InterruptedException, ExecutionException {
        var tasks = items.stream().map(item -> (Callable<R>) () -> function.apply(item)).toList();
        return results(executor.invokeAll(tasks));
    }

    @Override
    public <T, R> Iterator<R> map(Batch<T, R> batch)
            throws InterruptedException, ExecutionException {
        return map(executor, item -> Batch.apply(batch.function(), item), batch.items())
                .iterator();
    }

    private static <R> List<R> results(List<Future<R>> futures)
            throws InterruptedException, ExecutionException {
        var results = new ArrayList<R>(futures.size());
        for (var future : futures) {
            results.add(future.get());
        }
        return results;
    }

    @Override
    public void close() {
        executor.close();
    }
}
