package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.drain;
import static dev.mitosis.testing.Failures.failureOf;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.ItemException;
import dev.mitosis.OnError;
import dev.mitosis.Outcome;
import dev.mitosis.WorkerContext;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Retries and their conditions, alone and together with the other options.
abstract class OptionsContract extends PoolContract {
    @TempDir
    Path directory;

    /// Succeeds at an attempt.
    private static int succeedAt(int attempt, int item) throws IOException {
        if (WorkerContext.current().attempt() < attempt) {
            throw new IOException("attempt " + WorkerContext.current().attempt());
        }
        return item;
    }

    private static int attemptsOf(Outcome<?> outcome) {
        return outcome.item().attempts();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20})
    void a_failed_item_is_tried_again(int chunkSize) {
        var pool = pool().with(o -> o.withRetries(2).withChunkSize(chunkSize));

        assertEquals(upTo(20), pool.map(n -> n % 7 == 2 ? succeedAt(3, n) : n, upTo(20)));
        try (var outcomes = pool.outcomes(n -> succeedAt(n, n), List.of(1, 2, 3))) {
            assertEquals(List.of(1, 2, 3), outcomes.stream().map(OptionsContract::attemptsOf).toList());
        }
    }

    @Test
    void after_its_last_attempt_an_item_has_failed() {
        var ledger = Ledger.in(directory);
        var pool = pool().with(o -> o.withRetries(2));

        var failure = failureOf(() -> pool.map(n -> succeedAt(9, ledger.note(n)), List.of(5)));

        assertEquals(3, failure.attempts());
        assertEquals("attempt 3", failure.getCause().getMessage());
        assertEquals(List.of("5", "5", "5"), ledger.notes());
    }

    @Test
    void retries_work_for_every_verb() throws Exception {
        var pool = pool().with(o -> o.withRetries(1));

        assertEquals(7, pool.apply(() -> succeedAt(2, 7)));
        assertEquals(7, pool.applyAsync(n -> succeedAt(2, n), 7).get());
        assertEquals(upTo(5), pool.mapAsync(n -> succeedAt(2, n), upTo(5)).get());
        assertEquals(upTo(5), drain(pool.imap(n -> succeedAt(2, n), upTo(5), 2)));
        assertEquals(5, drain(pool.imapUnordered(n -> succeedAt(2, n), upTo(5), 2)).size());
        assertEquals(10, pool.mapReduce(n -> succeedAt(2, n), Integer::sum, 0, upTo(5)));
        assertEquals(3, pool.mapToLong(n -> succeedAt(2, (int) n), dev.mitosis.LongRange.of(0, 4))[3]);
        assertEquals(6, pool.mapReduceLong(
                n -> succeedAt(2, (int) n), Long::sum, 0, dev.mitosis.LongRange.of(0, 4)));
    }

    @Test
    void retry_on_chooses_which_failures_are_tried_again() {
        var asked = new CopyOnWriteArrayList<ItemException>();
        var pool = pool().with(o -> o.withRetries(5).withRetryOn(failure -> {
            asked.add(failure);
            return failure.getCause().getMessage().equals("attempt 1");
        }));

        var failure = failureOf(() -> pool.apply(() -> succeedAt(9, 0)));

        assertEquals(2, failure.attempts());
        assertEquals("attempt 2", failure.getCause().getMessage());
        assertEquals(List.of(1, 2), asked.stream().map(ItemException::attempts).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20})
    void retry_on_that_throws_fails_its_item_and_no_other(int chunkSize) {
        var pool = pool().with(o -> o.withRetries(2).withChunkSize(chunkSize).withRetryOn(_ -> {
            throw new IllegalStateException("the predicate");
        }));

        try (var outcomes = pool.outcomes(n -> n == 4 ? succeedAt(9, n) : n, upTo(10))) {
            for (int n = 0; n < 10; n++) {
                var outcome = outcomes.next();
                if (n == 4) {
                    var thrown = assertInstanceOf(Outcome.Failed.class, outcome).exception();
                    assertEquals("the predicate", thrown.getMessage());
                    assertEquals("attempt 1", thrown.getSuppressed()[0].getCause().getMessage());
                    assertEquals(1, attemptsOf(outcome));
                } else {
                    assertEquals(n, assertInstanceOf(Outcome.Ok.class, outcome).value());
                }
            }
        }
    }

    @Test
    void backoff_waits_before_each_attempt() {
        var pool = pool().with(o -> o.withRetries(2).withBackoff(Duration.ofMillis(40), 2, Duration.ofMillis(60)));

        long began = System.nanoTime();
        assertEquals(1, pool.apply(() -> succeedAt(3, 1)));

        long took = Duration.ofNanos(System.nanoTime() - began).toMillis();
        assertTrue(took >= 100, "40 ms and 60 ms make " + took + " ms");
    }

    @Test
    void backoff_of_one_item_holds_up_no_other() {
        var pool = pool().with(o -> o.withRetries(1).withBackoff(Duration.ofMillis(300)));
        try (var gate = Gate.create()) {
            var door = gate.door();

            try (var results = pool.imapUnordered(n -> n == 0 ? door.pass(succeedAt(2, n)) : n, upTo(10), 10)) {
                for (int others = 0; others < 9; others++) {
                    assertTrue(results.next() != 0, "the others come first");
                }
                gate.open();
                assertEquals(List.of(0), drain(results));
            }
        }
    }

    @Test
    void retries_and_fail_fast_fail_only_after_the_last_attempt() {
        var pool = pool().with(o -> o.withRetries(1).withOnError(OnError.failFast()));

        assertEquals(upTo(30), pool.map(n -> n == 4 ? succeedAt(2, n) : n, upTo(30)));
        assertEquals(4, failureOf(() -> pool.map(n -> n == 4 ? succeedAt(3, n) : n, upTo(30))).index());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void retries_keep_the_order_within_the_smallest_window(int window) {
        var pool = pool().with(o -> o.withRetries(2).withWindow(window).withChunkSize(3));

        assertEquals(upTo(40), drain(pool.imap(n -> n % 5 == 0 ? succeedAt(2, n) : n, upTo(40))));
    }

    @Test
    void outcomes_of_failed_items_tell_the_last_exception() {
        try (var outcomes = pool().with(o -> o.withRetries(1)).outcomes(n -> succeedAt(3, n), List.of(0))) {
            var failed = assertInstanceOf(Outcome.Failed.class, outcomes.next());

            assertEquals("attempt 2", failed.exception().getMessage());
            assertEquals(2, failed.item().attempts());
        }
    }

    @Test
    void a_view_adds_to_the_options_it_was_made_from() {
        var named = pool().with(o -> o.withName("outer"));
        var both = named.with(o -> o.withRetries(1));

        assertEquals("outer2", both.apply(() -> WorkerContext.current().callName() + succeedAt(2, 2)));
        assertEquals(1, failureOf(() -> named.apply(() -> succeedAt(2, 2))).attempts());
        assertEquals("", pool().apply(() -> WorkerContext.current().callName()));
    }
}
