package dev.mitosis.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.PoolClosedException;
import dev.mitosis.RemoteCallable;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.share.AbandonedLockException;
import dev.mitosis.share.Hosted;
import dev.mitosis.share.SharedLock;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import dev.mitosis.testing.Waits;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A child uses what its parent hosts, and is killed while it does.
@Tag("process")
@ExtendWith(LeakCheck.class)
class ChildHostsProcessTest {
    private static Pool pool; // for the tests of this class

    private final Gate gate = Gate.create();

    @BeforeAll
    static void openPool() {
        pool = Pool.open(1);
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @AfterEach
    void closeGate() {
        gate.close();
    }

    private static String take(SharedLock lock) {
        try {
            lock.lock();
            return "";
        } catch (AbandonedLockException e) {
            return e.getMessage();
        }
    }

    private static long kill(Child<?> child) {
        Processes.kill9(child.pid());
        assertEquals(child.pid(), assertThrows(WorkerDiedException.class, child::result).pid());
        return child.pid();
    }

    /// {@return a child that has taken something, and keeps it}
    private Child<String> holding(RemoteCallable<?> take) {
        var door = gate.door();
        var child = Child.start(() -> {
            var _ = take.call();
            return door.pass("holding");
        });
        assertEquals(child.pid(), gate.arrivalOf("holding").pid());
        return child;
    }

    /// {@return a child that waits in a hosted method}
    private Child<String> waiting(String method, RemoteCallable<String> call) {
        var door = gate.door();
        var child = Child.start(() -> Waits.in(method, door, "waiting", call::call));
        assertEquals(child.pid(), Waits.processOf(gate, "waiting"));
        return child;
    }

    @Test
    void a_child_a_worker_and_their_parent_use_the_same_lock_queue_and_counter() throws Exception {
        var lock = Hosted.lock(pool);
        var counter = Hosted.counter(pool);
        BlockingQueue<String> queue = Hosted.queue(pool, 1);
        try (var child = Child.start(() -> {
            for (int i = 0; i < 3; i++) {
                queue.put("element " + i);
                lock.lock();
                counter.getAndIncrement();
                lock.unlock();
            }
            return lock.toString();
        })) {
            assertEquals("element 0", queue.take());
            assertEquals("element 1", pool.apply(queue::take));
            assertEquals("element 2", queue.take());
            assertEquals("SharedLock[free]", child.result());
            assertEquals(3, counter.get());
        }
        assertTrue(lock.tryLock());
        lock.unlock();
    }

    @Test
    void whoever_takes_the_lock_of_a_killed_child_is_told() throws Exception {
        var lock = Hosted.lock(pool);
        try (var child = holding(() -> take(lock))) {
            var door = gate.door();
            var next = pool.applyAsync(() -> Waits.in("await", door, "next", () -> {
                var told = take(lock);
                lock.unlock();
                return told;
            }));
            Waits.processOf(gate, "next");

            long pid = kill(child);

            assertEquals("process " + pid + " has ended while it held this lock; what it guards may be half"
                    + " changed. This thread holds the lock now", next.get());
            assertEquals("", take(lock));
            lock.unlock();
        }
    }

    @Test
    void whoever_takes_the_lock_of_a_child_that_has_ended_is_told() {
        var lock = Hosted.lock(pool);
        try (var child = Child.start(() -> {
            lock.lock();
            return "ended";
        })) {
            assertEquals("ended", child.result());
            var told = assertThrows(AbandonedLockException.class, lock::lock);
            assertTrue(told.getMessage().startsWith("process " + child.pid() + " has ended"), told.getMessage());
            lock.unlock();
        }
    }

    @Test
    void a_child_that_is_killed_while_it_waits_takes_nothing() throws Exception {
        BlockingQueue<String> queue = Hosted.queue(pool, 1);
        var lock = Hosted.lock(pool);
        lock.lock();
        try (var taker = waiting("await", queue::take); var locker = waiting("await", () -> take(lock))) {
            kill(taker);
            kill(locker);

            queue.put("element");
            lock.unlock();

            assertEquals("element", queue.take());
            assertFalse(lock.isHeldByCurrentThread());
            assertEquals("", take(lock));
            lock.unlock();
        }
    }

    @Test
    void the_permits_of_a_killed_child_are_given_back() throws Exception {
        var semaphore = Hosted.semaphore(pool, 2);
        try (var child = holding(() -> semaphore.tryAcquire())) {
            assertEquals(1, semaphore.availablePermits());

            kill(child);

            semaphore.acquire(2);
            assertEquals(0, semaphore.availablePermits());
        }
    }

    private static String tryToTake(SharedLock lock) {
        try {
            lock.lock();
            return "taken";
        } catch (PoolClosedException e) {
            return "refused";
        }
    }

    @Test
    void a_child_of_a_child_takes_no_lock_that_its_parent_does_not_host() throws InterruptedException {
        var lock = Hosted.lock(pool);
        try (var child = Child.start(() -> {
            lock.lock();
            lock.unlock();
            try (var grandchild = Child.start(() -> tryToTake(lock))) {
                return grandchild.result();
            }
        })) {
            assertEquals("refused", child.result());
        }
        assertTrue(lock.tryLock(5, TimeUnit.SECONDS));
        lock.unlock();
    }
}
