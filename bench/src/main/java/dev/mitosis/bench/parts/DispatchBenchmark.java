package dev.mitosis.bench.parts;

import dev.mitosis.bench.dispatch.SimulatedPool;
import dev.mitosis.bench.dispatch.Simulation;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What a lease costs the dispatcher, from its part in the queue to its end.
///
/// `bench/dispatch` tells the same of an item, and of many calls.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DispatchBenchmark {
    /// How long items take, and how they travel.
    @Param
    public Simulation.Kind items = Simulation.Kind.ALONE;

    /// How many workers there are.
    @Param({"2", "64"})
    public int workers = 2;

    @SuppressWarnings("NullAway.Init") // JMH sets it up
    private SimulatedPool pool;

    /// Starts without a pool.
    public DispatchBenchmark() {}

    /// Opens the pool, and a call without end.
    @Setup
    public void open() {
        pool = new SimulatedPool(items, workers, 1, Long.MAX_VALUE);
    }

    /// Closes the pool.
    @TearDown
    public void close() {
        pool.close();
    }

    /// Ends a lease, and gives the next.
    ///
    /// @return whether there was one, which is always so
    @Benchmark
    public boolean lease() {
        return pool.endLease();
    }
}
