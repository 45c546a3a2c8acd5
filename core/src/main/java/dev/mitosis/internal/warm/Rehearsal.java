package dev.mitosis.internal.warm;

import dev.mitosis.Pool;
import dev.mitosis.TaskFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A little of everything that users do, so that a worker loads and runs what it will need.
///
/// Functions and records are this library's own: no user's class may get into a cache.
public final class Rehearsal {
    private static final int TIMES = 3;
    private static final int MANY = 50_000;
    private static final int SOME = 2_000;

    private final Pool pool;

    Rehearsal(Pool pool) {
        this.pool = pool;
    }

    /// A record like those of users.
    public record Sample(String name, int number, double value, String more) {
        /// {@return another}
        public Sample doubled() {
            return new Sample(name, number * 2, value * 2, more);
        }
    }

    void run() {
        for (int i = 0; i < TIMES; i++) {
            numbers();
            values();
            failures();
        }
    }

    private void numbers() {
        var many = IntStream.range(0, MANY).boxed().toList();
        pool.map(n -> n + 1, many);
        pool.map(n -> (long) n * n, many.subList(0, SOME), 1);
        pool.mapReduce(n -> n * 2, Integer::sum, 0, many);
        for (int n = 0; n < SOME; n++) {
            int captured = n;
            pool.apply(() -> captured + 1);
        }
    }

    private void values() {
        var samples = new ArrayList<Sample>();
        for (int n = 0; n < SOME; n++) {
            samples.add(new Sample("sample " + n, n, n / 2.0, "more"));
        }
        pool.map(Sample::doubled, samples);
        pool.map(text -> text.strip().length(), List.of("a", "b c", " d "));
        pool.map(bytes -> bytes.length, List.of(new byte[200_000], new byte[10]));
        pool.map(list -> new ArrayList<>(list), List.of(List.of(1, 2), List.of("x")));
    }

    private void failures() {
        try {
            pool.map(n -> n / (n - 1), List.of(0, 1));
        } catch (TaskFailedException expected) {
            // an item that fails is also something that users do
        }
    }
}
