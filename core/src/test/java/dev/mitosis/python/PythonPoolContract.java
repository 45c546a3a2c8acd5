package dev.mitosis.python;

import static dev.mitosis.testing.Failures.drain;
import static dev.mitosis.testing.Failures.failureOf;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Args;
import dev.mitosis.Pool;
import dev.mitosis.PoolClosedException;
import dev.mitosis.contract.PoolContract;
import dev.mitosis.testing.Gate;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/// `_TestPool` of CPython's `test.support._test_multiprocessing`, but for inputs that fail and for memory.
abstract class PythonPoolContract extends PoolContract {
    private static int sqr(int x) {
        return x * x;
    }

    private static int mul(int x, int y) {
        return x * y;
    }

    private static List<Integer> squaresUpTo(int bound) {
        return upTo(bound).stream().map(PythonPoolContract::sqr).toList();
    }

    /// Refuses to be written, as `__reduce__` that raises.
    private static final class Unpicklable implements Serializable {
        private void writeObject(ObjectOutputStream out) {
            throw new IllegalStateException("not to be written to " + out.getClass());
        }
    }

    @Test // test_apply
    void apply() {
        assertEquals(25, (int) pool().<Integer, Integer>apply(x -> sqr(x), 5));
        assertEquals(9, pool().apply(() -> sqr(3)));
    }

    @Test // test_map
    void map() {
        assertEquals(squaresUpTo(10), pool().map(x -> sqr(x), upTo(10)));
        assertEquals(squaresUpTo(100), pool().map(x -> sqr(x), upTo(100), 20));
    }

    @Test // test_starmap
    void starmap() {
        assertEquals(squaresUpTo(10), pool().starmap(PythonPoolContract::mul, pairs(10)));
        assertEquals(squaresUpTo(100), pool().starmap(PythonPoolContract::mul, pairs(100), 20));
    }

    private static List<dev.mitosis.Args2<Integer, Integer>> pairs(int bound) {
        return upTo(bound).stream().map(n -> Args.of(n, n)).toList();
    }

    @Test // test_starmap_async
    void starmap_async() throws Exception {
        assertEquals(squaresUpTo(100), pool().starmapAsync(PythonPoolContract::mul, pairs(100)).get());
    }

    @Test // test_map_async
    void map_async() throws Exception {
        assertEquals(squaresUpTo(10), pool().mapAsync(x -> sqr(x), upTo(10)).get());
    }

    @Test // test_map_async_callbacks
    void callbacks_of_map_async_see_the_list_or_the_error() throws Exception {
        var calls = new ArrayList<Object>();

        pool().mapAsync(s -> Integer.parseInt(s), List.of("1")).thenAccept(calls::add).get();
        pool().mapAsync(s -> Integer.parseInt(s), List.of("a")).exceptionally(e -> {
            calls.add(e.getCause().getClass());
            return List.of();
        }).get();

        assertEquals(List.of(List.of(1), NumberFormatException.class), calls);
    }

    @Test // test_map_unpicklable
    void map_of_items_that_cannot_be_written_fails() {
        var items = upTo(10).stream().map(_ -> new Unpicklable()).toList();

        var failure = failureOf(() -> pool().map(item -> item, items));

        assertEquals(0, failure.index());
        assertTrue(failure.getMessage().contains("not to be written"), failure.getMessage());
        assertEquals(1, pool().apply(() -> 1));
    }

    @Test // test_map_chunksize
    void map_of_nothing_in_chunks_does_not_stall() throws Exception {
        assertEquals(List.of(), pool().mapAsync(x -> sqr(x), List.<Integer>of(), 1).get(1, TimeUnit.MINUTES));
    }

    @Test // test_async
    void apply_async() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var result = pool().applyAsync(x -> sqr(door.pass(x)), 7);
            var visitor = gate.arrival();
            assertFalse(result.isDone());

            visitor.release();

