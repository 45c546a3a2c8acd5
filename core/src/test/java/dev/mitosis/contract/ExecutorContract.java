package dev.mitosis.contract;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.RemoteCallable;
import dev.mitosis.TaskFailedException;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Ledger;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pool seen as an [ExecutorService].
abstract class ExecutorContract extends PoolContract {
    @TempDir
    Path directory;

    @Test
    void submit_takes_plain_lambdas() throws Exception {
        try (var executor = pool().executor()) {
            assertEquals(42, executor.submit(() -> 6 * 7).get());
            assertNull(executor.submit(() -> null).get());
        }
    }

    @Test
    void submit_and_execute_run_tasks_without_a_result() throws Exception {
        var ledger = Ledger.in(directory);
        try (var executor = pool().executor()) {
            assertNull(executor.submit(() -> noted(ledger, "submitted")).get());
            executor.execute(() -> noted(ledger, "executed"));
        }
        Eventually.holds("both ran", () -> ledger.notes().equals(List.of("submitted", "executed")));
    }

    private static void noted(Ledger ledger, String what) {
        try {
            ledger.note(what);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void futures_tell_their_state() throws Exception {
        var executor = pool().executor();
        var well = executor.submit(() -> 1);
        var badly = executor.submit(() -> Integer.parseInt("x"));

        assertEquals(1, well.get());
        assertInstanceOf(TaskFailedException.class, assertThrows(ExecutionException.class, badly::get).getCause());
        assertEquals(Future.State.SUCCESS, well.state());
        assertEquals(1, well.resultNow());
        assertEquals(Future.State.FAILED, badly.state());
        assertInstanceOf(NumberFormatException.class, badly.exceptionNow().getCause());
    }

    @Test
    void invoke_all_returns_all_futures_done() throws Exception {
        var tasks = upTo(10).stream().map(n -> (RemoteCallable<Integer>) () -> 12 / (n - 3)).toList();

        var futures = pool().executor().invokeAll(tasks);

        assertEquals(10, futures.size());
        for (int n = 0; n < 10; n++) {
            assertEquals(n == 3 ? Future.State.FAILED : Future.State.SUCCESS, futures.get(n).state());
        }
        assertEquals(12, futures.get(4).resultNow());
    }

    @Test
    void invoke_all_with_a_time_limit_returns_all_futures_done() throws Exception {
        var tasks = upTo(5).stream().map(n -> (RemoteCallable<Integer>) () -> n).toList();

        var futures = pool().executor().invokeAll(tasks, 1, TimeUnit.MINUTES);

        assertEquals(upTo(5), futures.stream().map(Future::resultNow).toList());
    }

    @Test
    void invoke_any_returns_what_succeeds() throws Exception {
        List<RemoteCallable<Integer>> tasks = List.of(
                () -> Integer.parseInt("x"), () -> 5, () -> Integer.parseInt("y"));

        assertEquals(5, pool().executor().invokeAny(tasks));
        assertEquals(5, pool().executor().invokeAny(tasks, 1, TimeUnit.MINUTES));
    }

    @Test
    void invoke_any_throws_when_nothing_succeeds() {
        List<RemoteCallable<Integer>> tasks = List.of(() -> Integer.parseInt("x"), () -> Integer.parseInt("y"));

        assertThrows(ExecutionException.class, () -> pool().executor().invokeAny(tasks));
    }

    @Test
    void serializable_tasks_come_through_the_plain_interface() throws Exception {
        ExecutorService plain = pool().executor();
        RemoteCallable<Integer> task = () -> 3;

        assertEquals(3, plain.submit(task).get());
    }

    @Test
    void supply_async_is_refused_with_the_advice_to_use_apply_async() {
        var executor = pool().executor();

        var refusal = assertThrows(RuntimeException.class, () -> CompletableFuture.supplyAsync(() -> 1, executor));

        assertTrue(refusal.getMessage().contains("applyAsync"), refusal.toString());
    }

    @Test
    void a_plain_lambda_through_the_plain_interface_is_refused_with_advice() {
        ExecutorService plain = pool().executor();

        var refusal = assertThrows(RuntimeException.class, () -> plain.submit((Runnable) () -> {}));

        assertTrue(refusal.getMessage().contains("applyAsync"), refusal.toString());
    }

    @Test
    void shutting_down_ends_the_view_and_not_the_pool() throws Exception {
        var executor = pool().executor();
        var before = executor.submit(() -> 1);
        assertFalse(executor.isShutdown());

        executor.shutdown();

        assertTrue(executor.isShutdown());
        assertThrows(RejectedExecutionException.class, () -> executor.submit(() -> 2));
        assertThrows(RejectedExecutionException.class, () -> executor.execute(() -> {}));
        assertTrue(executor.awaitTermination(1, TimeUnit.MINUTES));
        assertTrue(executor.isTerminated());
        assertEquals(1, before.resultNow());
        assertEquals(3, pool().apply(() -> 3));
        assertEquals(4, pool().executor().submit(() -> 4).get(), "another view is another executor");
    }

    @Test
    void closing_waits_for_submitted_tasks() {
        List<? extends Future<Integer>> futures;
        try (var executor = pool().executor()) {
            futures = upTo(20).stream().map(n -> executor.submit(() -> n)).toList();
        }

        assertEquals(upTo(20), futures.stream().map(Future::resultNow).toList());
    }
}
