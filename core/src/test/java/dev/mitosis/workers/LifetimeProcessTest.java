package dev.mitosis.workers;

import static dev.mitosis.testing.Failures.drain;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.NotShippableException;
import dev.mitosis.Output;
import dev.mitosis.Pool;
import dev.mitosis.PoolStats;
import dev.mitosis.WorkerContext;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.WorkerStartException;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Ledger;
import dev.mitosis.testing.Processes;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A worker's life: initializer, items up to the limit, finalizer, replacement.
@Tag("process")
@ExtendWith(LeakCheck.class)
class LifetimeProcessTest {
    @TempDir
    Path directory;

    private static long self() {
        return ProcessHandle.current().pid();
    }

    @Test
    void the_initializer_runs_first_and_the_finalizer_last_in_each_process() {
        var ledger = Ledger.in(directory);

        try (var pool = Pool.open(c -> c.withWorkers(2)
                .withInitializer(() -> ledger.note("first " + self()))
                .withFinalizer(() -> ledger.note("last " + self())))) {
            pool.everywhere(() -> ledger.note("item " + self()));
            pool.everywhere(() -> ledger.note("item " + self()));
        }

        var byProcess = ledger.notes().stream().map(note -> note.split(" "))
                .collect(Collectors.groupingBy(words -> words[1],
                        Collectors.mapping(words -> words[0], Collectors.toList())));
        assertEquals(2, byProcess.size());
        byProcess.values().forEach(life -> assertEquals(List.of("first", "item", "item", "last"), life));
    }

    @Test
    void f15_an_initializer_that_throws_fails_every_call_with_its_exception() {
        var ledger = Ledger.in(directory);

        try (var pool = Pool.open(c -> c.withWorkers(2).withOutput(Output.discard()).withInitializer(() -> {
            ledger.note("tried");
            throw new IllegalStateException("no database");
        }))) {
            for (int i = 0; i < 2; i++) {
                var failure = assertThrows(WorkerStartException.class, () -> pool.map(n -> n, upTo(5)));
                assertTrue(failure.getMessage().contains("no database"), failure.getMessage());
            }
        }

        assertTrue(ledger.notes().size() <= 40, "no endless respawning: " + ledger.notes().size());
    }

    @Test
    void a_replacement_runs_the_initializer_and_what_was_run_everywhere() {
        var ledger = Ledger.in(directory);

        try (var pool = Pool.open(c -> c.withWorkers(1).withInitializer(() -> ledger.note("initializer")))) {
            pool.everywhere(() -> ledger.note("everywhere"));
            pool.everywhere(() -> System.setProperty("colour", "red"));
            assertThrows(WorkerDiedException.class, () -> pool.apply(() -> Processes.kill9(self())));

            assertEquals("red", pool.apply(() -> System.getProperty("colour")));
        }

        assertEquals(List.of("initializer", "everywhere", "initializer", "everywhere"), ledger.notes());
    }

    @Test
    void an_initializer_that_cannot_travel_leaves_no_pool_behind() {
        var thread = new Thread();
        assertThrows(NotShippableException.class,
                () -> Pool.open(c -> c.withWorkers(2).withInitializer(() -> thread.interrupt())));
        assertThrows(NotShippableException.class,
                () -> Pool.open(c -> c.withWorkers(2).withFinalizer(() -> thread.interrupt())));
    }

    @Test
    void f15_what_no_process_can_be_started_with_is_told_and_not_waited_for() {
        try (var pool = Pool.open(c -> c.withWorkers(2).withEnvironment(Map.of("A=B", "1")))) {
            var failure = assertThrows(WorkerStartException.class, () -> pool.apply(() -> 1));

            assertTrue(failure.getMessage().contains("A=B"), failure.getMessage());
        }
    }

    private static int dieNowAndThen(int n) {
        if (n % 17 == 0 && WorkerContext.current().attempt() == 1) {
            Processes.kill9(self());
        }
        return n;
    }

