package dev.mitosis.bench;

import org.openjdk.jmh.annotations.Benchmark;

/// What reading the clock costs: the floor of every other figure.
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
