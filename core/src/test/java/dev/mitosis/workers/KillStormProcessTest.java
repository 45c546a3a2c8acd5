package dev.mitosis.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.PoolStats;
import dev.mitosis.testing.Inputs.Counted;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Workers are killed at random moments while a call runs: every item has exactly one outcome, in order.
@Tag("process")
@ExtendWith(LeakCheck.class)
class KillStormProcessTest {
    private static final int KILLS = 15;

    @Test
    void f13_every_item_has_exactly_one_outcome_whoever_dies() {
        long seed = Long.getLong("mitosis.test.seed", System.nanoTime());
        var random = new Random(seed);
        try (var pool = Pool.open(2); var outcomes = pool.outcomes(n -> 2 * n, Counted.endless())) {
            int killed = 0;
            int died = 0;
            for (int index = 0; killed < KILLS || index % 1_000 != 0; index++) {
                var outcome = outcomes.next();
                assertEquals(index, outcome.item().index(), () -> "-Dmitosis.test.seed=" + seed);
                switch (outcome) {
                    case Outcome.Ok<Integer> ok -> assertEquals(2 * index, ok.value());
                    case Outcome.Died<Integer> _ -> died++;
                    case Outcome.Failed<Integer> _, Outcome.TimedOut<Integer> _, Outcome.Cancelled<Integer> _ ->
                            assertInstanceOf(Outcome.Ok.class, outcome);
                }
                if (killed < KILLS && random.nextInt(2_000) == 0) {
                    killed += killOne(pool, random);
                }
            }
            assertTrue(died <= killed, died + " items died of " + killed + " kills");
            assertTrue(pool.stats().deaths() >= 1, "somebody was killed");
        }
    }

    private static int killOne(Pool pool, Random random) {
        List<Long> pids = pool.stats().workers().stream()
                .filter(worker -> worker.state().equals("busy") || worker.state().equals("idle"))
                .map(PoolStats.Worker::pid).filter(Processes::isAlive).toList();
        if (pids.isEmpty()) {
            return 0;
        }
        Processes.kill9(pids.get(random.nextInt(pids.size())));
        return 1;
    }
}
