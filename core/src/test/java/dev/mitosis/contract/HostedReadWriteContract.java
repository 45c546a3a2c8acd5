package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.failureOf;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.PoolClosedException;
import dev.mitosis.Task;
import dev.mitosis.TaskFailedException;
import dev.mitosis.share.AbandonedLockException;
import dev.mitosis.share.Hosted;
import dev.mitosis.share.SharedLongs;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Logged;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

/// The shared lock for many readers or one writer.
abstract class HostedReadWriteContract extends PoolContract {
    private static boolean tryAndUnlock(Lock lock) {
        boolean taken = lock.tryLock();
        if (taken) {
            lock.unlock();
        }
        return taken;
    }

    /// {@return what an item can do: read, write}
    private List<Boolean> possible(ReadWriteLock lock) {
        return pool().apply(given -> List.of(tryAndUnlock(given.readLock()), tryAndUnlock(given.writeLock())), lock);
    }

    @Test
    void many_read_together_and_nobody_writes_meanwhile() throws Exception {
        var lock = Hosted.readWriteLock(pool());
        try (var gate = Gate.create()) {
            var door = gate.door();
            var tasks = upTo(2).stream().map(n -> pool().applyAsync(() -> {
                lock.readLock().lock();
                door.pass(n);
                lock.readLock().unlock();
            })).toList();
            var visitors = List.of(gate.arrivalOf(0), gate.arrivalOf(1));

            assertEquals(List.of(true, false), possible(lock));
            assertFalse(lock.writeLock().tryLock(10, TimeUnit.MILLISECONDS));
            assertEquals(List.of(true, false), possible(lock), "a writer that has given up keeps nobody away");
            visitors.forEach(Gate.Visitor::release);
            for (var task : tasks) {
                task.get();
            }
            assertEquals(List.of(true, true), possible(lock));
        }
    }

    @Test
    void one_writes_alone() throws Exception {
        var lock = Hosted.readWriteLock(pool());
        lock.writeLock().lock();
        assertEquals(List.of(false, false), possible(lock));
        lock.writeLock().unlock();

        try (var numbers = SharedLongs.create(1)) {
            pool().map(_ -> {
                lock.writeLock().lock();
                long before = numbers.get(0);
                Thread.onSpinWait();
                numbers.set(0, before + 1);
                lock.writeLock().unlock();
                return before;
            }, upTo(150));
            assertEquals(150, numbers.get(0));
        }
    }

    @Test
    void a_writer_that_waits_goes_before_those_who_come_to_read() throws Exception {
        var lock = Hosted.readWriteLock(pool());
        lock.readLock().lock();
        var writing = pool().applyAsync(() -> {
            lock.writeLock().lock();
            lock.writeLock().unlock();
            return "written";
        });
        Eventually.holds("readers are kept away", () -> !possible(lock).getFirst());
        assertTrue(tryAndUnlock(lock.readLock()), "who reads already does not wait for a writer that waits for it");
        lock.readLock().unlock();
        assertEquals("written", writing.get());
    }

    @Test
    void a_writer_may_read_and_become_a_reader() {
        var lock = Hosted.readWriteLock(pool());
        lock.writeLock().lock();
        lock.writeLock().lock();
        lock.readLock().lock();
        lock.writeLock().unlock();
        assertEquals(List.of(false, false), possible(lock));
        lock.writeLock().unlock();
        assertEquals(List.of(true, false), possible(lock));
        lock.readLock().unlock();
        assertEquals(List.of(true, true), possible(lock));
    }

    @Test
    void a_reader_that_wants_to_write_is_told_that_it_would_wait_for_itself() {
        var lock = Hosted.readWriteLock(pool());
        var told = assertInstanceOf(IllegalMonitorStateException.class, failureOf(() -> pool().apply(() -> {
            lock.readLock().lock();
            try {
                lock.writeLock().lock();
            } finally {
                lock.readLock().unlock();
            }
        })).getCause());
        assertEquals("this thread holds the lock to read, and would wait for itself to write", told.getMessage());
        assertEquals(List.of(true, true), possible(lock));
    }

    @Test
    void only_who_holds_it_unlocks_it() {
        var lock = Hosted.readWriteLock(pool());
        lock.readLock().lock();
        for (var side : List.of(lock.readLock(), lock.writeLock())) {
            var told = failureOf(() -> pool().apply(() -> side.unlock())).getCause();
            assertEquals("this thread does not hold the lock",
                    assertInstanceOf(IllegalMonitorStateException.class, told).getMessage());
        }
        lock.readLock().unlock();
    }

    @Test
    void all_are_told_of_a_writer_that_has_left_until_one_has_written() {
        var lock = Hosted.readWriteLock(pool());
        try (var log = Logged.here()) {
            pool().with(o -> o.withName("careless")).apply(() -> lock.writeLock().lock());
            var told = assertThrows(AbandonedLockException.class, () -> lock.readLock().lock());
            assertEquals("item 0 of call 'careless' ended and left a shared lock locked; what it guards may be half"
                    + " changed. This thread holds the lock now", told.getMessage());
            lock.readLock().unlock();
            assertFalse(log.messages(Level.WARNING).isEmpty());
        }
        assertEquals(List.of("told to write", "as if nothing had been"), pool().apply(
                () -> List.of(tellsOf(lock.writeLock()), tellsOf(lock.writeLock()))));
    }

    private static String tellsOf(Lock lock) {
        try {
            lock.lock();
            return "as if nothing had been";
        } catch (AbandonedLockException e) {
            return "told to write";
        } finally {
            lock.unlock();
        }
    }

    @Test
    void an_item_that_holds_locks_of_a_pool_that_is_closed_ends_as_any_other() throws Exception {
        try (var gate = Gate.create(); var user = open(c -> c.withWorkers(1))) {
            var door = gate.door();
            long pid = user.apply(() -> ProcessHandle.current().pid());
            Task<Void> task;
            try (var host = open(c -> c.withWorkers(1))) {
                var lock = Hosted.readWriteLock(host);
                var left = Hosted.readWriteLock(host);
                var another = Hosted.lock(host);
                task = user.applyAsync(() -> {
                    left.readLock().lock();
                    another.lock();
                    lock.writeLock().lock();
                    door.pass("holder");
                    lock.writeLock().unlock();
                });
                gate.arrivalOf("holder");
            }
            gate.open();

            var told = assertThrows(ExecutionException.class, () -> task.get(20, TimeUnit.SECONDS));
            assertInstanceOf(PoolClosedException.class,
                    assertInstanceOf(TaskFailedException.class, told.getCause()).getCause());
            assertEquals(pid, user.apply(() -> ProcessHandle.current().pid()));
        }
    }

    @Test
    void there_are_no_conditions() {
        var lock = Hosted.readWriteLock(pool());
        assertThrows(UnsupportedOperationException.class, lock.readLock()::newCondition);
        assertThrows(UnsupportedOperationException.class, lock.writeLock()::newCondition);
    }
}
