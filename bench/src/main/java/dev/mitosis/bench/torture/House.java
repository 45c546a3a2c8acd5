package dev.mitosis.bench.torture;

import dev.mitosis.CallOptions;
import dev.mitosis.Output;
import dev.mitosis.Pool;
import dev.mitosis.PoolConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/// One of the two pools, which is closed now and then, while another opens in its place.
final class House {
    /// A pool while it lives here.
    ///
    /// @param pool the pool
    /// @param defaults the options of its calls, if nothing is said
    /// @param exits whether a worker exits when its heap is exhausted
    /// @param leaving whether it has been, or is being, closed or terminated
    record Tenancy(Pool pool, CallOptions defaults, boolean exits, AtomicBoolean leaving) {
        static Tenancy of(Pool pool, boolean exits) {
            var defaults = new ArrayList<CallOptions>();
            pool.with(o -> {
                defaults.add(o);
                return o;
            });
            return new Tenancy(pool, defaults.getFirst(), exits, new AtomicBoolean());
        }
    }

    private final int workers;
    private final Tally tally;

    // written by the thread that reopens this house, read by any
    private volatile Tenancy current;

    House(int workers, Tally tally, SplittableRandom random) {
        this.workers = workers;
        this.tally = tally;
        this.current = open(random);
    }

    Tenancy current() {
        return current;
    }

    /// Opens another pool in place of this one, and ends this one in one of the two ways.
    void reopen(SplittableRandom random) {
        var old = current;
        current = open(random);
        end(old, random.nextBoolean());
    }

    /// Ends the pool that is here; nobody calls any more.
    void close() {
        end(current, false);
    }

    private void end(Tenancy tenancy, boolean terminate) {
        tenancy.leaving().set(true);
        if (terminate) {
            tenancy.pool().terminate();
        } else {
            tenancy.pool().close();
        }
        tally.count("pool " + (terminate ? "terminated" : "closed"));
    }

    private Tenancy open(SplittableRandom random) {
        tally.count("pool opened");
        boolean exits = random.nextInt(4) > 0;
        var pool = Pool.open(c -> limit(configure(c, random), random).withExitOnOutOfMemory(exits));
        return Tenancy.of(pool, exits);
    }

    private PoolConfig configure(PoolConfig defaults, SplittableRandom random) {
        var config = defaults
                .withWorkers(workers)
                .withHeap("64m")
                .withOutput(Output.discard())
                .withJvmArgs("-XX:TieredStopAtLevel=1");
        if (random.nextInt(3) == 0) {
            config = config.withMaxTasksPerWorker(random.nextLong(20, 2_000));
        }
        if (random.nextInt(3) == 0) {
            config = config.withCloseTimeout(Duration.ofMillis(random.nextLong(1, 3_000)));
        }
        if (random.nextInt(3) == 0) {
            config = config.withInitializer(() -> System.out.println("begins"))
                    .withFinalizer(() -> System.out.println("ends"));
        }
        return config;
    }

    /// Workers with this heap never need as much memory as they may have, but sometimes more than
    /// what has them replaced.
    private static PoolConfig limit(PoolConfig config, SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> config.withRecycleAbove("110m");
            case 1 -> config.withMemoryLimit("500m");
            case 2 -> config.withRecycleAbove("110m").withMemoryLimit("500m");
            default -> config;
        };
    }
}
