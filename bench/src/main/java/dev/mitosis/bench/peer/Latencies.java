package dev.mitosis.bench.peer;

import java.util.Arrays;

/// How long each of many calls took that were made one after another.
final class Latencies {
    private final double[] seconds;

    // owned by the thread that runs the workload
    private int count;

    private Latencies(int capacity) {
        seconds = new double[capacity];
    }

    /// Calls without a pause.
    static Workload oneByOne(Call call) {
        return () -> measure(Inputs.ROUNDTRIP, 0, call);
    }

    /// Calls of which each finds everybody asleep; the pause before it is not counted.
    static Workload afterIdleness(Call call) {
        return () -> measure(Inputs.ROUNDTRIP_IDLE, Inputs.IDLE_MS, call);
    }

    private static Figures measure(int calls, int pauseMs, Call call) throws Exception {
        var latencies = new Latencies(calls);
        for (int i = 0; i < calls; i++) {
            if (pauseMs > 0) {
                Thread.sleep(pauseMs);
            }
            var clock = Clock.start();
            long square = call.square(i);
            latencies.add(clock.seconds());
            Check.same((long) i * i, square);
        }
        return latencies.percentiles();
    }

    private void add(double time) {
        seconds[count++] = time;
    }

    private Figures percentiles() {
        Arrays.sort(seconds, 0, count);
        return Figures.of("p50_us", seconds[count / 2] * 1e6)
                .and("p99_us", seconds[(int) (count * .99)] * 1e6);
    }

    /// What is measured: has a number squared and waits for the result.
    @FunctionalInterface
    interface Call {
        long square(int number) throws Exception;
    }
}
