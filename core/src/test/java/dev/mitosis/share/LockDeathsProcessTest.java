package dev.mitosis.share;

import static dev.mitosis.testing.Calls.failureOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.Task;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import dev.mitosis.testing.Waits;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/// A worker is killed while it holds a shared lock, or waits for it or for a condition of it.
@Tag("process")
@ExtendWith(LeakCheck.class)
class LockDeathsProcessTest {
    private static Pool pool; // for the tests of this class

    private final Gate gate = Gate.create();
    private final SharedLock lock = Hosted.lock(pool);

    @BeforeAll
    static void openPool() {
        pool = Pool.open(3);
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @AfterEach
    void closeGate() {
        gate.close();
    }

    /// Takes the lock several times in a worker, and stays there; its process arrives as its holder.
    private Task<String> hold(String name) {
        var held = lock;
        var door = gate.door();
        return pool.applyAsync(() -> {
            var told = take(held);
            held.lock();
            held.lock();
            return door.pass(name + told);
        });
    }

    /// Takes the lock in a worker that has to wait for it.
    private Task<String> waitForLock(String name) {
        var wanted = lock;
        var door = gate.door();
        return pool.applyAsync(() -> Waits.in("await", door, name, () -> {
            var told = take(wanted);
            wanted.unlock();
            return told;
        }));
    }

    /// {@return what whoever takes the lock is told, which he holds}
    private static String take(SharedLock lock) {
        try {
            lock.lock();
            return "";
        } catch (AbandonedLockException e) {
            return lock.isHeldByCurrentThread() ? e.getMessage() : "told, and does not hold it";
        }
    }

    private Task<String> waitForSignal(String name, Condition condition) {
        var wanted = lock;
        var door = gate.door();
        return pool.applyAsync(() -> {
            wanted.lock();
            try {
                boolean is = Waits.in("awaitSignal", door, name, () -> condition.await(20, TimeUnit.SECONDS));
                return is ? "signalled" : "forgotten";
            } catch (AbandonedLockException e) {
                return e.getMessage();
            } finally {
                wanted.unlock();
            }
        });
    }

    private static void assertDied(long pid, Task<?> task) {
        var failure = failureOf(task, WorkerDiedException.class);
        assertEquals(pid, failure.pid());
        assertTrue(failure.getMessage().contains("SIGKILL"), failure.getMessage());
    }

    private static long kill(long pid, Task<?> task) {
        Processes.kill9(pid);
        assertDied(pid, task);
        return pid;
    }

    private static String left(long pid) {
        return "process " + pid + " has ended while it held this lock;"
                + " what it guards may be half changed. This thread holds the lock now";
    }

    private void assertFreeAndWhole() {
        assertTrue(lock.tryLock());
        lock.unlock();
        assertFalse(lock.isHeldByCurrentThread());
        assertEquals(2, pool.apply(() -> 2));
    }

    @Test
    void whoever_takes_the_lock_of_a_killed_worker_holds_it_and_is_told() throws Exception {
        for (var method : new Executable[] {
            lock::lock, lock::lockInterruptibly, lock::tryLock, () -> lock.tryLock(1, TimeUnit.SECONDS)
        }) {
            var holder = hold("holder");
            long pid = kill(gate.arrivalOf("holder").pid(), holder);

            var told = assertThrows(AbandonedLockException.class, method);

            assertEquals(left(pid), told.getMessage());
            assertTrue(lock.isHeldByCurrentThread());
            lock.unlock();
            assertFreeAndWhole();
        }
    }

    @Test
    void one_of_those_who_wait_for_the_lock_of_a_killed_worker_is_told() throws Exception {
        var holder = hold("holder");
        long pid = gate.arrivalOf("holder").pid();
        var first = waitForLock("first");
        var second = waitForLock("second");
        Waits.processOf(gate, "first");
        Waits.processOf(gate, "second");

        kill(pid, holder);

        assertEquals(left(pid), first.get() + second.get(), "one is told, and repairs");
        assertFreeAndWhole();
    }

    @Test
    void whoever_was_told_and_is_killed_before_it_has_repaired_passes_that_on() {
        var first = hold("first");
        long one = kill(gate.arrivalOf("first").pid(), first);
        var second = hold("second");
        long two = kill(gate.arrivalOf("second" + left(one)).pid(), second);

        assertEquals(left(two), take(lock));

        lock.unlock();
        assertFreeAndWhole();
    }

    @Test
    void a_worker_that_is_killed_while_it_waits_for_the_lock_leaves_no_trace() throws Exception {
        lock.lock();
        var first = waitForLock("first");
        long pid = Waits.processOf(gate, "first");
        var second = waitForLock("second");
        Waits.processOf(gate, "second");

        kill(pid, first);
        lock.unlock();

        assertEquals("", second.get(), "nobody has left it");
        assertFreeAndWhole();
    }

    @Test
    void a_worker_that_is_killed_while_it_waits_for_a_signal_takes_none() throws Exception {
        var condition = lock.newCondition();
        var first = waitForSignal("first", condition);
        long pid = Waits.processOf(gate, "first");
        var second = waitForSignal("second", condition);
        Waits.processOf(gate, "second");

        kill(pid, first);
        lock.lock();
        condition.signal();
        lock.unlock();

        assertEquals("signalled", second.get());
        assertFreeAndWhole();
    }

    @Test
    void a_signal_that_a_killed_worker_could_not_use_is_passed_on() throws Exception {
        var condition = lock.newCondition();
        var first = waitForSignal("first", condition);
        long pid = Waits.processOf(gate, "first");
        var second = waitForSignal("second", condition);
        Waits.processOf(gate, "second");

        lock.lock();
        condition.signal(); // the first one waits for the lock now
        kill(pid, first);
        lock.unlock();

        assertEquals("signalled", second.get());
        assertFreeAndWhole();
    }

    @Test
    void one_who_waits_for_a_signal_is_told_that_the_lock_was_left_locked() throws Exception {
        var condition = lock.newCondition();
        var waiter = waitForSignal("waiter", condition);
        Waits.processOf(gate, "waiter");
        var holder = hold("holder");

        long pid = kill(gate.arrivalOf("holder").pid(), holder);

        assertEquals(left(pid), waiter.get(), "or it would wait for the dead");
        assertFreeAndWhole();
    }

    @Test
    void one_who_waits_for_a_signal_is_told_that_an_item_has_left_the_lock_locked() throws Exception {
        var condition = lock.newCondition();
        var waiter = waitForSignal("waiter", condition);
        Waits.processOf(gate, "waiter");
        var forgotten = lock;

        pool.apply(() -> take(forgotten));

        assertTrue(waiter.get().contains("has ended and left this lock locked"), waiter.get());
        assertFreeAndWhole();
    }

    @Test
    void whoever_was_signalled_by_a_worker_that_is_killed_is_told() throws Exception {
        var condition = lock.newCondition();
        var waiter = waitForSignal("waiter", condition);
        Waits.processOf(gate, "waiter");
        var held = lock;
        var door = gate.door();
        var signaller = pool.applyAsync(() -> {
            held.lock();
            condition.signal();
            return door.pass("signaller");
        });

        long pid = kill(gate.arrivalOf("signaller").pid(), signaller);

        assertEquals(left(pid), waiter.get());
        assertFreeAndWhole();
    }
}
