package dev.mitosis.bench.torture;

import dev.mitosis.bench.common.Belongings;
import dev.mitosis.bench.common.Heap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Torments two pools for so long, and looks what is left.
final class Torture {
    private static final double HEAP_TOLERANCE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// How much of it.
    ///
    /// @param seed makes the choices
    /// @param seconds how long calls are begun
    /// @param threads how many threads call
    /// @param workers how many workers each pool has
    /// @param quietFor seconds without progress of a thread that are a hang
    record Measure(long seed, long seconds, int threads, int workers, long quietFor) {}

    private final Measure measure;
    private final Tally tally = new Tally();
    private final Findings findings = new Findings(what -> System.err.println("WRONG: " + what));

    Torture(Measure measure) {
        this.measure = measure;
    }

    /// Does it all; with a hang it returns at once and leaves everything as it is.
    void run() throws InterruptedException {
        // What is made once and kept, by the JDK and by us, is no leak.
        if (!round(measure.seed() + 1, Math.clamp(measure.seconds() / 10, 2, 20))) {
            return;
        }
        double heap = Heap.usedMiB();
        var before = Belongings.now();
        if (!round(measure.seed(), measure.seconds())) {
            return;
        }
        double heapAfter = Heap.usedMiB();
        if (heapAfter > heap + HEAP_TOLERANCE) {
            findings.add("the heap has grown from %.1f to %.1f MiB".formatted(heap, heapAfter));
        }
        awaitNothingBeyond(before);
    }

    /// {@return what is wrong, in words}
    List<String> findings() {
        return findings.all();
    }

    /// {@return how often what happened}
    Map<String, Long> tally() {
        return tally.all();
    }

    /// Returns whether it came to its end, else something hangs.
    private boolean round(long seed, long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        BooleanSupplier enough = () -> System.nanoTime() - end > 0;
        var random = new SplittableRandom(seed);
        var killed = Monkey.emptySet();
        var judge = new Judge(killed, tally, findings);
        var houses = Stream.generate(() -> new House(measure.workers(), tally, random.split()))
                .limit(2).toList();
        var progresses = IntStream.range(0, measure.threads())
                .mapToObj(i -> new Progress("caller " + i)).toList();
        var callers = IntStream.range(0, measure.threads())
                .mapToObj(i -> new Caller(i, seed, houses,
                        new Court(judge, findings, progresses.get(i)), tally)).toList();
        var monkey = new Monkey(houses, callers, killed, tally);

        var threads = new ArrayList<Thread>();
        var watched = new ArrayList<>(progresses);
        callers.forEach(caller -> threads.add(start("caller", () -> caller.callUntil(enough))));
        var tricks = random.split();
        threads.add(start("monkey", () -> run(monkey, enough, tricks)));
        for (var house : houses) {
            var keeper = new Keeper(house, random.split());
            watched.add(keeper.progress());
            threads.add(start("keeper", () -> keeper.runUntil(enough)));
        }
        return await(threads, watched);
    }

    private static void run(Monkey monkey, BooleanSupplier enough, SplittableRandom random) {
        try {
            monkey.runUntil(enough, random);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e); // nobody interrupts it
        }
    }

    private Thread start(String name, Runnable what) {
        return Thread.ofPlatform().daemon().name(name)
                .uncaughtExceptionHandler((_, e) -> findings.add(name + " ended with " + e))
                .start(what);
    }

    private boolean await(List<Thread> threads, List<Progress> watched)
            throws InterruptedException {
        var watchdog = new Watchdog(watched, measure.quietFor(), findings);
        watchdog.start();
        for (var thread : threads) {
            while (!thread.join(Duration.ofSeconds(1))) {
                if (watchdog.hasBarked()) {
                    return false;
                }
            }
        }
        watchdog.stop();
        return true;
    }

    private void awaitNothingBeyond(Belongings before) throws InterruptedException {
        long began = System.nanoTime();
        var more = Belongings.now().beyond(before);
        while (!more.isEmpty() && System.nanoTime() - began < PATIENCE.toNanos()) {
            Heap.usedMiB(); // what is unreachable closes itself, when it is collected
            more = Belongings.now().beyond(before);
        }
        more.forEach(what -> findings.add("left behind: " + what));
    }
}
