package dev.mitosis.contract;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.TaskFailedException;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Ledger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A [dev.mitosis.Task] while it is queued, running and done.
abstract class TasksContract extends PoolContract {
    @TempDir
    Path directory;

    private Pool alone; // one worker: what is behind a waiting task is queued

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

    @Test
    void f12_a_queued_task_is_cancelled_and_never_runs() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var ledger = Ledger.in(directory);
            var first = one().applyAsync(() -> door.pass(1));
            var visitor = gate.arrival();
            var queued = one().applyAsync(() -> ledger.note("gentle"));
            var alsoQueued = one().applyAsync(() -> ledger.note("hard"));

            assertTrue(queued.cancel(false));
            assertTrue(alsoQueued.cancel(true));
            visitor.release();

            assertEquals(Future.State.CANCELLED, queued.state());
            assertThrows(CancellationException.class, queued::get);
            assertThrows(CancellationException.class, alsoQueued::join);
            assertEquals(1, first.get());
            assertEquals("last", one().apply(() -> ledger.note("last")));
            assertEquals(List.of("last"), ledger.notes());
        }
    }

    @Test
    void a_running_task_is_not_cancelled_gently() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var task = one().applyAsync(() -> door.pass(1));
            var visitor = gate.arrival();

            assertFalse(task.cancel(false));
            assertFalse(task.isDone());
            assertEquals(Future.State.RUNNING, task.state());
            visitor.release();

            assertEquals(1, task.get());
            assertFalse(task.cancel(true), "too late");
        }
    }

    @Test
    void f12_a_running_task_is_cancelled_by_an_interrupt() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var task = one().applyAsync(() -> door.pass(1));
            var visitor = gate.arrival();

            assertTrue(task.cancel(true));
            assertTrue(task.isDone(), "at once");
            assertTrue(task.isCancelled());
            assertTrue(task.cancel(true), "once more changes nothing");
            visitor.awaitGone();
            assertEquals(2, one().apply(() -> 2));
        }
    }

    @Test
    void f12_a_running_task_that_ignores_the_interrupt_gives_its_seat_back_after_the_grace() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var pool = one().with(o -> o.withGrace(Duration.ofMillis(50)));
            var task = pool.applyAsync(() -> door.passStubbornly(1));
            var visitor = gate.arrival();

            assertTrue(task.cancel(true));

            assertEquals(2, one().apply(() -> 2));
            visitor.release();
            gate.open();
        }
    }

    @Test
    void f12_cancelling_a_map_cancels_its_items() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var task = pool().mapAsync(n -> door.pass(n), upTo(100), 1);
            var visitors = List.of(gate.arrival(), gate.arrival(), gate.arrival());

            assertTrue(task.cancel(true));

            visitors.forEach(Gate.Visitor::awaitGone);
            assertEquals(upTo(10), pool().map(n -> n, upTo(10)));
        }
    }

    @Test
    void or_timeout_cancels_the_work() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var task = one().applyAsync(() -> door.pass(1));
            var visitor = gate.arrival();

            task.orTimeout(1, TimeUnit.MILLISECONDS);

            assertInstanceOf(TimeoutException.class, assertThrows(ExecutionException.class, task::get).getCause());
            visitor.awaitGone();
            assertEquals(2, one().apply(() -> 2));
        }
    }

    @Test
    void completion_from_outside_cancels_the_work() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var task = one().applyAsync(() -> door.pass(1));
            var visitor = gate.arrival();

            assertTrue(task.complete(5));

            assertEquals(5, task.get());
            visitor.awaitGone();
            var other = one().applyAsync(() -> door.pass(1));
            var otherVisitor = gate.arrival();
            assertEquals(6, other.completeOnTimeout(6, 1, TimeUnit.MILLISECONDS).get());
            otherVisitor.awaitGone();
        }
    }

    @Test
    void waiting_too_little_loses_nothing() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var task = one().applyAsync(() -> door.pass(1));
            var visitor = gate.arrival();

            assertThrows(TimeoutException.class, () -> task.get(1, TimeUnit.MILLISECONDS));
            visitor.release();

            assertEquals(1, task.get());
        }
    }

    @Test
    void a_task_has_one_outcome() {
        var task = one().applyAsync(() -> 1);

        assertThrows(UnsupportedOperationException.class, () -> task.obtrudeValue(2));
        assertThrows(UnsupportedOperationException.class, () -> task.obtrudeException(new Exception()));
        assertEquals(1, task.join());
        assertFalse(task.complete(2));
        assertEquals(1, task.resultNow());
    }

    @Test
    void dependents_are_plain_futures() throws Exception {
        var dependent = one().applyAsync(() -> 20).thenApply(n -> n + 1);

        assertEquals(CompletableFuture.class, dependent.getClass());
        assertEquals(42, dependent.thenCombine(one().applyAsync(() -> 2), (a, b) -> a * b).get());
        assertEquals("failed", one().applyAsync(() -> "" + 1 / (int) Math.floor(0.5))
                .exceptionally(e -> e instanceof TaskFailedException ? "failed" : e.toString()).get());
        assertInstanceOf(TaskFailedException.class, assertThrows(CompletionException.class,
                () -> one().applyAsync(() -> 1 / (int) Math.floor(0.5)).join()).getCause());
    }

    @Test
    void f23_dependents_may_block_without_holding_anyone_up() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var enough = new CountDownLatch(1);
            var blocked = upTo(50).stream().map(n -> pool().applyAsync(() -> door.pass(1)).thenApply(one -> {
                await(enough);
                return one;
            })).toList(); // none is done yet: a dependent of a task that is done would run here

            gate.open();
            assertEquals(upTo(100), pool().map(n -> n, upTo(100)));
            enough.countDown();

            for (var dependent : blocked) {
                assertEquals(1, dependent.get());
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void f23_dependents_may_throw_and_may_use_the_pool() throws Exception {
        var thrower = pool().applyAsync(() -> 1).thenApply(n -> {
            throw new IllegalStateException("callback " + n);
        });
        assertEquals("callback 1", assertThrows(ExecutionException.class, thrower::get).getCause().getMessage());

        assertEquals(upTo(10), pool().applyAsync(() -> 10).thenApply(n -> pool().map(m -> m, upTo(n))).get());
    }

    @Test
    void a_dependent_added_late_runs_too() throws Exception {
        var task = pool().applyAsync(() -> 1);
        task.get();

        assertEquals(2, task.thenApply(n -> n + 1).get());
        assertNotEquals(Thread.currentThread(), task.thenApplyAsync(_ -> Thread.currentThread()).get());
    }
}