            assertEquals(49, result.get());
        }
    }

    @Test // test_async_timeout
    void waiting_for_a_slow_task_can_time_out_and_the_pool_be_terminated() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var pool = open(c -> c.withWorkers(2));
            var result = pool.applyAsync(x -> sqr(door.pass(x)), 6);
            gate.arrival();

            assertThrows(TimeoutException.class, () -> result.get(10, TimeUnit.MILLISECONDS));
            pool.terminate();

            assertInstanceOf(PoolClosedException.class, assertThrows(ExecutionException.class, result::get).getCause());
        }
    }

    @Test // test_imap
    void imap() {
        assertEquals(squaresUpTo(10), drain(pool().imap(x -> sqr(x), upTo(10))));
        try (var results = pool().imap(x -> sqr(x), upTo(10))) {
            for (int i = 0; i < 10; i++) {
                assertEquals(i * i, results.next());
            }
            assertThrows(java.util.NoSuchElementException.class, results::next);
        }
        try (var results = pool().imap(x -> sqr(x), upTo(1_000), 100)) {
            for (int i = 0; i < 1_000; i++) {
                assertEquals(i * i, results.next());
            }
            assertFalse(results.hasNext());
        }
    }

    @Test // test_imap_unordered
    void imap_unordered() {
        for (var results : List.of(
                pool().imapUnordered(x -> sqr(x), upTo(10)), pool().imapUnordered(x -> sqr(x), upTo(10), 3))) {
            assertEquals(squaresUpTo(10), results.stream().sorted().toList());
        }
        try (var results = pool().imapUnordered(x -> sqr(x), upTo(1_000), 100)) {
            assertEquals(squaresUpTo(1_000), results.stream().sorted().toList());
        }
    }

    @Test // test_make_pool
    void make_pool() {
        assertThrows(IllegalArgumentException.class, () -> open(c -> c.withWorkers(-1)));
        assertThrows(IllegalArgumentException.class, () -> open(c -> c.withWorkers(0)));
        try (var pool = open(c -> c.withWorkers(3))) {
            assertEquals(3, pool.stats().workers().size());
        }
    }

    @Test // test_terminate
    void terminate_does_not_wait_for_ten_thousand_tasks() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var pool = open(c -> c.withWorkers(3));
            var result = pool.mapAsync(n -> door.pass(n), upTo(10_000), 1);
            gate.arrival();
            gate.arrival();
            gate.arrival();

            pool.terminate();

            assertInstanceOf(PoolClosedException.class, assertThrows(ExecutionException.class, result::get).getCause());
        }
    }

    @Test // test_empty_iterable (issue 12157)
    void every_verb_takes_an_empty_input() throws Exception {
        List<Integer> none = List.of();

        assertEquals(List.of(), pool().map(x -> sqr(x), none));
        assertEquals(List.of(), drain(pool().imap(x -> sqr(x), none)));
        assertEquals(List.of(), drain(pool().imapUnordered(x -> sqr(x), none)));
        assertEquals(List.of(), pool().mapAsync(x -> sqr(x), none).get());
    }

    @Test // test_context
    void a_pool_is_closed_when_its_block_is_left() throws Exception {
        Pool outside;
        try (var pool = open(c -> c.withWorkers(2))) {
            outside = pool;
            assertEquals(squaresUpTo(10), pool.mapAsync(x -> sqr(x), upTo(10)).get());
        }
        assertThrows(PoolClosedException.class, () -> outside.mapAsync(x -> sqr(x), upTo(10)));
    }

    @Test // test_enter
    void a_terminated_pool_is_of_no_use_in_a_block() {
        var pool = open(c -> c.withWorkers(1));
        pool.terminate();

        try (pool) {
            assertThrows(PoolClosedException.class, () -> pool.apply(() -> 1));
        }
    }

    private static int raising() {
        throw new IllegalStateException("123"); // some comment
    }

    @Test // test_traceback
    void the_remote_exception_prints_with_its_own_trace() {
        var failure = failureOf(() -> pool().apply(() -> raising()));

        var cause = assertInstanceOf(IllegalStateException.class, failure.getCause());
        assertEquals("123", cause.getMessage());
        var printed = new StringWriter();
        failure.printStackTrace(new PrintWriter(printed, true));
        assertTrue(printed.toString().contains("PythonPoolContract.raising(PythonPoolContract.java:"),
                printed.toString());
    }

    @Test // test_wrapped_exception: there the task's own exception, here always its wrapper
    void the_exception_of_a_task_is_the_cause_of_what_is_thrown() {
        var failure = failureOf(() -> pool().apply(() -> raising()));

        assertInstanceOf(IllegalStateException.class, failure.getCause());
        assertEquals(null, failure.getCause().getCause());
    }

    @Test // test_map_no_failfast (issue 23992): there both tasks run, here the first failure ends the call
    void huge_failures_do_not_block_the_close() {
        var pool = open(c -> c.withWorkers(2));
        try {
            var failure = failureOf(() -> pool.map(n -> {
                throw new IllegalStateException(n + "x".repeat(1_000_000));
            }, upTo(2), 1));
            assertEquals(0, failure.index());
        } finally {
            pool.close();
        }
    }

    @Test // 3.16: callback raises
    void a_callback_that_throws_fails_its_own_future_alone() throws Exception {
        var task = pool().applyAsync(() -> 1);
        var dependent = task.thenApply(_ -> {
            throw new AssertionError("the callback");
        });

        assertEquals("the callback", assertThrows(ExecutionException.class, dependent::get).getCause().getMessage());
        assertEquals(1, task.get());
        assertEquals(squaresUpTo(10), pool().map(x -> sqr(x), upTo(10)));
    }

    @Test // _TestPoolWorkerErrors.test_async_error_callback
    void an_error_callback_sees_the_error() throws Exception {
        var task = pool().applyAsync(() -> {
            throw new java.util.NoSuchElementException("key");
        });

        var seen = task.handle((_, e) -> e.getCause()).get();

        assertThrows(ExecutionException.class, task::get);
        assertInstanceOf(java.util.NoSuchElementException.class, seen);
    }

    @Test // _TestPoolWorkerErrors.test_unpickleable_result
    void results_that_cannot_travel_cost_no_worker() throws IOException {
        pool().everywhere(() -> {}); // all are there
        var before = pool().stats();
        for (int i = 0; i < 20; i++) {
            var task = pool().<Object>applyAsync(() -> new Object());
            var failure = assertThrows(ExecutionException.class, task::get).getCause();
            assertInstanceOf(dev.mitosis.NotShippableException.class, failure.getCause());
        }
        assertEquals(before.deaths(), pool().stats().deaths());
        assertEquals(before.starts(), pool().stats().starts());
        assertEquals(Arrays.asList(1, 2), pool().map(n -> n, List.of(1, 2)));
    }
}
