package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.drain;
import static dev.mitosis.testing.Failures.failureOf;
import static dev.mitosis.testing.Failures.suppressedIndices;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.LongRange;
import dev.mitosis.OnError;
import dev.mitosis.Pool;
import dev.mitosis.testing.Ledger;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules for failed items, seen on one worker, where it is plain what starts and what does not.
abstract class FailFastContract extends PoolContract {
    @TempDir
    Path directory;

    private Pool alone; // one worker

    private Pool one() {
        if (alone == null) {
            alone = open(c -> c.withWorkers(1));
        }
        return alone;
    }

    @AfterAll
    void closeAlone() {
        if (alone != null) {
            alone.close();
        }
    }

    private static List<String> notesUpTo(int bound) {
        return upTo(bound).stream().map(String::valueOf).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 9, 10, 11, 100})
    void nothing_above_the_failed_item_starts(int chunkSize) {
        var ledger = Ledger.in(directory);

        var failure = failureOf(() -> one().map(n -> 1 / (ledger.note(n) - 3), upTo(10), chunkSize));

        assertEquals(3, failure.index());
        assertEquals(List.of(), suppressedIndices(failure));
        assertEquals(notesUpTo(4), ledger.notes());
    }

    @Test
    void nothing_above_the_failed_item_starts_under_the_adaptive_chunk_size() {
        var ledger = Ledger.in(directory);

        var failure = failureOf(() -> one().map(n -> 1 / (ledger.note(n) - 40), upTo(100)));

        assertEquals(40, failure.index());
        assertEquals(notesUpTo(41), ledger.notes());
    }

    @Test
    void nothing_above_the_failed_number_starts() {
        var ledger = Ledger.in(directory);

        var failure = failureOf(() -> one().with(o -> o.withChunkSize(4))
                .mapToLong(n -> 1 / (ledger.note(n) - 5), dev.mitosis.LongRange.of(0, 10)));

        assertEquals(5, failure.index());
        assertEquals(notesUpTo(6), ledger.notes());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void map_that_collects_runs_every_item_and_throws_the_lowest(int chunkSize) {
        var ledger = Ledger.in(directory);
        var pool = one().with(o -> o.withOnError(OnError.collect()));

        var failure = failureOf(() -> pool.map(n -> 1 / (ledger.note(n) % 4), upTo(10), chunkSize));

        assertEquals(0, failure.index());
        assertEquals(List.of(4L, 8L), suppressedIndices(failure));
        assertEquals(notesUpTo(10), ledger.notes());
    }

    @Test
    void up_to_ten_other_failures_are_suppressed() {
        var pool = one().with(o -> o.withOnError(OnError.collect()));

        var failure = failureOf(() -> pool.map(n -> 1 / (n * 0), upTo(30)));

        assertEquals(0, failure.index());
        assertEquals(10, failure.getSuppressed().length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10, 20})
    void halt_after_halts_at_the_count(int chunkSize) {
        var ledger = Ledger.in(directory);
        var pool = one().with(o -> o.withOnError(OnError.haltAfter(2)));

        var failure = failureOf(() -> pool.map(n -> 1 / (ledger.note(n) % 4 - 1), upTo(20), chunkSize));

        assertEquals(1, failure.index());
        assertEquals(List.of(5L), suppressedIndices(failure));
        assertEquals(notesUpTo(6), ledger.notes());
    }

    @Test
    void fewer_failures_than_the_count_halt_nothing() {
        var ledger = Ledger.in(directory);
        var pool = one().with(o -> o.withOnError(OnError.haltAfter(3)));

        assertEquals(1, failureOf(() -> pool.map(n -> 1 / (ledger.note(n) % 4 - 1), upTo(8))).index());

        assertEquals(notesUpTo(8), ledger.notes());
    }

    @Test
    void halt_after_percent_waits_for_a_hundred_items() {
        var ledger = Ledger.in(directory);
        var pool = one().with(o -> o.withOnError(OnError.haltAfterPercent(10)).withChunkSize(1));

        var failure = failureOf(() -> pool.map(n -> 1 / (ledger.note(n) % 2), upTo(300)));

        assertEquals(0, failure.index());
        assertEquals("last", one().apply(() -> "last")); // comes after what was under way when it halted
        int started = ledger.notes().size();
        assertTrue(started >= 100 && started < 300, started + " started");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 400})
    void halt_after_percent_sees_the_same_share_whatever_comes_together(int chunkSize) {
        var pool = one().with(o -> o.withOnError(OnError.haltAfterPercent(7)).withChunkSize(chunkSize));

        try (var outcomes = pool.outcomes(n -> 1 / (n % 25 - 24), upTo(2_000))) {
            assertEquals(2_000, outcomes.stream().count(), "of every 25 items one fails: that is 4 percent");
        }
    }

    @Test
    void halt_after_percent_halts_as_soon_as_enough_have_ended() {
        var pool = one().with(o -> o.withOnError(OnError.haltAfterPercent(10)).withWindow(200));

        try (var outcomes = pool.outcomes(n -> 1 / Math.max(0, n - 19), LongRange.of(0, 100_000_000_000L))) {
            assertTrue(outcomes.stream().count() <= 300, "of the first 100 items 20 fail, and no other");
        }
    }

    @Test
    void halt_after_percent_halts_nothing_among_fewer_than_a_hundred() {
        var pool = one().with(o -> o.withOnError(OnError.haltAfterPercent(10)));

        try (var outcomes = pool.outcomes(n -> 1 / (n % 2), upTo(99))) {
            assertEquals(99, outcomes.stream().count());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 100})
    void imap_that_fails_fast_ends_with_the_failure(int chunkSize) {
        var ledger = Ledger.in(directory);
        var pool = one().with(o -> o.withOnError(OnError.failFast()));

        assertEquals(List.of(-1, "!1 ArithmeticException: / by zero"),
                drain(pool.imap(n -> 1 / (ledger.note(n) - 1), upTo(10), chunkSize)));
        assertEquals(notesUpTo(2), ledger.notes());
    }

    @Test
    void a_failed_call_leaves_the_pool_as_it_was() {
        failureOf(() -> one().map(n -> 1 / n, upTo(10)));

        assertEquals(upTo(10), one().map(n -> n, upTo(10)));
    }
}
