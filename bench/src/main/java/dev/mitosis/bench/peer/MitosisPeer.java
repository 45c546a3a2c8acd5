package dev.mitosis.bench.peer;

import dev.mitosis.Backend;
import dev.mitosis.Pool;
import java.io.IOException;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Mitosis through its public API, as its users write it.
final class MitosisPeer implements Peer {
    private final int workers;
    private final boolean ofProcesses;
    private final Supplier<Pool> opener;

    // owned by the thread that runs the workload
    private @Nullable Pool pool;

    private MitosisPeer(int workers, boolean ofProcesses, Supplier<Pool> opener) {
        this.workers = workers;
        this.ofProcesses = ofProcesses;
        this.opener = opener;
    }

    /// Workers that start from the cache, which is built before, if there can be one.
    static MitosisPeer ofProcesses(int workers) throws IOException, InterruptedException {
        var _ = Pool.buildStartCache(c -> c.withWorkers(workers));
        return uncached(workers);
    }

    /// The same without, if the JVM was started with `-Dmitosis.startCache=off`.
    static MitosisPeer uncached(int workers) {
        return new MitosisPeer(workers, true, () -> Pool.open(workers));
    }

    static MitosisPeer ofThreads(int workers) {
        return new MitosisPeer(workers, false, () -> Pool.open(
                c -> c.withWorkers(workers).withBackend(Backend.threads())));
    }

    @Override
    public Workload prepare(String workload) {
        return switch (workload) {
            case "first" -> ofProcesses ? Start.ofProcesses(opener) : Start.ofThreads(opener);
            case "memory" -> WholePool.memory(open());
            case "cpu" -> WholePool.cpu(warm(), workers);
            case "skew" -> WholePool.skew(warm(), workers);
            case "roundtrip" -> Numbers.roundtrip(warm());
            case "roundtrip_idle" -> Numbers.roundtripIdle(warm());
            case "each" -> Numbers.each(warm());
            case "bulk" -> Numbers.bulk(warm());
            case "bulk_range" -> Numbers.bulkRange(warm());
            case "map_to_long" -> Numbers.mapToLong(warm());
            case "stream" -> Numbers.stream(warm());
            case "records" -> Payloads.records(warm());
            case "payload" -> Payloads.payload(warm());
            case "echo" -> Payloads.echo(warm());
            default -> SecondSet.batch(workload).by(new WayOf(warm()));
        };
    }

    private Pool warm() {
        var opened = open();
        var squares = opened.map(n -> (long) n * n, Inputs.integers(1_000), 10);
        Check.same(Inputs.sumOfSquares(1_000), Functions.sum(squares));
        return opened;
    }

    /// {@return the pool that a workload was prepared on}
    Pool pool() {
        return Objects.requireNonNull(pool, "no workload was prepared");
    }

    private Pool open() {
        var opened = opener.get();
        pool = opened;
        return opened;
    }

    private record WayOf(Pool pool) implements Batch.Way {
        @Override
        public <T, R> Iterator<R> map(Batch<T, R> batch) {
            if (batch.isLazy()) {
                return pool.imap(batch.function(), batch.items(), batch.chunk());
            }
            return batch.chunk() == 0
                    ? pool.<T, R>map(batch.function(), batch.items()).iterator()
                    : pool.<T, R>map(batch.function(), batch.items(), batch.chunk()).iterator();
        }
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
        }
    }
}
