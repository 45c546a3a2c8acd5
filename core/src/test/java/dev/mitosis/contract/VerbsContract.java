package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.drain;
import static dev.mitosis.testing.Failures.failureOf;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.LongRange;
import dev.mitosis.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The verbs over many items: what they return when nothing goes wrong.
abstract class VerbsContract extends PoolContract {
    private static final List<Integer> SQUARES = upTo(100).stream().map(n -> n * n).toList();

    @Test
    void map_returns_all_results_in_order() {
        assertEquals(SQUARES, pool().map(n -> n * n, upTo(100)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 99, 100, 101, Integer.MAX_VALUE})
    void map_returns_the_same_for_every_chunk_size(int chunkSize) {
        assertEquals(SQUARES, pool().map(n -> n * n, upTo(100), chunkSize));
    }

    @Test
    void map_over_a_range_counts_through_it() {
        assertEquals(LongStream.range(-5, 1_000).map(n -> n * n).boxed().toList(),
                pool().map(n -> n * n, LongRange.of(-5, 1_000)));
    }

    @Test
    void map_handles_null_items_and_null_results() {
        var items = Arrays.asList("a", null, "c");

        assertEquals(items, pool().map(item -> item, items));
        assertEquals(Arrays.asList(null, null, null), pool().map(item -> null, items));
    }

    @Test
    void map_handles_items_of_many_types_at_once() {
        var items = new ArrayList<Object>(List.of(1, "two", 3.0, List.of(4), 5L));

        assertEquals(items, pool().map(item -> item, items, 5));
    }

    @Test
    void map_async_returns_the_same_later() throws Exception {
        assertEquals(SQUARES, pool().mapAsync(n -> n * n, upTo(100)).get());
        assertEquals(SQUARES, pool().mapAsync(n -> n * n, upTo(100), 7).get());
    }

    @Test
    void imap_hands_out_the_results_in_order() {
        assertEquals(SQUARES, drain(pool().imap(n -> n * n, upTo(100))));
        assertEquals(SQUARES, drain(pool().imap(n -> n * n, upTo(100), 7)));
    }

    @Test
    void imap_over_a_range_counts_through_it() {
        assertEquals(LongStream.range(10, 300).boxed().toList(), drain(pool().imap(n -> n, LongRange.of(10, 300))));
    }

    @Test
    void imap_unordered_hands_out_each_result_once() {
        for (var results : List.of(
                pool().imapUnordered(n -> n * n, upTo(100)), pool().imapUnordered(n -> n * n, upTo(100), 7))) {
            var all = drain(results);

            assertEquals(100, all.size());
            assertEquals(Set.copyOf(SQUARES), new TreeSet<>(all));
        }
    }

    @Test
    void results_are_iterators_iterables_and_streams() {
        try (var results = pool().imap(n -> n + 1, upTo(10))) {
            assertSame(results, results.iterator());
            assertEquals(1, results.next());
            for (int two : results) {
                assertEquals(2, two);
                break;
            }
            assertEquals(List.of(3, 4), results.stream().limit(2).toList());
        }
    }

    @Test
    void results_end_like_any_iterator() {
        try (var results = pool().imap(n -> n, upTo(1))) {
            assertTrue(results.hasNext());
            assertTrue(results.hasNext());
            assertEquals(0, results.next());
            assertFalse(results.hasNext());
            assertThrows(NoSuchElementException.class, results::next);
            assertThrows(NoSuchElementException.class, results::next);
        }
    }

    @Test
    void outcomes_says_of_each_item_how_it_ended() {
        try (var outcomes = pool().outcomes(n -> 12 / n, List.of(1, 0, 3))) {
            var all = new ArrayList<Outcome<Integer>>();
            outcomes.forEachRemaining(all::add);

            assertEquals(12, assertInstanceOf(Outcome.Ok.class, all.get(0)).value());
            assertInstanceOf(ArithmeticException.class,
                    assertInstanceOf(Outcome.Failed.class, all.get(1)).exception());
            assertEquals(4, assertInstanceOf(Outcome.Ok.class, all.get(2)).value());
            assertEquals(List.of(0L, 1L, 2L), all.stream().map(outcome -> outcome.item().index()).toList());
            all.forEach(VerbsContract::describesAnItemThatRanOnce);
        }
    }

    private static void describesAnItemThatRanOnce(Outcome<?> outcome) {
        assertEquals(1, outcome.item().attempts());
        assertTrue(outcome.item().pid() > 0, outcome.toString());
        assertFalse(outcome.item().queued().isNegative(), outcome.toString());
        assertFalse(outcome.item().run().isNegative(), outcome.toString());
    }

    @Test
    void map_reduce_folds_in_the_workers() {
        assertEquals(328_350, pool().mapReduce(n -> n * n, Integer::sum, 0, upTo(100)));
        assertEquals(4_950L, pool().mapReduce(n -> n, Long::sum, 0L, LongRange.of(0, 100)));
    }

    @Test
    void map_reduce_combines_in_index_order() {
        var expected = String.join("", upTo(200).stream().map(n -> n + ",").toList());

        assertEquals(expected, pool().mapReduce(n -> n + ",", (a, b) -> a + b, "", upTo(200)));
        assertEquals(expected, pool().with(o -> o.withChunkSize(3))
                .mapReduce(n -> n + ",", (a, b) -> a + b, "", upTo(200)));
    }

    @Test
    void map_reduce_reports_the_lowest_failing_item() {
        var failure = failureOf(() -> pool().mapReduce(n -> 100 / (n - 5), Integer::sum, 0, upTo(10)));

        assertInstanceOf(ArithmeticException.class, failure.getCause());
        assertEquals(5, failure.index());
    }

    @Test
    void nothing_in_gives_nothing_out() throws Exception {
        List<Integer> none = List.of();

        assertEquals(List.of(), pool().map(n -> n, none));
        assertEquals(List.of(), pool().map(n -> n, none, 1));
        assertEquals(List.of(), pool().mapAsync(n -> n, none).get());
        assertEquals(List.of(), drain(pool().imap(n -> n, none)));
        assertEquals(List.of(), drain(pool().imap(n -> n, none, 4)));
        assertEquals(List.of(), drain(pool().imapUnordered(n -> n, none)));
        assertEquals(List.of(), drain(pool().outcomes(n -> n, none)));
        assertEquals(7, pool().mapReduce(n -> n, Integer::sum, 7, none));
        assertEquals(List.of(), pool().map(n -> n, LongRange.of(5, 5)));
    }

    @Test
    void a_chunk_size_below_one_is_refused_by_name() {
        var refusals = List.of(
                assertThrows(IllegalArgumentException.class, () -> pool().map(n -> n, upTo(3), 0)),
                assertThrows(IllegalArgumentException.class, () -> pool().mapAsync(n -> n, upTo(3), -1)),
                assertThrows(IllegalArgumentException.class, () -> pool().imap(n -> n, upTo(3), 0)),
                assertThrows(IllegalArgumentException.class, () -> pool().imapUnordered(n -> n, upTo(3), 0)));

        refusals.forEach(refusal -> assertTrue(refusal.getMessage().contains("chunkSize"), refusal.getMessage()));
    }
}
