package dev.mitosis.share;

import dev.mitosis.Pool;
import dev.mitosis.PoolStats;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Pause;
import dev.mitosis.testing.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.function.Executable;

/// Kills workers of a pool at random moments, each time after those that are left have got on.
final class Storm {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final int LONGEST_MICROS = 3_000;

    final Set<Long> killed = new HashSet<>();
    private final Pool pool;
    private final long seed = Long.getLong("mitosis.test.seed", System.nanoTime());
    private final Random random = new Random(seed);

    Storm(Pool pool) {
        this.pool = pool;
    }

    /// Runs a test; what it throws comes with the seed, and the workers print what they are doing.
    void during(Executable test) {
        try {
            test.execute();
        } catch (Throwable e) {
            workers().forEach(pid -> Processes.signal("QUIT", pid));
            Pause.of(LAST_WORDS);
            pool.terminate(); // or whoever waits in vain is waited for
            throw new AssertionError("-Dmitosis.test.seed=" + seed + ": " + e.getMessage(), e);
        }
    }

    /// Kills so many workers, one or two at a time.
    ///
    /// @param kills how many
    /// @param progress what grows as long as all get on
    /// @param most by how much it grows at most between two kills
    void rage(int kills, LongSupplier progress, int most) {
        for (int left = kills; left > 0; left--) {
            if (left % 2 == 0 || random.nextBoolean()) {
                awaitProgress(progress, 1 + random.nextInt(most));
            }
            killOne();
        }
        awaitProgress(progress, most);
    }

    private void awaitProgress(LongSupplier progress, int much) {
        long before = progress.getAsLong();
        Eventually.holds(PATIENCE, () -> progress.getAsLong() >= before + much,
                () -> "somebody waits in vain after " + killed.size() + " kills; it is "
                        + progress.getAsLong() + " and was " + before);
    }

    /// Kills some worker in a moment.
    void killOne() {
        Pause.of(Duration.ofNanos(1_000L * random.nextInt(LONGEST_MICROS)));
        var pids = new ArrayList<Long>();
        Eventually.holds("there is a worker", () -> pids.addAll(workers()));
        long pid = pids.get(random.nextInt(pids.size()));
        Processes.kill9(pid);
        killed.add(pid);
    }

    private List<Long> workers() {
        return pool.stats().workers().stream()
                .filter(worker -> worker.state().equals("busy") || worker.state().equals("idle"))
                .map(PoolStats.Worker::pid)
                .filter(Processes::isAlive)
                .toList();
    }
}
