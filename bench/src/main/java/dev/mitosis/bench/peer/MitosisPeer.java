package dev.mitosis.bench.peer;

import dev.mitosis.Backend;
import dev.mitosis.Pool;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Mitosis through its public API, as its users write it.
final class MitosisPeer implements Peer {
    private final int workers;
    private final Supplier<Pool> opener;

    // owned by the thread that runs the workload
    private @Nullable Pool pool;

    private MitosisPeer(int workers, Supplier<Pool> opener) {
        this.workers = workers;
        this.opener = opener;
    }

    /// Workers that start from the cache, which is built before, if there can be one.
    static MitosisPeer ofProcesses(int workers) throws IOException, InterruptedException {
        var _ = Pool.buildStartCache(c -> c.withWorkers(workers));
        return uncached(workers);
    }

    /// The same without, if the JVM was started with `-Dmitosis.startCache=off`.
    static MitosisPeer uncached(int workers) {
        return new MitosisPeer(workers, () -> Pool.open(workers));
    }

    static MitosisPeer ofThreads(int workers) {
        return new MitosisPeer(workers, () -> Pool.open(
                c -> c.withWorkers(workers).withBackend(Backend.threads())));
    }

    @Override
    public Workload prepare(String workload) {
        return switch (workload) {
            case "first" -> WholePool.first(opener);
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
            default -> throw new IllegalArgumentException("no workload " + workload);
        };
    }

    private Pool warm() {
        var opened = open();
        var squares = opened.map(n -> (long) n * n, Inputs.integers(1_000), 10);
        Check.same(Inputs.sumOfSquares(1_000), Functions.sum(squares));
        return opened;
    }

    private Pool open() {
        var opened = opener.get();
        pool = opened;
        return opened;
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
        }
    }
}
