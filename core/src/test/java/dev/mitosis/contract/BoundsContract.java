package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.drain;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Results;
import dev.mitosis.testing.Inputs;
import dev.mitosis.testing.Inputs.Counted;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How input is pulled: on demand, within the window, and whatever the input throws or claims.
abstract class BoundsContract extends PoolContract {
    private static final class Bad extends RuntimeException {
        Bad() {
            super("the input ends here");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 64})
    void f17_imap_never_pulls_more_than_the_window_ahead(int window) {
        var input = Counted.endless();

        try (var results = pool().with(o -> o.withWindow(window)).imap(n -> n, input)) {
            read(500, input, results);
        }

        assertTrue(input.mostAhead() <= window, input.mostAhead() + " ahead of a window of " + window);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1_000})
    void f17_imap_keeps_to_the_window_whatever_the_chunk_size(int chunkSize) {
        var input = Counted.endless();

        try (var results = pool().with(o -> o.withWindow(5)).imap(n -> n, input, chunkSize)) {
            read(200, input, results);
        }

        assertTrue(input.mostAhead() <= 5, input.mostAhead() + " ahead of a window of 5");
    }

    @Test
    void f17_imap_unordered_never_pulls_more_than_the_window_ahead() {
        var input = Counted.endless();
        var seen = new HashSet<Integer>();

        try (var results = pool().with(o -> o.withWindow(7)).imapUnordered(n -> n, input)) {
            for (int i = 0; i < 500; i++) {
                input.asking();
                seen.add(results.next());
            }
        }

        assertEquals(500, seen.size());
        assertTrue(input.mostAhead() <= 7, input.mostAhead() + " ahead of a window of 7");
    }

    @Test
    void f17_imap_is_bounded_by_default() {
        var input = Counted.endless();

        try (var results = pool().imap(n -> n, input)) {
            read(2_000, input, results);
        }

        assertTrue(input.mostAhead() < 1_000_000, "taken ahead: " + input.mostAhead());
    }

    private static void read(int count, Counted input, Results<Integer> results) {
        for (int n = 0; n < count; n++) {
            input.asking();
            assertEquals(n, results.next());
        }
    }

    @Test
    void map_pulls_its_input_on_the_callers_thread() {
        var caller = Thread.currentThread();
        Iterable<Integer> input = () -> {
            assertSame(caller, Thread.currentThread());
            return upTo(5).stream().peek(n -> assertSame(caller, Thread.currentThread())).iterator();
        };

        assertEquals(upTo(5), pool().map(n -> n, input));
    }

    @Test
    void f16_map_throws_what_its_input_throws() {
        for (int place : List.of(0, 1, 3, 100)) {
            var thrown = new Bad();

            assertSame(thrown, assertThrows(Bad.class,
                    () -> pool().map(n -> n, Inputs.failingAt(place, () -> thrown))));
            assertSame(thrown, assertThrows(Bad.class,
                    () -> pool().map(n -> n, Inputs.failingAt(place, () -> thrown), 1)));
        }
        assertEquals(1, pool().apply(() -> 1));
    }

    @Test
    void f16_map_throws_what_making_the_iterator_throws() {
        Iterable<Integer> input = () -> {
            throw new Bad();
        };

        assertThrows(Bad.class, () -> pool().map(n -> n, input));
        try (var results = pool().imap(n -> n, input)) {
            assertThrows(Bad.class, results::next);
            assertFalse(results.hasNext());
        }
    }

    @Test
    void f16_map_async_fails_with_what_its_input_throws() {
        var task = pool().mapAsync(n -> n, Inputs.failingAt(3, Bad::new));

        assertEquals(Bad.class, assertThrows(ExecutionException.class, task::get).getCause().getClass());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 100})
    void f16_imap_throws_what_its_input_throws_at_its_place_and_ends(int chunkSize) {
        var thrown = new Bad();

        try (var results = pool().imap(n -> n, Inputs.failingAt(7, () -> thrown), chunkSize)) {
            for (int n = 0; n < 7; n++) {
                assertEquals(n, results.next());
            }
            assertTrue(results.hasNext(), "the exception is still to come");
            assertSame(thrown, assertThrows(Bad.class, results::next));
            assertFalse(results.hasNext());
        }
    }

    @Test
    void f16_imap_unordered_throws_what_its_input_throws_after_all_results() {
        var seen = new HashSet<Integer>();

        try (var results = pool().imapUnordered(n -> n, Inputs.failingAt(7, Bad::new))) {
            for (int n = 0; n < 7; n++) {
                seen.add(results.next());
            }
            assertThrows(Bad.class, results::next);
            assertFalse(results.hasNext());
        }
        assertEquals(new HashSet<>(upTo(7)), seen);
    }

    @Test
    void f16_outcomes_and_folds_throw_what_their_input_throws() {
        try (var outcomes = pool().outcomes(n -> n, Inputs.failingAt(1, Bad::new))) {
            assertEquals(0, outcomes.next().item().index());
            assertThrows(Bad.class, outcomes::next);
            assertFalse(outcomes.hasNext());
        }
        assertThrows(Bad.class, () -> pool().mapReduce(n -> n, Integer::sum, 0, Inputs.failingAt(3, Bad::new)));
    }

    @Test
    void an_item_that_fails_comes_before_an_input_that_fails_later() {
        assertThrows(dev.mitosis.TaskFailedException.class,
                () -> pool().map(n -> 1 / (n - 2), Inputs.failingAt(5, Bad::new), 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 11, 1_000})
    void f16_a_collection_that_lies_about_its_size_is_believed_item_by_item(int claimed) throws Exception {
        var ten = upTo(10);

        assertEquals(ten, pool().map(n -> n, Inputs.lying(claimed, ten)));
        assertEquals(ten, pool().map(n -> n, Inputs.lying(claimed, ten), 3));
        assertEquals(ten, pool().mapAsync(n -> n, Inputs.lying(claimed, ten)).get());
        assertEquals(ten, drain(pool().imap(n -> n, Inputs.lying(claimed, ten))));
        assertEquals(45, pool().mapReduce(n -> n, Integer::sum, 0, Inputs.lying(claimed, ten)));
    }

    @Test
    void closing_results_stops_pulling() {
        var input = Counted.endless();
        var results = pool().with(o -> o.withWindow(4)).imap(n -> n, input);
        results.next();

        results.close();
        int taken = input.taken();
        pool().map(n -> n, upTo(50));

        assertTrue(input.taken() <= taken + 1, "one may have been on its way: " + taken + ", " + input.taken());
        results.close(); // once more does nothing
    }
}
