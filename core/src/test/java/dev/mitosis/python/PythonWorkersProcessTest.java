package dev.mitosis.python;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.PoolClosedException;
import dev.mitosis.PoolConfig;
import dev.mitosis.PoolStats;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.WorkerStartException;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `_TestPoolWorkerLifetime` and `ProcessPoolExecutorTest` of CPython.
@Tag("process")
@ExtendWith(LeakCheck.class)
class PythonWorkersProcessTest {
    @TempDir
    Path directory;

    private static Pool open(UnaryOperator<PoolConfig> edit) {
        return Pool.open(edit);
    }

    private static long self() {
        return ProcessHandle.current().pid();
    }

    private static List<Long> pids(Pool pool) {
        return pool.stats().workers().stream().map(PoolStats.Worker::pid).filter(pid -> pid > 0).toList();
    }

    @Test // _TestPoolWorkerLifetime.test_pool_worker_lifetime
    void workers_are_replaced_after_their_items() throws Exception {
        try (var pool = open(c -> c.withWorkers(3).withMaxTasksPerWorker(10))) {
            pool.everywhere(() -> {});
            var before = pids(pool);
            var tasks = upTo(100).stream().map(n -> pool.applyAsync(() -> n * n)).toList();
            for (int n = 0; n < 100; n++) {
                assertEquals(n * n, tasks.get(n).get());
            }

            Eventually.holds("three workers, none of the first", () ->
                    pids(pool).size() == 3 && pids(pool).stream().noneMatch(before::contains));
        }
    }

    @Test // _TestPoolWorkerLifetime.test_pool_worker_lifetime_early_close (issue 10332)
    void closing_while_workers_are_replaced_loses_nothing() {
        var pool = open(c -> c.withWorkers(3).withMaxTasksPerWorker(1));
        var tasks = upTo(6).stream().map(n -> pool.applyAsync(() -> n * n)).toList();

        pool.close();

        for (int n = 0; n < 6; n++) {
            assertEquals(n * n, tasks.get(n).resultNow());
        }
    }

    @ParameterizedTest // _TestPoolWorkerLifetime.test_pool_maxtasksperchild_invalid
    @ValueSource(longs = {0, -1})
    void the_number_of_items_must_be_at_least_one(long items) {
        assertThrows(IllegalArgumentException.class, () -> open(c -> c.withMaxTasksPerWorker(items)));
    }

    @Test // test_killed_child: there the whole executor is broken, here one task fails
    void a_killed_worker_fails_its_task_alone() throws Exception {
        try (var gate = Gate.create(); var pool = open(c -> c.withWorkers(1)); var executor = pool.executor()) {
            var door = gate.door();
            var task = executor.submit(() -> door.pass(1));
            Processes.signal("TERM", gate.arrival().pid());

            assertInstanceOf(WorkerDiedException.class, assertThrows(ExecutionException.class, task::get).getCause());
            assertEquals(4, executor.submit(() -> 4).get());
        }
    }

    @ParameterizedTest // test_map_chunksize
    @ValueSource(ints = {6, 50, 40})
    void map_takes_any_chunk_size(int chunkSize) {
        try (var pool = open(c -> c.withWorkers(2))) {
            assertEquals(upTo(40), pool.map(n -> n, upTo(40), chunkSize));
            assertThrows(IllegalArgumentException.class, () -> pool.map(n -> n, upTo(40), -1));
        }
    }

    @Test // test_traceback_when_child_process_terminates_abruptly
    void an_abrupt_end_tells_the_exit_code() {
        try (var pool = open(c -> c.withWorkers(1))) {
            var failure = assertThrows(WorkerDiedException.class, () -> pool.apply(() -> {
                Runtime.getRuntime().halt(99);
            }));

            assertEquals(OptionalInt.of(99), failure.report().exitCode());
            assertTrue(failure.getMessage().contains("process " + failure.pid()), failure.getMessage());
            assertTrue(failure.getMessage().contains("99"), failure.getMessage());
        }
    }

    /// Holds, in a worker, what an earlier item was.
    private static final class Remembered {
        private static WeakReference<StringBuilder> last = new WeakReference<>(null);
    }

    @Test // test_resources_gced_in_workers
    void a_worker_lets_go_of_items_and_results_once_they_are_done() {
        try (var pool = open(c -> c.withWorkers(1))) {
            pool.apply(item -> {
                Remembered.last = new WeakReference<>(item);
                return item;
            }, new StringBuilder("item"));

            Eventually.holds("the item was collected in the worker", () -> pool.apply(() -> {
                System.gc();
                return Remembered.last.refersTo(null);
            }));
        }
    }

