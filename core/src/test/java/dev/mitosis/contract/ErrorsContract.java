package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.drain;
import static dev.mitosis.testing.Failures.failureOf;
import static dev.mitosis.testing.Failures.refusalOf;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.NotReadableException;
import dev.mitosis.NotShippableException;
import dev.mitosis.Outcome;
import dev.mitosis.TaskFailedException;
import dev.mitosis.testing.Inputs.Counted;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What fails, whose failure it is, and what the caller sees of it.
abstract class ErrorsContract extends PoolContract {
    /// Nothing that could travel.
    private static final class Stuck {
        @Override
        public String toString() {
            return "Stuck";
        }
    }

    /// An exception that holds something that cannot travel.
    private static final class HeavyException extends RuntimeException {
        private final Stuck ballast = new Stuck();

        HeavyException(String message, Throwable cause) {
            super(message, cause);
        }

        Stuck ballast() {
            return ballast;
        }
    }

    /// What can be written, but never read.
    private static final class Poison implements Serializable {
        private void readObject(ObjectInputStream in) throws IOException {
            throw new IOException("poison is not for reading " + in.available());
        }
    }

    record Holder(String name, Object content) {}

    private static int throwDeep(int depth) throws IOException {
        if (depth > 0) {
            return throwDeep(depth - 1);
        }
        throw new IOException("deep", new IllegalStateException("deeper"));
    }

    @Test
    void f1_the_cause_has_its_own_frames_causes_and_suppressed() {
        var failure = failureOf(() -> pool().map(n -> {
            try {
                return throwDeep(n);
            } catch (IOException e) {
                e.addSuppressed(new UncheckedIOException("beside", new IOException("it")));
                throw e;
            }
        }, List.of(3)));

        var cause = assertInstanceOf(IOException.class, failure.getCause());
        assertEquals("deep", cause.getMessage());
        var frames = Arrays.stream(cause.getStackTrace()).limit(4).map(StackTraceElement::getMethodName).toList();
        assertEquals(List.of("throwDeep", "throwDeep", "throwDeep", "throwDeep"), frames);
        assertEquals(ErrorsContract.class.getName(), cause.getStackTrace()[0].getClassName());
        assertTrue(cause.getStackTrace()[0].getLineNumber() > 0, "the line is known");
        assertEquals("deeper", assertInstanceOf(IllegalStateException.class, cause.getCause()).getMessage());
        assertEquals("beside", cause.getSuppressed()[0].getMessage());
        assertEquals("it", cause.getSuppressed()[0].getCause().getMessage());
    }

    @Test
    void f1_the_exception_says_where_the_call_was_made() {
        var failure = failureOf(() -> pool().map(n -> 1 / n, List.of(0)));

        assertTrue(Stream.of(failure.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(ErrorsContract.class.getName())),
                () -> Arrays.toString(failure.getStackTrace()));
    }

    @Test
    void f1_the_message_says_which_item_and_why() {
        var failure = failureOf(() -> pool().map(s -> Integer.parseInt(s), List.of("1", "two", "3")));

        assertTrue(failure.getMessage().contains("item 1"), failure.getMessage());
        assertTrue(failure.getMessage().contains("two"), failure.getMessage());
        assertTrue(failure.getMessage().contains("NumberFormatException"), failure.getMessage());
        assertTrue(failure.inputSummary().contains("two"), failure.inputSummary());
    }

    @Test
    void the_summary_of_a_huge_item_is_short() {
        var failure = failureOf(() -> pool().map(s -> Integer.parseInt(s), List.of("x".repeat(1_000_000))));

        assertTrue(failure.inputSummary().length() < 1_000, "it has " + failure.inputSummary().length());
    }

