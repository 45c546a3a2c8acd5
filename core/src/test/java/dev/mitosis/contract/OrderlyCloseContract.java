package dev.mitosis.contract;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.PoolClosedException;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Inputs.Counted;
import dev.mitosis.testing.Ledger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pool that is closed or terminated while it works.
abstract class OrderlyCloseContract extends PoolContract {
    @TempDir
    Path directory;

    /// Begins to close a pool, and returns once it takes no more calls.
    private static Future<Boolean> beginToClose(Pool pool) {
        var closing = Calls.start(() -> {
            pool.close();
            return true;
        });
        Calls.awaitRefusalBy(pool);
        return closing;
    }

    @Test
    void f18_close_waits_for_running_and_queued_tasks() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var pool = open(c -> c.withWorkers(1));
            var running = pool.applyAsync(() -> door.pass("running"));
            var queued = pool.applyAsync(() -> "queued");
            var visitor = gate.arrival();

            var closing = beginToClose(pool);
            assertFalse(closing.isDone());
            assertFalse(running.isDone());
            visitor.release();

            assertTrue(closing.get());
            assertEquals("running", running.resultNow());
            assertEquals("queued", queued.resultNow());
        }
    }

    @Test
    void f18_a_blocking_map_of_another_thread_counts_as_taken_whole() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var pool = open(c -> c.withWorkers(2));
            var input = Counted.upTo(1_000);
            var view = pool.with(o -> o.withWindow(4));
            var map = Calls.start(() -> view.map(n -> n < 2 ? door.pass(n) : n, input));
            gate.arrivalOf(0).release();
            var visitor = gate.arrivalOf(1);

            var closing = beginToClose(pool);
            assertFalse(closing.isDone());
            visitor.release();

            assertEquals(upTo(1_000), map.get());
            assertTrue(closing.get());
        }
    }

    @Test
    void f18_open_results_hand_out_what_was_taken_and_then_say_that_the_pool_is_closed() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var pool = open(c -> c.withWorkers(2));
            var input = Counted.endless();
            var results = pool.with(o -> o.withWindow(6)).imap(n -> n == 0 ? door.pass(n) : n, input);
            var visitor = gate.arrival();
            Eventually.holds("all others have run", () -> pool.stats().itemsOk() == 5);

            var closing = beginToClose(pool);
            visitor.release();
            assertTrue(closing.get(), "closing waits for items to be finished, not to be read");

            for (int n = 0; n < 6; n++) {
                assertEquals(n, results.next());
            }
            assertThrows(PoolClosedException.class, results::next);
            assertEquals(6, input.taken());
            results.close();
        }
    }

    @Test
    void f18_terminate_ends_everything_pending() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var ledger = Ledger.in(directory);
            var pool = open(c -> c.withWorkers(2));
            var running = pool.applyAsync(() -> door.pass(1));
            var map = Calls.start(() -> pool.map(n -> door.pass(n), upTo(100), 1));
            var visitors = List.of(gate.arrival(), gate.arrival());
            var queued = pool.applyAsync(() -> ledger.note("never"));
            var results = pool.imap(n -> ledger.note(n), Counted.endless());
            var other = pool.mapAsync(n -> ledger.note(n), upTo(1_000));

            pool.terminate();

            visitors.forEach(Gate.Visitor::awaitGone);
            for (var task : List.of(running, queued, other)) {
                assertInstanceOf(PoolClosedException.class,
                        assertThrows(ExecutionException.class, task::get).getCause());
            }
            assertThrows(PoolClosedException.class, results::next);
            Calls.failureOf(map, PoolClosedException.class);
            assertEquals(List.of(), ledger.notes());
        }
    }

    @Test
    void f18_terminate_cuts_a_close_short() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var pool = open(c -> c.withWorkers(1));
            var task = pool.applyAsync(() -> door.pass(1));
            gate.arrival();
            var closing = beginToClose(pool);

            pool.terminate();

            assertTrue(closing.get());
            assertInstanceOf(PoolClosedException.class, assertThrows(ExecutionException.class, task::get).getCause());
        }
    }

    @Test
    void an_interrupted_close_terminates_and_keeps_the_flag() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var pool = open(c -> c.withWorkers(1));
            var task = pool.applyAsync(() -> door.pass(1));
            var visitor = gate.arrival();

            Thread.currentThread().interrupt();
            pool.close();

            assertTrue(Thread.interrupted(), "the flag stays set");
            assertInstanceOf(PoolClosedException.class, assertThrows(ExecutionException.class, task::get).getCause());
            visitor.awaitGone();
        }
    }

    @Test
    void a_close_that_takes_longer_than_its_time_out_terminates() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var pool = open(c -> c.withWorkers(1).withCloseTimeout(Duration.ofMillis(100)));
            var task = pool.applyAsync(() -> door.passStubbornly(1));
            var visitor = gate.arrival();

            pool.close();

            assertInstanceOf(PoolClosedException.class, assertThrows(ExecutionException.class, task::get).getCause());
            visitor.release();
            gate.open();
        }
    }

    @Test
    void a_dependent_may_close_the_pool() throws Exception {
        var pool = open(c -> c.withWorkers(1));

        var dependent = pool.applyAsync(() -> 1).thenApply(n -> {
            pool.close();
            return n + 1;
        });

        assertEquals(2, dependent.get());
        assertTrue(Calls.refuses(pool));
    }

    @Test
    void f16_a_blocked_input_does_not_hold_up_terminate() throws Exception {
        var pool = open(c -> c.withWorkers(1));
        try (var gate = Gate.create()) {
            var door = gate.door();
            var results = pool.imap(n -> n, blocked(door));
            gate.arrival();

            pool.terminate();

            assertThrows(PoolClosedException.class, results::next);
        }
    }

    @Test
    void f16_a_blocked_input_does_not_hold_up_close() throws Exception {
        var pool = open(c -> c.withWorkers(1));
        try (var gate = Gate.create()) {
            var door = gate.door();
            var results = pool.imap(n -> n, blocked(door));
            gate.arrival();

            pool.close();

            assertThrows(PoolClosedException.class, results::next);
        }
    }

    /// An input that never yields.
    private static Iterable<Integer> blocked(Gate.Door door) {
        return () -> Stream.generate(() -> door.passUnchecked(1)).iterator();
    }
}
