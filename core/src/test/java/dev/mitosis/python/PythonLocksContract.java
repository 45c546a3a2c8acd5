package dev.mitosis.python;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.contract.PoolContract;
import dev.mitosis.share.Hosted;
import dev.mitosis.share.SharedBarrier;
import dev.mitosis.share.SharedLock;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;

/// `_TestLock`, `_TestSemaphore`, `_TestCondition` and `_TestBarrier` of CPython's `test_multiprocessing`.
///
/// A barrier has no action, no default time-out and no `abort` here: whoever wants to break it resets it.
abstract class PythonLocksContract extends PoolContract {
    @Test // _TestLock.test_rlock: every lock is one here; a release too many is an IllegalMonitorStateException
    void a_lock_is_released_as_often_as_it_was_taken() {
        var lock = Hosted.lock(pool());
        for (int i = 0; i < 3; i++) {
            assertTrue(lock.tryLock());
        }
        for (int i = 0; i < 3; i++) {
            lock.unlock();
        }
        assertThrows(IllegalMonitorStateException.class, lock::unlock);
    }

    @Test // _TestSemaphore.test_semaphore, and test_bounded_semaphore: none is bounded here
    void a_semaphore_counts() {
        var semaphore = Hosted.semaphore(pool(), 2);
        assertTrue(semaphore.tryAcquire() && semaphore.tryAcquire());
        assertFalse(semaphore.tryAcquire());
        semaphore.release(3);
        assertEquals(3, semaphore.availablePermits());
    }

    @Test // _TestSemaphore.test_timeout
    void an_acquire_waits_as_long_as_it_is_told() {
        var semaphore = Hosted.semaphore(pool(), 0);
        long waited = pool().apply(() -> {
            long began = System.nanoTime();
            return semaphore.tryAcquire(30, TimeUnit.MILLISECONDS) ? -1 : System.nanoTime() - began;
        });
        assertTrue(waited >= 30_000_000, () -> waited + " ns");
    }

    /// Waits for a number of somebody's.
    record Awaited(SharedLock lock, Condition changed, BlockingQueue<Integer> number) {
        /// {@return whether it has come, in time}
        boolean await(int wanted, long millis) throws InterruptedException {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            lock.lock();
            try {
                while (number.peek() == null || number.peek() != wanted) {
                    if (left <= 0) {
                        return false;
                    }
                    left = changed.awaitNanos(left);
                }
                return true;
            } finally {
                lock.unlock();
            }
        }

        void set(int value) {
            lock.lock();
            number.clear();
            number.add(value);
            changed.signalAll();
            lock.unlock();
        }
    }

    @Test // _TestCondition.test_waitfor, test_waitfor_timeout: `wait_for` is a loop of the caller's in Java
    void a_condition_is_waited_for_until_it_holds() throws Exception {
        var lock = Hosted.lock(pool());
        var awaited = new Awaited(lock, lock.newCondition(), Hosted.queue(pool(), 1));
        var waiting = pool().applyAsync(() -> awaited.await(4, 100_000));
        for (int i = 1; i <= 4; i++) {
            int value = i;
            pool().apply(() -> awaited.set(value));
        }
        assertTrue(waiting.get());
        assertFalse(pool().apply(() -> awaited.await(9, 10)));
    }

    @Test // _TestBarrier.test_barrier_10, test_wait_return, test_thousand: five parties there
    void a_barrier_tells_each_who_comes_when_it_came() throws Exception {
        var barrier = Hosted.barrier(pool(), WORKERS);
        var sums = upTo(WORKERS).stream().map(_ -> pool().applyAsync(() -> rounds(barrier, 200))).toList();
        int sum = 0;
        for (var task : sums) {
            sum += task.get();
        }
        assertEquals(200 * (1 + 2), sum);
    }

    @Test // _TestBarrier.test_single_thread
    void a_barrier_of_one_never_waits() throws Exception {
        assertEquals(0, (int) pool().apply(barrier -> rounds(barrier, 3), Hosted.barrier(pool(), 1)));
    }

    private static int rounds(SharedBarrier barrier, int count) throws Exception {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += barrier.await();
        }
        return sum;
    }
}
