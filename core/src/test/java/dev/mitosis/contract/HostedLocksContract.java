package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.failureOf;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.CallInterruptedException;
import dev.mitosis.PoolClosedException;
import dev.mitosis.share.AbandonedLockException;
import dev.mitosis.share.Hosted;
import dev.mitosis.share.SharedLock;
import dev.mitosis.share.SharedLongs;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Logged;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

/// The shared lock.
abstract class HostedLocksContract extends PoolContract {
    private static final long SHORT = 30; // milliseconds

    /// Needs no serialization of its own.
    record Guarded(SharedLock lock, SharedLongs numbers) {
        long increment() {
            lock.lock();
            try {
                long before = numbers.get(0);
                Thread.onSpinWait();
                numbers.set(0, before + 1);
                return before + 1;
            } finally {
                lock.unlock();
            }
        }
    }

    @Test
    void one_thread_of_all_holds_it() throws Exception {
        try (var numbers = SharedLongs.create(1)) {
            var guarded = new Guarded(Hosted.lock(pool()), numbers);
            var tasks = upTo(WORKERS).stream().map(_ -> pool().applyAsync(() -> many(guarded))).toList();
            many(guarded);
            for (var task : tasks) {
                task.get();
            }
            assertEquals((WORKERS + 1) * 3_000L, numbers.get(0));
        }
    }

    private static int many(Guarded guarded) {
        for (int i = 0; i < 3_000; i++) {
            guarded.increment();
        }
        return 0;
    }

    @Test
    void it_travels_in_lambdas_items_records_and_results() {
        var lock = Hosted.lock(pool());
        var other = Hosted.lock(pool());
        try (var numbers = SharedLongs.create(1)) {
            assertEquals(1L, (long) pool().apply(given -> given.increment(), new Guarded(lock, numbers)));
            assertEquals(List.of(true, false), pool().map(given -> given.equals(lock), List.of(lock, other)));
            assertEquals(lock, pool().apply(given -> given, lock));
            assertEquals(lock.hashCode(), (int) pool().apply(() -> lock.hashCode()));
            assertEquals(lock, pool().apply(given -> given, new Guarded(lock, numbers)).lock());
            assertNotEquals(lock, other);
        }
    }

    @Test
    void its_owner_takes_it_again_and_unlocks_it_as_often() throws Exception {
        var lock = Hosted.lock(pool());
        lock.lock();
        assertTrue(lock.tryLock());
        assertTrue(lock.tryLock(1, TimeUnit.HOURS));
        lock.lockInterruptibly();
        for (int i = 0; i < 4; i++) {
            assertTrue(lock.isHeldByCurrentThread());
            assertEquals("SharedLock[locked]", lock.toString());
            assertFalse(pool().applyAsync(() -> lock.tryLock()).get());
            lock.unlock();
        }
        assertFalse(lock.isHeldByCurrentThread());
        assertEquals("SharedLock[free]", lock.toString());
        assertTrue(pool().applyAsync(() -> tryAndUnlock(lock)).get());
        assertThrows(IllegalMonitorStateException.class, lock::unlock);
    }

    private static boolean tryAndUnlock(SharedLock lock) {
        boolean taken = lock.tryLock();
        if (taken) {
            lock.unlock();
        }
        return taken;
    }

    @Test
    void only_its_owner_unlocks_it() throws Exception {
        var lock = Hosted.lock(pool());
        assertEquals("this thread does not hold the lock",
                assertThrows(IllegalMonitorStateException.class, lock::unlock).getMessage());
        lock.lock();
        assertInstanceOf(IllegalMonitorStateException.class,
                failureOf(() -> pool().apply(() -> lock.unlock())).getCause());
        assertFalse(pool().applyAsync(() -> lock.isHeldByCurrentThread()).get());
        lock.unlock();
    }

    @Test
    void who_waits_for_a_time_gives_up_then() throws Exception {
        var lock = Hosted.lock(pool());
        lock.lock();
        long waited = pool().applyAsync(() -> {
            long began = System.nanoTime();
            return lock.tryLock(SHORT, TimeUnit.MILLISECONDS) ? -1 : System.nanoTime() - began;
        }).get();
        assertTrue(waited >= TimeUnit.MILLISECONDS.toNanos(SHORT), () -> waited + " ns");
        assertFalse(pool().applyAsync(() -> lock.tryLock(0, TimeUnit.SECONDS)).get());
        assertFalse(pool().applyAsync(() -> lock.tryLock(-1, TimeUnit.SECONDS)).get());
        lock.unlock();
    }