    @Test
    void f2_an_exception_that_cannot_travel_has_a_faithful_stand_in() {
        var failure = failureOf(() -> pool().apply(() -> {
            throw new HeavyException("heavy", new IOException("inner"));
        }));

        var text = failure.getCause().toString();
        assertTrue(text.contains(HeavyException.class.getName()), text);
        assertTrue(text.contains("heavy"), text);
        assertEquals(ErrorsContract.class.getName(), failure.getCause().getStackTrace()[0].getClassName());
        assertEquals("inner", failure.getCause().getCause().getMessage());
        assertEquals(1, pool().apply(() -> 1), "the pool lives");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 9})
    void f1_imap_throws_a_failure_at_its_place_and_goes_on(int chunkSize) {
        assertEquals(List.of(0, 1, 2, "!3 ArithmeticException: / by zero", 4, 5, 6, 7),
                drain(pool().imap(n -> n / (n - 3) * 0 + n, List.of(0, 1, 2, 3, 4, 5, 6, 7), chunkSize)));
    }

    @Test
    void f1_imap_unordered_throws_each_failure_once() {
        var all = drain(pool().imapUnordered(n -> n / (n % 2), List.of(1, 2, 3, 4)));

        assertEquals(4, all.size());
        assertTrue(all.containsAll(List.of(1, 3, "!1 ArithmeticException: / by zero",
                "!3 ArithmeticException: / by zero")), all.toString());
    }

    @Test
    void f4_a_function_that_cannot_travel_is_refused_on_the_callers_thread() {
        var stuck = new Stuck();
        var input = Counted.endless();

        refusalOf(() -> pool().map(n -> stuck.toString() + n, input));
        refusalOf(() -> pool().mapAsync(n -> stuck.toString() + n, input));
        refusalOf(() -> pool().imap(n -> stuck.toString() + n, input));
        refusalOf(() -> pool().imapUnordered(n -> stuck.toString() + n, input));
        refusalOf(() -> pool().outcomes(n -> stuck.toString() + n, input));
        refusalOf(() -> pool().mapReduce(n -> stuck.toString() + n, String::concat, "", input));
        refusalOf(() -> pool().apply(() -> stuck.toString()));
        refusalOf(() -> pool().applyAsync(() -> stuck.toString()));
        refusalOf(() -> pool().applyAsync(n -> stuck.toString() + n, 1));
        refusalOf(() -> pool().mapping(n -> stuck.toString() + n));
        refusalOf(() -> pool().everywhere(() -> stuck.toString()));

        assertEquals(0, input.taken(), "nothing was pulled");
    }

    @Test
    void f4_the_refusal_names_the_culprit_and_the_captured_variable() {
        var stuck = new Stuck();

        var refusal = refusalOf(() -> pool().map(n -> stuck.toString() + n, List.of(1)));

        assertTrue(refusal.getMessage().contains("Stuck"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(ErrorsContract.class.getSimpleName()), refusal.getMessage());
    }

    @Test
    void f4_an_item_that_cannot_travel_is_that_items_failure() {
        var items = List.of(new Holder("a", 1), new Holder("b", new Stuck()), new Holder("c", 3));

        try (var outcomes = pool().outcomes(Holder::name, items)) {
            assertEquals("a", assertInstanceOf(Outcome.Ok.class, outcomes.next()).value());
            var failed = assertInstanceOf(Outcome.Failed.class, outcomes.next());
            var why = assertInstanceOf(NotShippableException.class, failed.exception());
            assertTrue(why.getMessage().contains("content"), why.getMessage());
            assertTrue(why.getMessage().contains("Stuck"), why.getMessage());
            assertEquals("c", assertInstanceOf(Outcome.Ok.class, outcomes.next()).value());
        }
        var failure = failureOf(() -> pool().map(Holder::name, items));
        assertEquals(1, failure.index());
        assertInstanceOf(NotShippableException.class, failure.getCause());
    }

    @Test
    void f4_the_single_item_of_apply_fails_the_same_way() {
        var failure = assertThrows(TaskFailedException.class,
                () -> pool().apply(Holder::name, new Holder("b", new Stuck())));

        assertInstanceOf(NotShippableException.class, failure.getCause());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void f3_a_result_that_cannot_travel_fails_its_item_alone(int chunkSize) {
        try (var results = pool().imap(
                n -> n == 1 ? new Holder("r", new Stuck()) : n, List.of(0, 1, 2, 3), chunkSize)) {
            assertEquals(0, results.next());
            var failure = assertThrows(TaskFailedException.class, results::next);
            var why = assertInstanceOf(NotShippableException.class, failure.getCause());
            assertTrue(why.getMessage().contains("content"), why.getMessage());
            assertEquals(2, results.next());
            assertEquals(3, results.next());
            assertFalse(results.hasNext());
        }
    }

    @Test
    void f5_an_item_that_the_worker_cannot_read_fails_alone() {
        try (var results = pool().imap(item -> "read " + item, Arrays.asList(1, new Poison(), 3), 3)) {
            assertEquals("read 1", results.next());
            var failure = assertThrows(TaskFailedException.class, results::next);
            assertTrue(failure.getMessage().contains("poison is not for reading"), failure.getMessage());
            assertEquals("read 3", results.next());
        }
    }

    @Test
    void f6_a_result_that_the_caller_cannot_read_fails_alone() {
        try (var results = pool().imap(n -> n == 1 ? new Poison() : n, List.of(0, 1, 2), 3)) {
            assertEquals(0, results.next());
            var failure = assertThrows(TaskFailedException.class, results::next);
            var why = assertInstanceOf(NotReadableException.class, failure.getCause());
            assertTrue(why.getMessage().contains("poison is not for reading")
                    || String.valueOf(why.getCause()).contains("poison is not for reading"), why.toString());
            assertEquals(2, results.next());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void f6_a_fold_that_the_caller_cannot_read_is_of_no_more_items_than_a_chunk_has(int chunkSize) {
        var pool = pool().with(o -> o.withChunkSize(chunkSize));

        var failure = failureOf(() -> pool.<Integer, Object>mapReduce(
                n -> n == 1_900 ? new Poison() : "", (a, b) -> a instanceof Poison ? a : b, "", upTo(2_000)));

        assertInstanceOf(NotReadableException.class, failure.getCause());
        assertEquals(1_900 / chunkSize * chunkSize, failure.index(), failure.getMessage());
    }
}
