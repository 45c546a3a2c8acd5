package dev.mitosis.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.RemoteCallable;
import dev.mitosis.testing.Gate;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// An executor that is shut down while its tasks run.
abstract class ExecutorShutdownContract extends PoolContract {
    @Test
    void shutdown_lets_running_tasks_finish() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var executor = pool().executor();
            var task = executor.submit(() -> door.pass(1));
            var visitor = gate.arrival();

            executor.shutdown();
            assertFalse(executor.awaitTermination(1, TimeUnit.MILLISECONDS));
            assertFalse(executor.isTerminated());
            visitor.release();

            assertTrue(executor.awaitTermination(1, TimeUnit.MINUTES));
            assertEquals(1, task.get());
        }
    }

    @Test
    void shutdown_now_cancels_this_view_s_tasks_and_no_others() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var executor = pool().executor();
            var task = executor.submit(() -> door.pass("mine"));
            var other = pool().applyAsync(() -> door.pass("other"));
            var mine = gate.arrivalOf("mine");
            var others = gate.arrivalOf("other");

            executor.shutdownNow();

            mine.awaitGone();
            assertTrue(executor.awaitTermination(1, TimeUnit.MINUTES));
            assertThrows(CancellationException.class, task::get);
            others.release();
            assertEquals("other", other.get());
        }
    }

    @Test
    void invoke_all_cancels_what_has_not_finished_in_time() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            List<RemoteCallable<Integer>> tasks = List.of(() -> 1, () -> door.pass(2));

            var futures = pool().executor().invokeAll(tasks, 300, TimeUnit.MILLISECONDS);

            assertEquals(Future.State.CANCELLED, futures.get(1).state());
        }
        assertEquals(1, pool().apply(() -> 1));
    }

    @Test
    void invoke_any_cancels_the_others() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            List<RemoteCallable<Integer>> tasks = List.of(() -> door.pass(1), () -> 2);

            assertEquals(2, pool().executor().invokeAny(tasks));
        }
        assertEquals(1, pool().apply(() -> 1));
    }
}
