package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.drain;
import static dev.mitosis.testing.Failures.failureOf;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.LongRange;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The verbs on ranges of numbers, unboxed and never materialized.
abstract class LongVerbsContract extends PoolContract {
    private static final LongRange HUNDRED_BILLION = LongRange.of(0, 100_000_000_000L);

    @Test
    void map_to_long_returns_all_results_in_order() {
        assertArrayEquals(LongStream.range(-50, 5_000).map(n -> n * n).toArray(),
                pool().mapToLong(n -> n * n, LongRange.of(-50, 5_000)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 99, 100, 101})
    void map_to_long_returns_the_same_for_every_chunk_size(int chunkSize) {
        assertArrayEquals(LongStream.range(0, 100).map(n -> -n).toArray(),
                pool().with(o -> o.withChunkSize(chunkSize)).mapToLong(n -> -n, LongRange.of(0, 100)));
    }

    @Test
    void map_to_long_reports_the_lowest_failing_number() {
        var failure = failureOf(() -> pool().mapToLong(n -> 100 / (n - 3) / (n - 7), LongRange.of(0, 50)));

        assertEquals(3, failure.index());
        assertEquals("/ by zero", failure.getCause().getMessage());
        assertEquals("3", failure.inputSummary());
    }

    @Test
    void f31_map_to_long_beyond_an_array_is_refused_at_once() {
        var refusal = assertThrows(IllegalArgumentException.class,
                () -> pool().mapToLong(n -> n, HUNDRED_BILLION));

        assertTrue(refusal.getMessage().contains("imapToLong"), refusal.getMessage());
    }

    @Test
    void imap_to_long_hands_out_the_results_in_order() {
        assertEquals(LongStream.range(5, 3_000).map(n -> n + 1).boxed().toList(),
                drain(pool().imapToLong(n -> n + 1, LongRange.of(5, 3_000))));
    }

    @Test
    void imap_to_long_throws_a_failure_at_its_place_and_goes_on() {
        assertEquals(List.of(-6L, -12L, "!2 ArithmeticException: / by zero", 12L, 6L),
                drain(pool().imapToLong(n -> 12 / (n - 2), LongRange.of(0, 5))));
    }

    @Test
    void imap_to_long_reads_a_hundred_billion_numbers_lazily() {
        try (var results = pool().imapToLong(n -> n * 3, HUNDRED_BILLION)) {
            for (long n = 0; n < 20_000; n++) {
                assertEquals(n * 3, results.nextLong());
            }
        }
        assertEquals(1, pool().apply(() -> 1));
    }

    @Test
    void long_results_end_like_any_iterator_and_are_a_stream() {
        try (var results = pool().imapToLong(n -> n, LongRange.of(0, 3))) {
            assertTrue(results.hasNext());
            assertEquals(0, results.nextLong());
            assertArrayEquals(new long[] {1, 2}, results.stream().toArray());
            assertFalse(results.hasNext());
            assertThrows(NoSuchElementException.class, results::nextLong);
        }
    }

    @Test
    void map_reduce_long_folds_in_the_workers() {
        assertEquals(333_332_833_333_500_000L,
                pool().mapReduceLong(n -> n * n, Long::sum, 0, LongRange.of(0, 1_000_000)));
    }

    @Test
    void map_reduce_long_combines_in_index_order() {
        // the last of two is associative, and its outcome tells the order
        assertEquals(9_999, pool().mapReduceLong(
                n -> n, (a, b) -> b == Long.MIN_VALUE ? a : b, Long.MIN_VALUE, LongRange.of(0, 10_000)));
    }

    @Test
    void map_reduce_long_reports_the_lowest_failing_number() {
        var failure = failureOf(() -> pool().mapReduceLong(n -> 1 / (n - 5), Long::sum, 0, LongRange.of(0, 10)));

        assertEquals(5, failure.index());
        assertEquals("/ by zero", failure.getCause().getMessage());
    }

    @Test
    void an_empty_range_gives_nothing_or_zero() {
        assertEquals(0, pool().mapToLong(n -> n, LongRange.of(3, 3)).length);
        assertEquals(List.of(), drain(pool().imapToLong(n -> n, LongRange.of(3, 3))));
        assertEquals(-1, pool().mapReduceLong(n -> n, Math::max, -1, LongRange.of(3, 3)));
    }

    @Test
    void f31_map_over_more_than_a_list_holds_is_refused_at_once() {
        for (var refusal : List.of(
                assertThrows(IllegalArgumentException.class, () -> pool().map(n -> n, HUNDRED_BILLION)),
                assertThrows(IllegalArgumentException.class, () -> pool().map(n -> n, HUNDRED_BILLION, 100)),
                assertThrows(IllegalArgumentException.class, () -> pool().mapAsync(n -> n, HUNDRED_BILLION)))) {
            assertTrue(refusal.getMessage().contains("imap"), refusal.getMessage());
        }
    }

    @Test
    void imap_reads_a_hundred_billion_numbers_lazily() {
        try (var results = pool().imap(n -> n * n, HUNDRED_BILLION)) {
            for (long n = 0; n < 20_000; n++) {
                assertEquals(n * n, results.next());
            }
        }
    }
}
