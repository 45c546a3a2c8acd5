package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.failureOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.TaskFailedException;
import dev.mitosis.testing.Ledger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `apply` and `applyAsync`: one task, one worker; and what may travel to it and back.
abstract class ApplyContract extends PoolContract {
    @TempDir
    Path directory;

    record Point(double x, double y) {} // not Serializable

    record Segment(Point from, Point to) {}

    enum Colour { RED, GREEN }

    @Test
    void apply_runs_a_task_with_a_result() {
        assertEquals(42, pool().apply(() -> 6 * 7));
    }

    @Test
    void apply_runs_a_task_without_a_result() {
        var ledger = Ledger.in(directory);

        pool().apply(() -> {
            ledger.note("ran");
        });

        assertEquals(List.of("ran"), ledger.notes());
    }

    @Test
    void apply_runs_a_function_on_an_item() {
        assertEquals("7!", pool().apply(n -> n + "!", 7));
    }

    @Test
    void apply_takes_a_method_reference() {
        assertEquals("ABC", pool().apply(String::toUpperCase, "abc"));
    }

    @Test
    void apply_async_runs_a_task_with_a_result() throws Exception {
        assertEquals(42, pool().applyAsync(() -> 6 * 7).get());
    }

    @Test
    void apply_async_runs_a_task_without_a_result() throws Exception {
        var ledger = Ledger.in(directory);

        assertNull(pool().applyAsync(() -> {
            ledger.note("ran");
        }).get());

        assertEquals(List.of("ran"), ledger.notes());
    }

    @Test
    void apply_async_runs_a_function_on_an_item() throws Exception {
        assertEquals(49, pool().applyAsync(n -> n * n, 7).get());
    }

    @Test
    void null_is_an_item_and_a_result() throws Exception {
        assertNull(pool().apply(() -> null));
        assertNull(pool().<String, String>apply(item -> item, null));
        assertNull(pool().<String, String>applyAsync(item -> item, null).get());
    }

    @Test
    void records_travel_without_being_serializable() {
        var segment = new Segment(new Point(1, 2), new Point(3, Double.NaN));

        assertEquals(segment, pool().apply(item -> item, segment));
        assertEquals(new Point(2, 1), pool().apply(p -> new Point(p.y(), p.x()), new Point(1, 2)));
    }

    @Test
    void captured_values_travel_with_the_function() {
        var origin = new Point(1, 1);
        var names = List.of("a", "b");
        var lookup = Map.of(Colour.RED, 1);
        long offset = 1L << 40;

        assertEquals("Point[x=1.0, y=1.0][a, b]1" + offset,
                pool().apply(() -> origin.toString() + names + lookup.get(Colour.RED) + offset));
    }

    @Test
    void usual_types_of_the_jdk_travel() {
        var all = new ArrayList<Object>(List.of(1, 2L, 3.5, 'c', "s", true, Colour.GREEN, List.of(1), Map.of("k", 1),
                Optional.of("x"), java.time.Duration.ofDays(1), Path.of("/tmp"),
                new java.math.BigInteger("9".repeat(40))));
        all.add(null);

        assertEquals(all, pool().apply(items -> items, all));
        assertEquals("[1, 2]", pool().apply(numbers -> java.util.Arrays.toString(numbers), new int[] {1, 2}));
    }

    @Test
    void arguments_and_results_are_copies() {
        var sent = new ArrayList<>(List.of(1));

        var returned = pool().apply(list -> {
            list.add(2);
            return list;
        }, sent);

        assertEquals(List.of(1, 2), returned);
        assertEquals(List.of(1), sent);
        assertNotSame(sent, returned);
    }

    @Test
    void one_task_fails_with_its_own_exception_as_the_cause() {
        var failure = assertThrows(TaskFailedException.class, () -> pool().apply(() -> Integer.parseInt("seven")));

        assertInstanceOf(NumberFormatException.class, failure.getCause());
        assertEquals("For input string: \"seven\"", failure.getCause().getMessage());
        assertEquals(0, failure.index());
        assertEquals(1, failure.attempts());
        assertTrue(failure.pid() > 0, "a process ran it");
    }

    @Test
    void a_task_that_fails_says_so_through_its_future() {
        var task = pool().applyAsync(s -> Integer.parseInt(s), "seven");

        var failure = assertThrows(ExecutionException.class, task::get);

        assertInstanceOf(TaskFailedException.class, failure.getCause());
        assertInstanceOf(NumberFormatException.class, failure.getCause().getCause());
        assertTrue(failure.getCause().getMessage().contains("seven"), failure.getCause().getMessage());
        assertEquals(Future.State.FAILED, task.state());
        assertFalse(task.isCancelled());
        assertInstanceOf(TaskFailedException.class, task.exceptionNow());
    }

    @Test
    void a_result_of_some_megabytes_arrives_whole() {
        var big = new byte[5_000_000];
        big[4_999_999] = 7;

        var echoed = pool().apply(bytes -> bytes, big);

        assertEquals(5_000_000, echoed.length);
        assertEquals(7, echoed[4_999_999]);
    }

    @Test
    void an_error_is_no_different_from_an_exception() {
        assertInstanceOf(StackOverflowError.class, failureOf(() -> pool().apply(() -> forEver(1))).getCause());
        assertInstanceOf(AssertionError.class, failureOf(() -> pool().apply(() -> {
            throw new AssertionError("no");
        })).getCause());
    }

    private static int forEver(int depth) {
        return forEver(depth + 1) + 1;
    }
}
