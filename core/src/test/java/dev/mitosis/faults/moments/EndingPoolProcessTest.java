package dev.mitosis.faults.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.PoolClosedException;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import dev.mitosis.testing.SideBySide;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A pool is closed, or terminated, at any moment of its worker's life.
@Tag("process")
@ExtendWith(LeakCheck.class)
class EndingPoolProcessTest {
    @TempDir
    Path directory;

    private static Future<Boolean> beginToClose(Pool pool) {
        var closing = Calls.start(() -> {
            pool.close();
            return true;
        });
        Eventually.holds("the pool takes nothing more", () -> Inside.isClosing(pool));
        return closing;
    }

    @ParameterizedTest
    @SideBySide
    @EnumSource
    void f18_close_at_any_moment_waits_for_what_was_taken(Moment moment) throws Exception {
        try (var worker = new HeldWorker(directory, c -> c);
                var scene = worker.reach(moment, o -> o, Pool::outcomes)) {
            Eventually.holds("all items are taken", () -> Inside.hasTakenAll(scene.call()));
            var closing = beginToClose(worker.pool());
            assertFalse(closing.isDone());

            scene.letPass();
            scene.letRead();
            worker.nextEnd().release();

            assertTrue(closing.get());
            Work.assertAllOk(moment, Scene.rest(scene.call()), true);
            Work.assertEachRanOnce(scene.ledger());
            assertFalse(Processes.isAlive(scene.pid()));
        }
    }

    @ParameterizedTest
    @SideBySide
    @EnumSource
    void f18_terminate_at_any_moment_ends_call_and_worker(Moment moment) throws Exception {
        try (var worker = new HeldWorker(directory, c -> c);
                var scene = worker.reach(moment, o -> o, Pool::outcomes)) {
            if (moment == Moment.IDLE) {
                Eventually.holds("the call is over", () -> Inside.isOver(scene.call()));
            }
            var ending = Calls.start(() -> {
                worker.pool().terminate();
                return true;
            });
            Eventually.holds("it is being terminated", () -> moment == Moment.IDLE
                    ? Inside.isClosing(worker.pool()) : Inside.isBroken(scene.call()));
            if (moment == Moment.IDLE) {
                Work.assertAllOk(moment, Scene.rest(scene.call()), true);
            } else { // this thread, which holds up the reader, may itself read
                assertThrows(PoolClosedException.class, () -> Scene.rest(scene.call()));
            }
            Eventually.holds("the worker is killed", () -> !Processes.isAlive(scene.pid()));
            scene.letRead();

            assertTrue(ending.get());
        }
    }

    @ParameterizedTest
    @SideBySide
    @EnumSource(names = {"WRITING", "DRAINING"})
    void f18_close_while_the_ring_of_a_dead_worker_is_unread_waits_for_what_was_taken(Moment moment) throws Exception {
        try (var worker = new HeldWorker(directory, c -> c);
                var scene = worker.reach(moment, o -> o, Pool::outcomes)) {
            worker.strike(scene.pid(), Harm.KILL);
            Eventually.holds("all items are taken", () -> Inside.hasTakenAll(scene.call()));
            var closing = beginToClose(worker.pool());
            scene.letRead();
            worker.letStart();
            worker.nextEnd().release();

            assertTrue(closing.get());
            var all = Scene.rest(scene.call());
            Work.assertAllOk(moment, all, false);
            assertInstanceOf(Outcome.Died.class, all.get(Work.VICTIM));
            Work.assertEachRanOnce(scene.ledger());
        }
    }

    @ParameterizedTest
    @SideBySide
    @EnumSource(names = {"WRITING", "DRAINING"})
    void f18_terminate_while_the_ring_of_a_dead_worker_is_unread_ends_the_call(Moment moment) throws Exception {
        try (var worker = new HeldWorker(directory, c -> c);
                var scene = worker.reach(moment, o -> o, Pool::outcomes)) {
            worker.strike(scene.pid(), Harm.KILL);
            var ending = Calls.start(() -> {
                worker.pool().terminate();
                return true;
            });

            assertThrows(PoolClosedException.class, () -> Scene.rest(scene.call()));
            scene.letRead();
            assertTrue(ending.get());
        }
    }

    @Test
    @SideBySide
    void f18_close_while_a_worker_is_replaced_waits_for_both() throws Exception {
        try (var worker = new HeldWorker(directory, c -> c.withMaxTasksPerWorker(1))) {
            var door = worker.gate().door();
            long old = worker.pid();
            var last = worker.pool().applyAsync(() -> door.pass("last"));
            var running = worker.gate().arrivalOf("last");
            var next = worker.nextStart();
            worker.letWarmUp(next);
            running.release();
            assertEquals("last", last.get());
            var end = worker.nextEnd(); // from here on it has ten seconds to leave

            var closing = beginToClose(worker.pool());
            var otherEnd = worker.nextEnd();
            assertFalse(closing.isDone());
            end.release();
            otherEnd.release();

            assertTrue(closing.get());
            assertFalse(Processes.isAlive(old));
            assertFalse(Processes.isAlive(next.pid()));
            assertEquals(0, worker.pool().stats().deaths());
        }
    }

    @ParameterizedTest
    @SideBySide
    @EnumSource(names = {"STARTING", "IDLE"})
    void f18_terminate_while_a_worker_is_replaced_ends_both(Moment successor) {
        try (var worker = new HeldWorker(directory, c -> c.withMaxTasksPerWorker(1))) {
            assertEquals(1, worker.pool().apply(() -> 1));
            long old = worker.pid();
            worker.nextEnd();
            var next = worker.nextStart();
            if (successor == Moment.IDLE) {
                worker.letWarmUp(next);
            }
            var waiting = worker.pool().applyAsync(() -> 2);

            worker.pool().terminate();

            assertInstanceOf(PoolClosedException.class,
                    assertThrows(ExecutionException.class, waiting::get).getCause());
            assertFalse(Processes.isAlive(old));
            assertFalse(Processes.isAlive(next.pid()));
        }
    }
}
