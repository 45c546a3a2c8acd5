package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.failureOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Task;
import dev.mitosis.share.Hosted;
import dev.mitosis.share.SharedLock;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Gate.Door;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;

/// Conditions of the shared lock.
abstract class HostedConditionsContract extends PoolContract {
    /// What an item needs that waits; needs no serialization of its own.
    record Stop(SharedLock lock, Condition condition, BlockingQueue<String> heard, Door door) {
        /// Waits, and says how that has ended, while it holds the lock again.
        String await(String name) throws Exception {
            lock.lock();
            lock.lock();
            try {
                door.passStubbornly(name);
                condition.await();
                return say(name + (Thread.currentThread().isInterrupted() ? " signalled, flag" : " signalled"));
            } catch (InterruptedException e) {
                return say(name + " interrupted");
            } finally {
                lock.unlock();
                lock.unlock();
            }
        }

        private String say(String what) {
            heard.add(lock.isHeldByCurrentThread() ? what : what + ", but without the lock");
            return what;
        }
    }

    private Stop stop(Gate gate) {
        var lock = Hosted.lock(pool());
        return new Stop(lock, lock.newCondition(), Hosted.queue(pool(), 10), gate.door());
    }

    /// Starts items that wait, one after another; returns when all do.
    private List<Task<String>> waiting(Stop stop, Gate gate, String... names) {
        var tasks = new ArrayList<Task<String>>();
        for (var name : names) {
            tasks.add(patient().applyAsync(() -> stop.await(name)));
            gate.arrivalOf(name).release();
            stop.lock().lock(); // free when it waits
            stop.lock().unlock();
        }
        return tasks;
    }

    private static void signal(Stop stop) {
        stop.lock().lock();
        try {
            stop.condition().signal();
        } finally {
            stop.lock().unlock();
        }
    }

    @Test
    void a_signal_wakes_the_one_that_has_waited_longest() throws Exception {
        try (var gate = Gate.create()) {
            var stop = stop(gate);
            var tasks = waiting(stop, gate, "a", "b", "c");

            signal(stop);
            assertEquals("a signalled", stop.heard().take());
            assertFalse(tasks.get(1).isDone());
            signal(stop);
            assertEquals("b signalled", stop.heard().take());
            pool().apply(() -> signal(stop));
            assertEquals("c signalled", stop.heard().take());
            for (var task : tasks) {
                assertTrue(task.get().endsWith(" signalled"));
            }
        }
    }

    @Test
    void a_signal_for_all_wakes_all() throws Exception {
        try (var gate = Gate.create()) {
            var stop = stop(gate);
            var tasks = waiting(stop, gate, "a", "b");

            pool().apply(() -> {
                stop.lock().lock();
                stop.condition().signalAll();
                stop.lock().unlock();
            });

            assertEquals("a signalled", tasks.get(0).get());
            assertEquals("b signalled", tasks.get(1).get());
        }
    }

    @Test
    void a_signal_that_nobody_waits_for_is_lost() throws Exception {
        try (var gate = Gate.create()) {
            var stop = stop(gate);
            signal(stop);
            assertFalse(pool().apply(() -> briefly(stop)));
        }
    }

    private static boolean briefly(Stop stop) throws InterruptedException {
        stop.lock().lock();
        try {
            return stop.condition().await(20, TimeUnit.MILLISECONDS);
        } finally {
            stop.lock().unlock();
        }
    }

    @Test
    @SuppressWarnings("JavaUtilDate") // that is what a condition is asked with
    void a_wait_for_a_time_ends_then() {
        try (var gate = Gate.create()) {
            var stop = stop(gate);
            var ends = pool().apply(() -> {
                stop.lock().lock();
                var condition = stop.condition();
                try {
                    return List.of(condition.await(10, TimeUnit.MILLISECONDS), condition.awaitNanos(1_000) > 0,
                            condition.await(-1, TimeUnit.DAYS), condition.awaitUntil(new Date(1)),
                            condition.awaitUntil(new Date(System.currentTimeMillis() + 10)));
                } finally {
                    stop.lock().unlock();
                }
            });
            assertEquals(List.of(false, false, false, false, false), ends);
        }
    }

    @Test
    void who_was_signalled_in_time_is_told_so() throws Exception {
        try (var gate = Gate.create()) {
            var stop = stop(gate);
            var task = pool().applyAsync(() -> {
                stop.lock().lock();
                stop.door().pass("here");
                boolean signalled = stop.condition().awaitNanos(TimeUnit.HOURS.toNanos(1)) > 0;
                stop.lock().unlock();
                return signalled;
            });
            gate.arrival().release();
            signal(stop);
            assertTrue(task.get());
        }
    }

    @Test
    void only_who_holds_the_lock_waits_and_signals() {
        try (var gate = Gate.create()) {
            var stop = stop(gate);
            var condition = stop.condition();
            assertEquals("this thread does not hold the lock of the condition",
                    assertThrows(IllegalMonitorStateException.class, condition::signal).getMessage());
            assertThrows(IllegalMonitorStateException.class, condition::signalAll);
            assertThrows(IllegalMonitorStateException.class, condition::await);
            assertInstanceOf(IllegalMonitorStateException.class,
                    failureOf(() -> pool().apply(() -> condition.await())).getCause());
        }
    }

    @Test
    void an_interrupted_wait_ends_with_the_lock_held() throws Exception {
        try (var gate = Gate.create()) {
            var stop = stop(gate);
            var task = waiting(stop, gate, "a").getFirst();

            stop.lock().lock();
            task.cancel(true);
            stop.lock().unlock();

            assertEquals("a interrupted", stop.heard().take());
            signal(stop);
            waiting(stop, gate, "b");
            signal(stop);
            assertEquals("b signalled", stop.heard().take(), "the one that was interrupted has left");
        }
    }

    @Test
    void who_is_interrupted_after_the_signal_holds_the_lock_again_too() throws Exception {
        try (var gate = Gate.create()) {
            var stop = stop(gate);
            for (int i = 0; i < 20; i++) {
                var task = waiting(stop, gate, "a").getFirst();

                stop.lock().lock();
                stop.condition().signal();
                task.cancel(true); // while it may not go on
                stop.lock().unlock();

                var heard = stop.heard().take();
                assertTrue(heard.equals("a signalled, flag") || heard.equals("a signalled"), heard);
            }
        }
    }
}
