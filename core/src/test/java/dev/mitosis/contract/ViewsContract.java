package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.drain;
import static dev.mitosis.testing.Failures.failureOf;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.PoolStats;
import dev.mitosis.WorkerContext;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Ledger;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `everywhere` and `stats`: the workers as a whole.
abstract class ViewsContract extends PoolContract {
    private static final Set<String> STATES = Set.of("starting", "idle", "busy", "leaving", "gone");

    @TempDir
    Path directory;

    @Test
    void everywhere_runs_once_on_every_worker() {
        var ledger = Ledger.in(directory);

        pool().everywhere(() -> {
            ledger.note("ran");
        });

        assertEquals(pool().stats().workers().size(), ledger.notes().size());
    }

    @Test
    void everywhere_names_the_worker_on_which_it_failed() {
        pool().everywhere(() -> {}); // all are there
        var failure = failureOf(() -> pool().everywhere(() -> {
            throw new IllegalStateException("not here");
        }));

        assertInstanceOf(IllegalStateException.class, failure.getCause());
        assertTrue(failure.index() >= 0 && failure.index() < pool().stats().workers().size(), failure.toString());
        assertEquals(1, pool().apply(() -> 1));
    }

    @Test
    void stats_count_items() {
        try (var pool = open(c -> c.withWorkers(2))) {
            pool.map(n -> n, upTo(30));
            drain(pool.imap(n -> 1 / n, upTo(10)));
            pool.apply(() -> 1);

            Eventually.holds("all are counted", () -> pool.stats().itemsOk() == 40);
            var stats = pool.stats();

            assertEquals(1, stats.itemsFailed());
            assertEquals(0, stats.deaths());
            assertTrue(stats.batches() >= 3 && stats.batches() <= 41, stats.toString());
            assertTrue(stats.starts() >= 1, stats.toString());
            assertEquals(41, stats.workers().stream().mapToLong(PoolStats.Worker::items).sum());
        }
    }

    @Test
    void stats_tell_the_workers() {
        pool().map(n -> n, upTo(30));

        var workers = pool().stats().workers();

        assertEquals(upTo(workers.size()), workers.stream().map(PoolStats.Worker::number).toList());
        workers.forEach(worker -> assertTrue(STATES.contains(worker.state()), worker.toString()));
        var numbers = Set.copyOf(pool().map(n -> WorkerContext.current().worker(), upTo(100), 1));
        assertTrue(workers.stream().map(PoolStats.Worker::number).collect(Collectors.toSet()).containsAll(numbers));
    }

    @Test
    void stats_of_a_closed_pool_can_still_be_read() {
        var pool = open(c -> c.withWorkers(1));
        pool.apply(() -> 1);
        pool.close();

        assertEquals(1, pool.stats().itemsOk());
    }
}
