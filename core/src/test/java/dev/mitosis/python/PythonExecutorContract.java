package dev.mitosis.python;

import static dev.mitosis.testing.Failures.drain;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Args;
import dev.mitosis.contract.PoolContract;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Inputs.Counted;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `ExecutorTest` and `ExecutorShutdownTest` of CPython's `test_concurrent_futures`, for processes and threads.
abstract class PythonExecutorContract extends PoolContract {
    @Test // test_submit
    void submit() throws Exception {
        assertEquals(256.0, pool().executor().submit(() -> Math.pow(2, 8)).get());
    }

    @Test // test_map, with two iterables and chunksize=3
    void map_over_two_inputs_at_once_is_starmap() {
        var pairs = upTo(10).stream().map(n -> Args.of(n, 10 - n)).toList();
        var expected = upTo(10).stream().map(n -> Math.pow(n, 10 - n)).toList();

        assertEquals(expected, pool().starmap((a, b) -> Math.pow(a, b), pairs));
        assertEquals(expected, pool().starmap((a, b) -> Math.pow(a, b), pairs, 3));
    }

    @Test // test_map_exception: there the iterator ends with the exception
    void a_failed_item_is_raised_at_its_place_and_iteration_goes_on() {
        assertEquals(List.of(5, 2, "!2 ArithmeticException: / by zero", 1),
                drain(pool().istarmap((a, b) -> a / b, List.of(Args.of(5, 1), Args.of(5, 2), Args.of(5, 0),
                        Args.of(5, 4)))));
    }

    @Test // test_map_timeout
    void a_slow_item_makes_next_time_out() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            try (var results = pool().imap(n -> n == 2 ? door.pass(n) : n, upTo(3))) {
                assertEquals(0, results.next(Duration.ofMinutes(1)));
                assertEquals(1, results.next(Duration.ofMinutes(1)));
                assertThrows(TimeoutException.class, () -> results.next(Duration.ofMillis(20)));
            }
        }
    }

    @ParameterizedTest // test_map_buffersize
    @ValueSource(ints = {1, 5, 10})
    void exactly_the_window_is_taken_before_the_first_result_is_read(int window) {
        var input = Counted.upTo(5);

        try (var results = pool().with(o -> o.withWindow(window)).imap(n -> n, input)) {
            for (int read = 0; read < 5; read++) {
                int expected = Math.min(5, read + window);
                Eventually.holds("taken: " + expected, () -> input.taken() == expected);
                input.asking();
                assertEquals(read, results.next());
            }
        }

        assertTrue(input.mostAhead() <= window);
        assertThrows(IllegalArgumentException.class, () -> pool().with(o -> o.withWindow(0)));
    }

    @Test // test_shutdown_race_issue12456
    void shutting_down_right_after_a_map_does_not_hang() {
        for (int i = 0; i < 5; i++) {
            var pool = open(c -> c.withWorkers(2));
            var results = pool.mapAsync(n -> n, upTo(3), 1);
            pool.close();
            assertEquals(upTo(3), results.resultNow());
        }
    }

    @Test // test_max_workers_negative
    void workers_must_be_at_least_one() {
        for (int workers : List.of(0, -1)) {
            assertThrows(IllegalArgumentException.class, () -> open(c -> c.withWorkers(workers)));
        }
    }

    @Test // test_run_after_shutdown
    void submit_after_shutdown_is_rejected() {
        var executor = pool().executor();
        executor.shutdown();

        assertThrows(RejectedExecutionException.class, () -> executor.submit(() -> 2));
    }

    @Test // test_hang_issue12364
    void fifty_tasks_finish_after_shutdown() throws Exception {
        var executor = pool().executor();
        var tasks = upTo(50).stream().map(n -> executor.submit(() -> n)).toList();

        executor.shutdown();

        for (int n = 0; n < 50; n++) {
            assertEquals(n, tasks.get(n).get());
        }
    }

    @Test // test_cancel_futures
    void shutdown_now_cancels_what_is_queued() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var executor = pool().executor();
            var first = executor.submit(() -> 1);
            assertEquals(1, first.get());
            var tasks = upTo(50).stream().map(n -> executor.submit(() -> door.pass(n))).toList();
            gate.arrival();

            executor.shutdownNow();

            assertTrue(executor.awaitTermination(1, TimeUnit.MINUTES));
            tasks.forEach(task -> assertEquals(Future.State.CANCELLED, task.state()));
            assertEquals(Future.State.SUCCESS, first.state());
        }
    }

    @Test // test_hang_gh94440
    void submit_cancel_and_close_does_not_hang() {
        try (var executor = pool().executor()) {
            executor.submit(() -> 1).cancel(false);
        }
    }
}
