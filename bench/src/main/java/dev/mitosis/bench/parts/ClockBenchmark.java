package dev.mitosis.bench.parts;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/// What reading the clock costs: the floor of every other figure.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ClockBenchmark {
    /// Starts without state.
    public ClockBenchmark() {}

    /// Reads the clock once.
    ///
    /// @return nanoseconds
    @Benchmark
    public long nanoTime() {
        return System.nanoTime();
    }
}
