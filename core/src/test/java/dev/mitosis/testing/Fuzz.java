package dev.mitosis.testing;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assertions;

/// A fuzzer: feeds a target with changed copies of valid inputs, for some seconds.
///
/// An input that leads to something new, as the target tells, is kept and changed further: that takes the place
/// of coverage. What fails is printed in hexadecimal and can be fed again.
///
/// `-Dmitosis.fuzz.seconds=3600` runs each target for an hour; `-Dmitosis.fuzz.seed=7` begins with that seed;
/// `-Dmitosis.fuzz.input=0a1b` feeds just this. `build/fuzz` has Jazzer do the same, guided by real coverage.
public final class Fuzz {
    /// What is fed.
    @FunctionalInterface
    public interface Target {
        /// Takes one input; what it throws is a failure.
        ///
        /// @param input the input, not to be changed
        /// @param random for decisions, the same for the same input
        /// @return what came of it, in few words
        /// @throws Exception whatever must not happen
        String feed(byte[] input, Random random) throws Exception;
    }

    private static final long SECONDS = Long.getLong("mitosis.fuzz.seconds", 20);
    private static final Duration PATIENCE = Duration.ofSeconds(60); // with one input
    private static final int MOST_KEPT = 5_000;
    private static final int LONGEST_KEPT = 16 << 10;

    // beyond this for each input, memory is made for mere claims
    private static final long ALLOWANCE = 80L << 20; // the longest step in which a long value is believed
    private static final long ALLOWANCE_PER_BYTE = 2_000;

    private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String name;
    private final Target target;
    private final long seed = Long.getLong("mitosis.fuzz.seed", System.nanoTime() & 0xffff_ffffL);
    private final Mutator mutator = new Mutator(new Random(seed));
    private final List<byte[]> corpus;
    private final Set<String> seen = new HashSet<>();

    // written by the thread that feeds, read by the one that waits
    private volatile long fed;
    private volatile byte[] current = {};
    private volatile Throwable failure;

    private Fuzz(String name, List<byte[]> corpus, Target target) {
        this.name = name;
        this.corpus = new ArrayList<>(corpus);
        this.target = target;
    }

    /// Feeds a target; fails with the first input that does what must not be.
    ///
    /// @param name its name
    /// @param corpus valid inputs
    /// @param target the target
    public static void run(String name, List<byte[]> corpus, Target target)
            throws InterruptedException, IOException {
        new Fuzz(name, corpus, target).run();
    }

    /// Tells where something was thrown, for what a target returns.
    ///
    /// @param problem what was thrown
    /// @return its class, and the lines that it came through
    public static String trace(Throwable problem) {
        var text = new StringBuilder(problem.getClass().getSimpleName());
        var frames = problem.getStackTrace();
        for (int i = 0; i < Math.min(frames.length, 4); i++) {
            text.append(' ').append(frames[i].getMethodName()).append(frames[i].getLineNumber());
        }
        return text.toString();
    }

    private void run() throws InterruptedException, IOException {
        writeSeeds();
        var feeder = Thread.ofPlatform().daemon().name("fuzz-" + name).start(this::feedAll);
        for (long before = -1; !feeder.join(PATIENCE); before = fed) {
            if (fed == before) {
                var stuck = new IllegalStateException("it does not end");
                stuck.setStackTrace(feeder.getStackTrace());
                failure = stuck;
                break;
            }
        }
        if (failure != null) {
            Assertions.fail(report(), failure);
        }
        System.out.printf("fuzz %s: %,d inputs in %d s, %,d ways to end, seed %d%n",
                name, fed, SECONDS, seen.size(), seed);
    }

    private void writeSeeds() throws IOException {
        var folder = System.getProperty("mitosis.fuzz.seeds");
        if (folder != null) {
            var mine = Files.createDirectories(Path.of(folder, name));
            for (int i = 0; i < corpus.size(); i++) {
                Files.write(mine.resolve("seed-" + i), corpus.get(i));
            }
        }
    }

    private String report() {
        return "fuzz %s: after %d inputs, seed %d; again with -Dmitosis.fuzz.input=%s"
                .formatted(name, fed, seed, HexFormat.of().formatHex(current));
    }

    private void feedAll() {
        try {
            var given = System.getProperty("mitosis.fuzz.input");
            if (given != null) {
                feed(HexFormat.of().parseHex(given));
                return;
            }
            for (var valid : List.copyOf(corpus)) {
                feed(valid);
            }
            long began = System.nanoTime();
            while (System.nanoTime() - began < SECONDS * 1_000_000_000L) {
                feed(mutator.change(corpus));
            }
        } catch (Throwable e) {
            failure = e;
        }
    }

    private void feed(byte[] input) throws Exception {
        current = input;
        long before = MEMORY.getCurrentThreadAllocatedBytes();
        var result = target.feed(input, new Random(Arrays.hashCode(input)));
        long allocated = MEMORY.getCurrentThreadAllocatedBytes() - before;
        if (allocated > ALLOWANCE + input.length * ALLOWANCE_PER_BYTE) {
            throw new IllegalStateException("%d bytes made it allocate %d".formatted(input.length, allocated));
        }
        fed = fed + 1;
        if (seen.size() < MOST_KEPT && seen.add(result) && input.length < LONGEST_KEPT) {
            corpus.add(input);
        }
    }
}