    @Test
    void who_waits_gets_it_when_it_is_unlocked() throws Exception {
        var lock = Hosted.lock(pool());
        try (var gate = Gate.create()) {
            var door = gate.door();
            lock.lock();
            var task = pool().applyAsync(() -> {
                door.pass("on the way");
                lock.lock();
                lock.unlock();
                return lock.tryLock(1, TimeUnit.HOURS) && tryAndUnlock(lock);
            });
            gate.arrival().release();
            try (var log = Logged.here()) {
                lock.unlock();
                assertTrue(task.get());
                awaitWarning(log, "left a shared lock locked");
            }
        }
        assertThrows(AbandonedLockException.class, lock::lock);
        lock.unlock();
    }

    private static void awaitWarning(Logged log, String text) {
        Eventually.holds("a warning: " + text,
                () -> log.messages(Level.WARNING).stream().anyMatch(message -> message.contains(text)));
    }

    @Test
    void an_interrupt_ends_a_wait_for_it() throws Exception {
        var lock = Hosted.lock(pool());
        lock.lock();
        try {
            assertEquals("flag", pool().applyAsync(() -> {
                Thread.currentThread().interrupt();
                try {
                    lock.lock();
                    return "locked";
                } catch (CallInterruptedException e) {
                    return Thread.interrupted() ? "flag" : "no flag";
                }
            }).get());
            assertEquals("no flag", pool().applyAsync(() -> {
                Thread.currentThread().interrupt();
                try {
                    return "" + lock.tryLock(1, TimeUnit.HOURS);
                } catch (InterruptedException e) {
                    return Thread.interrupted() ? "flag" : "no flag";
                }
            }).get());
        } finally {
            lock.unlock();
        }
    }

    @Test
    void a_cancel_of_an_item_ends_its_wait() throws Exception {
        var lock = Hosted.lock(pool());
        var begun = Hosted.event(pool());
        var ended = Hosted.event(pool());
        lock.lock();
        var task = patient().applyAsync(() -> {
            begun.set();
            try {
                lock.lock();
                lock.unlock();
            } catch (CallInterruptedException e) {
                ended.set();
            }
        });
        begun.await();
        task.cancel(true);
        ended.await();
        lock.unlock();
    }

    @Test
    void what_an_item_leaves_locked_is_unlocked_at_its_end_and_the_next_is_told() {
        var lock = Hosted.lock(pool());
        try (var log = Logged.here()) {
            pool().with(o -> o.withName("careless")).map(n -> n != 4 || lock.tryLock(), upTo(5));
            awaitWarning(log, "item 4 of call 'careless' ended and left a shared lock locked;"
                    + " it was unlocked, and whoever takes it next is told");
        }
        var told = assertThrows(AbandonedLockException.class, lock::tryLock);
        assertTrue(told.getMessage().startsWith("item 4, in process "), told::getMessage);
        assertTrue(told.getMessage().endsWith("has ended and left this lock locked; what it guards may"
                + " be half changed. This thread holds the lock now"), told::getMessage);
        assertTrue(lock.isHeldByCurrentThread());
        lock.unlock();
        assertTrue(tryAndUnlock(lock), "only the next is told");
    }

    @Test
    void what_a_failed_item_leaves_locked_is_unlocked_too() {
        var lock = Hosted.lock(pool());
        try (var log = Logged.here()) {
            failureOf(() -> pool().apply(() -> {
                lock.lock();
                lock.lock();
                throw new IllegalStateException("on purpose");
            }));
            awaitWarning(log, "item 0 ended and left a shared lock locked");
            assertEquals("told", pool().apply(() -> {
                try {
                    return "" + lock.tryLock();
                } catch (AbandonedLockException e) {
                    lock.unlock();
                    return lock.isHeldByCurrentThread() ? "held twice" : "told";
                }
            }));
        }
    }

    @Test
    void it_ends_with_its_pool() {
        SharedLock lock;
        try (var other = open(c -> c.withWorkers(1))) {
            lock = Hosted.lock(other);
            assertTrue(other.apply(() -> tryAndUnlock(lock)));
        }
        assertThrows(PoolClosedException.class, lock::lock);
        assertThrows(PoolClosedException.class, lock::tryLock);
        assertThrows(PoolClosedException.class, lock::newCondition);
        var closed = open(c -> c.withWorkers(1));
        closed.close();
        assertThrows(PoolClosedException.class, () -> Hosted.lock(closed));
    }
}
