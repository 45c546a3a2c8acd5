package dev.mitosis.bench.peer;

import java.util.Arrays;

/// How long each of many calls took.
final class Latencies {
    private final double[] seconds;

    // owned by the thread that runs the workload
    private int count;

    Latencies(int capacity) {
        seconds = new double[capacity];
    }

    void add(double time) {
        seconds[count++] = time;
    }

    Figures percentiles() {
        Arrays.sort(seconds, 0, count);
        return Figures.of("p50_us", seconds[count / 2] * 1e6)
                .and("p99_us", seconds[(int) (count * .99)] * 1e6);
    }
}