    @Test // test_saturation
    void many_waiting_tasks_start_no_more_workers_than_asked_for() throws Exception {
        try (var gate = Gate.create(); var pool = open(c -> c.withWorkers(2))) {
            var door = gate.door();
            var tasks = upTo(30).stream().map(n -> pool.applyAsync(() -> door.pass(n))).toList();
            gate.arrival();
            gate.arrival();

            assertEquals(2, Processes.workersOf(self()).size());
            assertEquals(2, pool.stats().workers().size());
            gate.open();
            for (int n = 0; n < tasks.size(); n++) {
                assertEquals(n, tasks.get(n).get());
            }
        }
    }

    @Test // test_max_tasks_per_child
    void a_worker_runs_its_items_and_not_one_more() throws Exception {
        try (var pool = open(c -> c.withWorkers(1).withMaxTasksPerWorker(3)); var executor = pool.executor()) {
            long first = executor.submit(() -> self()).get();
            assertEquals(first, executor.submit(() -> self()).get());
            assertEquals(first, executor.submit(() -> self()).get());
            assertNotEquals(first, executor.submit(() -> self()).get());
        }
    }

    @ParameterizedTest // test_max_tasks_per_child_pending_tasks (gh-115634)
    @CsvSource({"1, 2, 6", "2, 2, 8"})
    void workers_are_replaced_under_a_backlog(int workers, long items, int tasks) throws Exception {
        try (var pool = open(c -> c.withWorkers(workers).withMaxTasksPerWorker(items))) {
            var all = upTo(tasks).stream().map(n -> pool.applyAsync(() -> n)).toList();
            for (int n = 0; n < tasks; n++) {
                assertEquals(n, all.get(n).get());
            }
        }
    }

    @Test // test_shutdown_no_wait_max_tasks (gh-119592), test_max_tasks_early_shutdown
    void tasks_queued_at_shutdown_run_although_workers_are_replaced() throws Exception {
        try (var pool = open(c -> c.withWorkers(3).withMaxTasksPerWorker(1))) {
            var executor = pool.executor();
            var tasks = upTo(6).stream().map(n -> executor.submit(() -> n)).toList();

            executor.shutdown();

            for (int n = 0; n < 6; n++) {
                assertEquals(n, tasks.get(n).get());
            }
        }
    }

    @Test // test_force_shutdown_during_max_tasks_worker_exit
    void terminating_while_workers_are_replaced_ends_every_task() {
        var pool = open(c -> c.withWorkers(2).withMaxTasksPerWorker(1));
        var tasks = upTo(200).stream().map(n -> pool.applyAsync(() -> n)).toList();
        tasks.getFirst().join();

        pool.terminate();

        for (var task : tasks) {
            var outcome = task.handle((_, failure) -> failure == null ? "done" : failure.getClass().getSimpleName());
            assertTrue(List.of("done", PoolClosedException.class.getSimpleName()).contains(outcome.join()),
                    outcome.join());
        }
    }

    @Test // test_failed_worker_replacement_breaks_pool
    void a_replacement_that_cannot_be_started_fails_what_is_queued() throws Exception {
        var prefix = startingOnlyOnce();
        try (var gate = Gate.create(); var pool = open(c -> c.withWorkers(1).withLaunchPrefix(prefix))) {
            var door = gate.door();
            var running = pool.applyAsync(() -> door.pass(1));
            var queued = pool.applyAsync(() -> 2);
            Processes.kill9(gate.arrival().pid());

            assertInstanceOf(WorkerDiedException.class,
                    assertThrows(ExecutionException.class, running::get).getCause());
            assertInstanceOf(WorkerStartException.class,
                    assertThrows(ExecutionException.class, queued::get).getCause());
        }
    }

    /// A command that runs another the first time, and refuses from then on.
    private String startingOnlyOnce() throws IOException {
        var script = directory.resolve("once");
        Files.writeString(script, """
                #!/bin/sh
                mkdir "$0.used" 2>/dev/null || { echo "enough" >&2; exit 1; }
                exec "$@"
                """);
        assertTrue(script.toFile().setExecutable(true));
        return script.toString();
    }

    @Test // test_terminate_workers, test_kill_workers
    void terminating_kills_the_workers_and_fails_what_they_run() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var pool = open(c -> c.withWorkers(1));
            var task = pool.applyAsync(() -> door.passStubbornly(1));
            long pid = gate.arrival().pid();

            pool.terminate();

            assertInstanceOf(PoolClosedException.class, assertThrows(ExecutionException.class, task::get).getCause());
            assertFalse(Processes.isAlive(pid));
            assertThrows(PoolClosedException.class, () -> pool.apply(() -> 1));
            pool.terminate(); // on dead workers: no error
        }
    }

    @Test // TestPoolNotLeakOnFailure, pool_in_process
    void many_small_pools_leave_nothing() {
        var pids = new HashSet<Long>();
        for (int i = 0; i < 3; i++) {
            try (var pool = open(c -> c.withWorkers(2))) {
                pids.addAll(pool.map(_ -> self(), upTo(20), 1));
            }
        }

        assertTrue(pids.size() >= 3, pids.toString());
        assertEquals(List.of(), pids.stream().filter(Processes::isAlive).toList());
    }
}
