package dev.mitosis.python;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.ItemException;
import dev.mitosis.NotReadableException;
import dev.mitosis.NotShippableException;
import dev.mitosis.Outcome;
import dev.mitosis.Outcome.Died;
import dev.mitosis.Outcome.Failed;
import dev.mitosis.Pool;
import dev.mitosis.TaskFailedException;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `ExecutorDeadlockTest` of CPython: whatever breaks while things are written and read, each task ends and the
/// pool goes on. There most of these break the executor; here each costs one task.
@Tag("process")
@ExtendWith(LeakCheck.class)
@Timeout(60)
class PythonDeadlockProcessTest {
    private static Pool pool; // for the tests of this class
    private static volatile boolean brokenHere; // set by what should have broken a worker

    @BeforeAll
    static void openPool() {
        pool = Pool.open(2);
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @AfterEach
    void thePoolIsAsGoodAsBefore() {
        boolean broken = brokenHere;
        brokenHere = false;
        assertFalse(broken, "an item was read back in this JVM");
        assertEquals(upTo(20), pool.map(n -> n, upTo(20)));
    }

    private static void crash() {
        ensureInWorker();
        Processes.kill9(ProcessHandle.current().pid());
    }

    private static void exit() {
        ensureInWorker();
        System.exit(1);
    }

    private static void ensureInWorker() {
        if (System.getenv("MITOSIS_COOKIE") == null) {
            brokenHere = true;
            throw new IllegalStateException("meant for a worker");
        }
    }

    private static void fail() {
        throw new IllegalStateException("broken on purpose");
    }

    private static final class FailsWhenWritten implements Serializable {
        private void writeObject(ObjectOutputStream out) {
            fail();
        }
    }

    private static final class FailsWhenRead implements Serializable {
        private void readObject(ObjectInputStream in) {
            fail();
        }
    }

    private static final class ExitsWhenRead implements Serializable {
        private void readObject(ObjectInputStream in) {
            exit();
        }
    }

    private static final class CrashesWhenRead implements Serializable {
        private void readObject(ObjectInputStream in) {
            crash();
        }
    }

    private static final class ExitsWhenWritten implements Serializable {
        private void writeObject(ObjectOutputStream out) {
            exit();
        }
    }

    private static final class CrashesWhenWritten implements Serializable {
        private void writeObject(ObjectOutputStream out) {
            crash();
        }
    }

    private static ItemException failureOfItem(Object item) {
        var task = pool.applyAsync(it -> it.hashCode(), item);
        return assertInstanceOf(ItemException.class, assertThrows(ExecutionException.class, task::get).getCause());
    }

    private static ItemException failureOf(dev.mitosis.RemoteCallable<Object> work) {
        var task = pool.applyAsync(work);
        return assertInstanceOf(ItemException.class, assertThrows(ExecutionException.class, task::get).getCause());
    }

    @Test // test_error_at_task_pickle
    void an_item_that_fails_when_it_is_written() {
        var failure = failureOfItem(new FailsWhenWritten());

        assertInstanceOf(NotShippableException.class, failure.getCause());
        assertTrue(failure.getMessage().contains("broken on purpose"), failure.getMessage());
    }

    @Test // test_exit_at_task_unpickle
    void an_item_that_exits_when_it_is_read() {
        assertInstanceOf(WorkerDiedException.class, failureOfItem(new ExitsWhenRead()));
    }

    @Test // test_error_at_task_unpickle: there the executor is broken
    void an_item_that_fails_when_it_is_read() {
        var failure = assertInstanceOf(TaskFailedException.class, failureOfItem(new FailsWhenRead()));

        assertTrue(failure.getMessage().contains("broken on purpose"), failure.getMessage());
    }

    @Test // test_crash_at_task_unpickle
    void an_item_that_crashes_the_worker_when_it_is_read() {
        assertInstanceOf(WorkerDiedException.class, failureOfItem(new CrashesWhenRead()));
    }

    @Test // test_crash_during_func_exec
    void a_task_that_crashes() {
        assertInstanceOf(WorkerDiedException.class, failureOf(() -> {
            crash();
            return 1;
        }));
    }

    @Test // test_exit_during_func_exec: there the future raises SystemExit
    void a_task_that_exits() {
        var failure = failureOf(() -> {
            System.exit(5);
            return 1;
        });

        assertTrue(failure.getMessage().contains("System.exit(5)"), failure.getMessage());
    }

    @Test // test_error_during_func_exec
    void a_task_that_throws() {
        var failure = failureOf(() -> {
            fail();
            return 1;
        });

        assertInstanceOf(IllegalStateException.class, failure.getCause());
    }

    @Test // test_crash_during_result_pickle
    void a_result_that_crashes_the_worker_when_it_is_written() {
        assertInstanceOf(WorkerDiedException.class, failureOf(() -> new CrashesWhenWritten()));
    }

    @Test // test_exit_during_result_pickle
    void a_result_that_exits_when_it_is_written() {
        assertInstanceOf(WorkerDiedException.class, failureOf(() -> new ExitsWhenWritten()));
    }

    @Test // test_error_during_result_pickle
    void a_result_that_fails_when_it_is_written() {
        var failure = failureOf(() -> new FailsWhenWritten());

        assertInstanceOf(NotShippableException.class, failure.getCause());
        assertTrue(failure.getMessage().contains("broken on purpose"), failure.getMessage());
    }

    @Test // test_error_during_result_unpickle_in_result_handler
    void a_result_that_fails_when_it_is_read() {
        assertInstanceOf(NotReadableException.class, failureOf(() -> new FailsWhenRead()).getCause());
    }

    private static final class LeavesWhenRead implements Serializable {
        private void readObject(ObjectInputStream in) {
            throw new Leaving();
        }
    }

    /// As Python's `SystemExit`: no exception that anybody expects.
    private static final class Leaving extends Error {
        Leaving() {
            super("leaving on purpose");
        }
    }

    @Test // test_exit_during_result_unpickle_in_result_handler: there SystemExit is raised where results are read
    void a_result_that_throws_an_error_when_it_is_read() {
        var failure = failureOf(() -> new LeavesWhenRead());

        assertInstanceOf(NotReadableException.class, failure.getCause());
        assertTrue(failure.getMessage().contains("leaving on purpose"), failure.getMessage());
    }

    /// What breaks, and how.
    private enum Broken {
        ITEM_WRITTEN(Failed.class), ITEM_READ(Failed.class), ITEM_EXITS(Died.class), ITEM_CRASHES(Died.class),
        TASK_THROWS(Failed.class), TASK_EXITS(Died.class), TASK_CRASHES(Died.class),
        RESULT_WRITTEN(Failed.class), RESULT_EXITS(Died.class), RESULT_CRASHES(Died.class),
        RESULT_READ(Failed.class), RESULT_LEAVES(Failed.class);

        private final Class<?> outcome;

        Broken(Class<?> outcome) {
            this.outcome = outcome;
        }

        Object item() {
            return switch (this) {
                case ITEM_WRITTEN -> new FailsWhenWritten();
                case ITEM_READ -> new FailsWhenRead();
                case ITEM_EXITS -> new ExitsWhenRead();
                case ITEM_CRASHES -> new CrashesWhenRead();
                default -> this;
            };
        }

        Object run() {
            return switch (this) {
                case TASK_THROWS -> throw new IllegalStateException("broken on purpose");
                case TASK_EXITS -> {
                    exit();
                    yield "";
                }
                case TASK_CRASHES -> {
                    crash();
                    yield "";
                }
                case RESULT_WRITTEN -> new FailsWhenWritten();
                case RESULT_EXITS -> new ExitsWhenWritten();
                case RESULT_CRASHES -> new CrashesWhenWritten();
                case RESULT_READ -> new FailsWhenRead();
                case RESULT_LEAVES -> new LeavesWhenRead();
                default -> this;
            };
        }
    }

    @ParameterizedTest // all of them at once: there each breaks the executor, and all that is pending in it
    @ValueSource(ints = {1, 5, 100})
    void whatever_breaks_costs_its_own_item_and_no_other(int chunkSize) {
        var items = new ArrayList<Object>();
        for (var broken : Broken.values()) {
            items.addAll(List.of("good", "good", broken.item(), "good"));
        }
        var all = new ArrayList<Outcome<Object>>();

        try (var outcomes = pool.with(o -> o.withChunkSize(chunkSize)).outcomes(
                item -> item instanceof Broken broken ? broken.run() : item, items)) {
            outcomes.forEachRemaining(all::add);
        }

        assertEquals(items.size(), all.size());
        for (int i = 0; i < all.size(); i++) {
            if (i % 4 == 2) {
                assertInstanceOf(Broken.values()[i / 4].outcome, all.get(i));
            } else {
                assertEquals("good", assertInstanceOf(Outcome.Ok.class, all.get(i)).value());
            }
        }
    }

    @Test // the same for one that waits: a death beside it does not end it
    void a_task_that_runs_meanwhile_is_not_touched() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var waiting = pool.applyAsync(() -> door.pass("waiting"));
            var visitor = gate.arrival();
            for (var broken : Broken.values()) {
                var task = pool.applyAsync(item -> item instanceof Broken it ? it.run() : item, broken.item());
                assertThrows(ExecutionException.class, task::get);
            }
            visitor.release();

            assertEquals("waiting", waiting.get());
        }
    }

    @Test // test_shutdown_deadlock
    void a_pool_that_is_closed_while_a_task_crashes() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var other = Pool.open(2);
            var task = other.applyAsync(() -> door.pass(1));
            var visitor = gate.arrival();

            Processes.kill9(visitor.pid());
            other.close();

            assertInstanceOf(WorkerDiedException.class, task.exceptionNow());
        }
    }

    @Test // test_shutdown_deadlock_pickle (bpo-39104)
    void an_executor_that_is_shut_down_after_a_task_that_cannot_travel() throws Exception {
        var executor = pool.executor();
        var unwritable = new FailsWhenWritten();

        assertThrows(NotShippableException.class, () -> executor.submit(() -> unwritable.hashCode()));
        executor.shutdown();

        assertTrue(executor.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES));
    }

    @Test // test_crash_big_data (gh-94777)
    void workers_that_crash_on_items_larger_than_their_link() {
        var items = upTo(6).stream().map(n -> new byte[3_000_000]).toList();

        try (var outcomes = pool.outcomes(bytes -> {
            crash();
            return bytes.length;
        }, items)) {
            outcomes.forEachRemaining(outcome -> assertInstanceOf(Died.class, outcome));
        }
    }

    @Test // test_should_not_deadlock_if_wakeup_pipe_full (gh-105829)
    void very_many_small_tasks() {
        var tasks = upTo(2_000).stream().map(n -> pool.applyAsync(() -> n)).toList();

        for (int n = 0; n < tasks.size(); n++) {
            assertEquals(n, tasks.get(n).join());
        }
    }
}