    @Test
    void f32_blocks_that_are_cut_for_a_worker_and_lost_with_it_are_folded_once() {
        try (var pool = Pool.open(c -> c.withWorkers(2).withMaxTasksPerWorker(3))) {
            var patient = pool.with(o -> o.withRetries(3).withChunkSize(5));

            assertEquals(100 * 99 / 2, patient.mapReduce(n -> dieNowAndThen(n), Integer::sum, 0, upTo(100)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void f32_a_worker_is_replaced_after_so_many_items_not_batches(int chunkSize) {
        try (var pool = Pool.open(c -> c.withWorkers(1).withMaxTasksPerWorker(3))) {
            var pids = pool.map(_ -> self(), upTo(9), chunkSize);

            var items = pids.stream().collect(Collectors.groupingBy(pid -> pid, Collectors.counting()));
            assertEquals(Collections.nCopies(3, 3L), List.copyOf(items.values()));
            assertEquals(0, pool.stats().deaths(), "a planned exit is no death");
        }
    }

    @Test
    void f32_replacing_disturbs_no_verb() throws Exception {
        try (var pool = Pool.open(c -> c.withWorkers(2).withMaxTasksPerWorker(9))) {
            assertEquals(upTo(20), drain(pool.imap(n -> n, upTo(20), 7)));
            assertEquals(20, new HashSet<>(drain(pool.imapUnordered(n -> n, upTo(20)))).size());
            assertEquals(190, pool.mapReduce(n -> n, Integer::sum, 0, upTo(20)));
            assertEquals(upTo(6), pool.mapAsync(n -> n, upTo(6)).get());
        }
    }

    @Test
    void static_state_belongs_to_one_process_and_stays() {
        try (var pool = Pool.open(1); var other = Pool.open(1)) {
            pool.apply(() -> System.setProperty("mine", "yes"));

            assertEquals("yes", pool.apply(() -> System.getProperty("mine")));
            assertEquals("null", other.apply(() -> "" + System.getProperty("mine")));
            assertEquals("null", "" + System.getProperty("mine"));
            assertEquals(1, pool.apply(() -> Counter.next()));
            assertEquals(2, pool.apply(() -> Counter.next()));
            assertEquals(1, other.apply(() -> Counter.next()));
            assertEquals(1, Counter.next());
        }
    }

    private static final class Counter {
        private static int count;

        static int next() {
            return ++count;
        }
    }

    @Test
    void stats_count_bytes_and_processes() {
        try (var pool = Pool.open(2)) {
            pool.map(n -> "x".repeat(n), upTo(1_000));

            var stats = pool.stats();

            assertTrue(stats.bytesSent() > 1_000 && stats.bytesSent() < 1_000_000, stats.toString());
            assertTrue(stats.bytesReceived() > 499_500 && stats.bytesReceived() < 2_000_000, stats.toString());
            pool.everywhere(() -> {});
            assertEquals(2, pool.stats().starts());
            assertEquals(Set.copyOf(Processes.workersOf(self())),
                    pool.stats().workers().stream().map(PoolStats.Worker::pid).collect(Collectors.toSet()));
        }
    }

    @Test
    void f25_two_pools_have_workers_of_their_own() {
        try (var pool = Pool.open(1); var other = Pool.open(2)) {
            var mine = new HashSet<>(pool.map(_ -> self(), upTo(20)));
            mine.retainAll(new HashSet<>(other.map(_ -> self(), upTo(20), 1)));

            assertEquals(new HashSet<Long>(), mine);
        }
    }

    @Test
    void f24_a_pool_inside_a_worker_runs_inline() {
        try (var pool = Pool.open(1)) {
            var pids = pool.apply(() -> {
                try (var inner = Pool.open(4)) {
                    return List.of(self(), inner.apply(() -> self()), inner.map(_ -> self(), upTo(3)).getLast());
                }
            });

            assertEquals(1, new HashSet<>(pids).size(), pids.toString());
            assertTrue(!pids.contains(self()), "not here");
        }
    }

    @Test
    void f21_the_processes_of_a_task_end_with_its_worker() {
        try (var pool = Pool.open(1)) {
            long child = pool.apply(() -> new ProcessBuilder("sleep", "1000").start().pid());
            assertTrue(Processes.isAlive(child));

            try {
                assertThrows(WorkerDiedException.class, () -> pool.apply(() -> Processes.kill9(self())));

                Eventually.holds("the child of the dead worker is gone", () -> !Processes.isAlive(child));
            } finally {
                ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    @Test
    void a_pool_that_became_unreachable_is_closed() {
        var pids = forgottenPool();

        Eventually.holds("its workers are gone", () -> {
            System.gc();
            return pids.stream().noneMatch(Processes::isAlive);
        });
    }

    private static List<Long> forgottenPool() {
        var pool = Pool.open(2);
        pool.everywhere(() -> {});
        var weak = new WeakReference<>(pool);
        assertTrue(weak.refersTo(pool));
        return pool.stats().workers().stream().map(worker -> worker.pid()).toList();
    }
}
