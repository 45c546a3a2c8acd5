package dev.mitosis.contract.verbs;

import static dev.mitosis.testing.Failures.failureOf;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.ItemException;
import dev.mitosis.Output;
import dev.mitosis.Pool;
import dev.mitosis.PoolClosedException;
import dev.mitosis.TaskFailedException;
import dev.mitosis.TaskTimeoutException;
import dev.mitosis.WorkerStartException;
import dev.mitosis.contract.PoolContract;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Ledger;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A task that runs everywhere, and what it does on one of two workers.
abstract class EverywhereFaultsContract extends PoolContract {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    /// A task that does its deed on the first worker that comes to it, whatever process it is in.
    ///
    /// @param deed what it does there
    /// @param door leads to a gate
    /// @param ledger where each run is noted
    record Once(Deed deed, Gate.Door door, Ledger ledger) implements Serializable {
        void run() throws Exception {
            ledger.note("ran");
            if (isFirst()) {
                deed.act(0, door);
            }
        }

        boolean isFirst() throws IOException {
            try {
                Files.createFile(Path.of(ledger.file() + ".first"));
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            }
        }
    }

    /// {@return a pool whose two workers have started}
    final Pool two() {
        var pool = open(c -> c.withWorkers(2).withOutput(Output.discard()));
        pool.everywhere(() -> {});
        return pool;
    }

    final Once once(Deed deed, Gate.Door door) {
        return new Once(deed, door, Ledger.in(directory));
    }

    final Once once(Deed deed) {
        return once(deed, new Gate.Door("nowhere"));
    }

    /// Runs a task on both workers of a pool; it must fail on one.
    static ItemException failureOn(Pool pool, Once task) {
        var failure = failureOf(() -> pool.everywhere(() -> task.run()));

        assertTrue(failure.index() == 0 || failure.index() == 1, failure.toString());
        assertTrue(failure.getMessage().startsWith("item " + failure.index() + " (the task of everywhere)"),
                failure.getMessage());
        assertEquals(upTo(10), pool.map(n -> n, upTo(10)));
        return failure;
    }

    @Test
    void f1_everywhere_fails_where_it_throws_and_runs_on_the_others() {
        try (var pool = two()) {
            var task = once(Deed.THROWS);

            var failure = assertInstanceOf(TaskFailedException.class, failureOn(pool, task));

            assertEquals("thrown by 0", failure.getCause().getMessage());
            assertEquals(2, task.ledger().notes().size());
        }
    }

    @Test
    void f2_everywhere_throws_a_stand_in_for_what_cannot_travel() {
        try (var pool = two()) {
            var failure = failureOn(pool, once(Deed.THROWS_WHAT_CANNOT_TRAVEL));

            assertTrue(failure.getMessage().contains(Deed.HeavyException.class.getName() + ": heavy 0"),
                    failure.getMessage());
        }
    }

    @Test
    void f11_everywhere_that_runs_past_its_time_out_is_stopped() {
        try (var gate = Gate.create(); var pool = two()) {
            var task = once(Deed.WAITS, gate.door());

            var failure = failureOn(pool.with(o -> o.withTimeout(LIMIT)), task);

            var timeout = assertInstanceOf(TaskTimeoutException.class, failure);
            assertEquals(LIMIT, timeout.limit());
            assertStackOf("waitHere", timeout.stackDump());
        }
    }

    @Test
    void f15_everywhere_that_has_failed_keeps_no_later_worker_from_starting() {
        try (var pool = open(c -> c.withWorkers(2).withMaxTasksPerWorker(3).withOutput(Output.discard()))) {
            pool.everywhere(() -> {});
            failureOf(() -> pool.everywhere(() -> Deed.THROWS.act(0, new Gate.Door("nowhere"))));

            assertEquals(upTo(20), pool.map(n -> n, upTo(20)), "run by workers that came later");
        }
    }

    @Test
    void f32_everywhere_runs_on_a_worker_that_may_run_no_more_items() throws Exception {
        try (var gate = Gate.create(); var pool = open(c -> c.withWorkers(1).withMaxTasksPerWorker(1))) {
            var door = gate.door();
            var last = pool.applyAsync(() -> door.pass(1));
            var visitor = gate.arrival();
            long batches = pool.stats().batches();
            var task = once(Deed.RETURNS);
            var everywhere = Calls.start(() -> {
                pool.everywhere(() -> task.run());
                return "through";
            });
            Eventually.holds("it is on its way", () -> pool.stats().batches() > batches);

            visitor.release();

            assertEquals(1, last.get());
            assertEquals("through", everywhere.get());
            assertEquals(upTo(3), pool.map(n -> n, upTo(3)));
        }
    }

    @Test
    void f15_everywhere_that_kept_all_workers_from_starting_does_so_no_longer() throws IOException {
        var obstacle = Files.createFile(directory.resolve("obstacle"));
        var name = obstacle.toString();
        try (var pool = open(c -> c.withWorkers(1).withOutput(Output.discard()).withInitializer(() -> {
            if (Files.exists(Path.of(name))) {
                throw new IllegalStateException("not yet");
            }
        }))) {
            assertThrows(WorkerStartException.class, () -> pool.apply(() -> 1));
            Files.delete(obstacle);

            var failure = assertThrows(WorkerStartException.class, () ->
                    pool.everywhere(() -> Deed.THROWS.act(0, new Gate.Door("nowhere"))));

            assertTrue(failure.getMessage().contains("thrown by 0"), failure.getMessage());
            assertEquals(1, pool.apply(() -> 1));
        }
    }

    @Test
    void f18_a_pool_that_is_terminated_ends_everywhere() {
        try (var gate = Gate.create(); var pool = two()) {
            var task = once(Deed.WAITS, gate.door());
            var call = Calls.start(() -> {
                pool.everywhere(() -> task.run());
                return true;
            });
            var visitor = gate.arrival();

            pool.terminate();

            visitor.awaitGone();
            Calls.failureOf(call, PoolClosedException.class);
        }
    }

    @Test
    void f18_a_pool_that_is_closed_waits_for_everywhere() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var pool = open(c -> c.withWorkers(2).withInitializer(() -> door.pass("initializer")));
            var task = once(Deed.WAITS, door);
            var call = Calls.start(() -> {
                pool.everywhere(() -> task.run());
                return true;
            });
            var early = gate.arrival();
            var late = gate.arrival();
            early.release();
            var visitor = gate.arrival();
            var closing = Calls.start(() -> {
                pool.close();
                return true;
            });
            Eventually.holds("calls are refused", () -> refuses(pool));

            visitor.release();
            late.release();

            assertTrue(call.get());
            assertTrue(closing.get());
            assertEquals(2, task.ledger().notes().size(), "it ran on both");
        }
    }

    private static boolean refuses(Pool pool) {
        try {
            pool.applyAsync(() -> 0).cancel(true);
            return false;
        } catch (PoolClosedException e) {
            return true;
        }
    }
}
