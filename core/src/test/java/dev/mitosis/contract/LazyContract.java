package dev.mitosis.contract;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.PoolClosedException;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Inputs.Counted;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lazy results while their items run: how far ahead, in which order, and what ends them.
abstract class LazyContract extends PoolContract {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 40})
    void f17_imap_runs_ahead_to_the_window_and_no_further(int window) {
        var input = Counted.endless();

        try (var results = pool().with(o -> o.withWindow(window)).imap(n -> n, input)) {
            Eventually.holds("the window is full", () -> input.taken() == window);
            input.asking();
            assertEquals(0, results.next());
            Eventually.holds("one more was taken", () -> input.taken() == window + 1);
        }

        assertTrue(input.mostAhead() <= window, input.mostAhead() + " ahead of a window of " + window);
    }

    @Test
    void results_that_wait_for_the_first_item_count_against_the_window() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var input = Counted.endless();

            try (var results = pool().with(o -> o.withWindow(8)).imap(n -> n == 0 ? door.pass(n) : n, input, 1)) {
                var first = gate.arrivalOf(0);
                Eventually.holds("the window is full", () -> input.taken() == 8);
                first.release();
                for (int n = 0; n < 100; n++) {
                    input.asking();
                    assertEquals(n, results.next());
                }
            }

            assertTrue(input.mostAhead() <= 8, input.mostAhead() + " ahead");
        }
    }

    @RepeatedTest(5)
    void imap_unordered_hands_out_what_is_ready() {
        for (int i = 0; i < 20; i++) {
            pool().map(n -> n, upTo(100)); // items seem quick, so many are sent ahead
        }
        try (var gate = Gate.create()) {
            var door = gate.door();

            try (var results = pool().imapUnordered(n -> n == 0 ? door.pass(n) : n, upTo(20), 1)) {
                for (int n = 1; n < 20; n++) {
                    assertTrue(results.next() != 0, "item 0 still waits");
                }
                gate.arrivalOf(0).release();
                assertEquals(0, results.next());
                assertFalse(results.hasNext());
            }
        }
    }

    @Test
    void next_with_a_time_limit_loses_nothing() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();

            try (var results = pool().imap(n -> n == 1 ? door.pass(n) : n, upTo(3), 1)) {
                assertEquals(0, results.next(Duration.ofMinutes(1)));
                assertThrows(TimeoutException.class, () -> results.next(Duration.ofMillis(1)));
                assertThrows(TimeoutException.class, () -> results.next(Duration.ZERO));
                gate.arrivalOf(1).release();
                assertEquals(1, results.next(Duration.ofMinutes(1)));
                assertEquals(2, results.next());
            }
        }
    }

    @Test
    void a_long_batch_hands_out_its_first_results_while_it_runs() {
        try (var gate = Gate.create()) {
            var door = gate.door();

            try (var results = pool().imap(n -> n == 9 ? door.pass(n) : n, upTo(10), 10)) {
                var last = gate.arrivalOf(9);
                for (int n = 0; n < 9; n++) {
                    assertEquals(n, results.next());
                }
                last.release();
                assertEquals(9, results.next());
            }
        }
    }

    @Test
    void f12_closing_results_cancels_what_runs_and_what_is_queued() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var results = pool().imap(n -> door.pass(n), Counted.endless(), 1);
            var visitors = List.of(gate.arrival(), gate.arrival(), gate.arrival());

            results.close();

            visitors.forEach(Gate.Visitor::awaitGone);
            assertEquals(upTo(10), pool().map(n -> n, upTo(10)));
        }
    }

    @Test
    void f12_closing_results_wakes_their_reader() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var results = pool().imap(n -> door.pass(n), upTo(1));
            gate.arrival();
            var more = new FutureTask<>(results::hasNext);
            var reader = new Thread(more, "reader");
            reader.start();
            Eventually.holds("the reader waits", () -> reader.getState() == Thread.State.WAITING);

            results.close();

            assertFalse(more.get());
        }
    }

    @Test
    void f17_abandoned_results_are_cancelled() {
        try (var gate = Gate.create()) {
            var visitor = abandon(pool(), gate);
            var gone = Calls.start(() -> {
                visitor.awaitGone();
                return true;
            });

            Eventually.holds("the abandoned item was cancelled", () -> {
                System.gc();
                return gone.isDone();
            });
        }
    }

    private static Gate.Visitor abandon(Pool pool, Gate gate) {
        var door = gate.door();
        var results = pool.imap(n -> door.pass(n), Counted.endless(), 1);
        try {
            return gate.arrival();
        } finally {
            Reference.reachabilityFence(results); // abandoned before it runs, no item would ever arrive
        }
    }

    @Test
    void f16_a_slow_input_of_one_call_stalls_no_other() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            Iterable<Integer> slow = () -> upTo(3).stream().map(n -> door.passUnchecked(n)).iterator();

            try (var results = pool().imap(n -> n, slow)) {
                var visitor = gate.arrival();
                assertEquals(upTo(100), pool().map(n -> n, upTo(100)));
                visitor.release();
                gate.open();
                assertEquals(upTo(3), results.stream().toList());
            }
        }
    }

    @Test
    void f25_many_threads_share_one_pool() throws Exception {
        var calls = upTo(8).stream()
                .map(n -> Calls.start(() -> pool().map(m -> m + n, upTo(300))))
                .toList();

        for (int n = 0; n < 8; n++) {
            int offset = n;
            assertEquals(upTo(300).stream().map(m -> m + offset).toList(), calls.get(n).get());
        }
    }

    @Test
    void f25_a_long_call_leaves_room_for_a_short_one() {
        try (var endless = pool().imap(n -> n, Counted.endless())) {
            assertEquals(0, endless.next());
            assertEquals(upTo(50), pool().map(n -> n, upTo(50)));
            assertEquals(1, endless.next());
        }
    }

    @Test
    void outcomes_that_were_not_read_when_the_pool_was_terminated_are_lost() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var pool = open(c -> c.withWorkers(1));
            var outcomes = pool.outcomes(n -> door.pass(n), upTo(3));
            gate.arrival();

            pool.terminate();

            assertThrows(PoolClosedException.class, () -> outcomes.forEachRemaining(
                    outcome -> assertInstanceOf(Outcome.Ok.class, outcome)));
        }
    }
}
