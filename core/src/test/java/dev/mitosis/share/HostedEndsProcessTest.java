package dev.mitosis.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.PoolClosedException;
import dev.mitosis.Task;
import dev.mitosis.internal.Holdings;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Waits;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReadWriteLock;
import dev.mitosis.TaskFailedException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Whoever waits in a hosted object learns that its pool was closed, and nothing of that is left.
@Tag("process")
@ExtendWith(LeakCheck.class)
class HostedEndsProcessTest {
    private final Map<String, FutureTask<Object>> waits = new LinkedHashMap<>();

    /// What is waited for.
    ///
    /// @param lock is held by a worker
    /// @param other is held by nobody
    /// @param signalled of that, which nobody does
    /// @param readWrite is held by a worker to write
    /// @param full a queue with one element, its capacity
    /// @param empty a queue
    private record Things(SharedLock lock, SharedLock other, Condition signalled, ReadWriteLock readWrite,
            BlockingQueue<String> full, BlockingQueue<String> empty) implements Serializable {
        static Things of(Pool pool) {
            var other = Hosted.lock(pool);
            return new Things(Hosted.lock(pool), other, other.newCondition(), Hosted.readWriteLock(pool),
                    Hosted.queue(pool, 1), Hosted.queue(pool, 1));
        }

        Object hold(Gate.Door door) throws Exception {
            lock.lock();
            readWrite.writeLock().lock();
            full.put("element");
            return door.pass("holder");
        }

        Object awaitSignal() throws InterruptedException {
            other.lock();
            return signalled.await(100, TimeUnit.SECONDS);
        }
    }

    /// Begins to wait, on a thread of its own.
    private void begin(String name, String method, Callable<?> wait) {
        var task = new FutureTask<Object>(wait::call);
        waits.put(name, task);
        Waits.await(Thread.ofPlatform().daemon().name(name).start(task), method);
    }

    private static Object done(AutoCloseable wait) throws Exception {
        wait.close();
        return "done";
    }

    private void beginAll(Pool pool, Things things) {
        begin("lock", "await", () -> done(things.lock()::lock));
        begin("timed lock", "await", () -> things.lock().tryLock(100, TimeUnit.SECONDS));
        begin("condition", "awaitSignal", things::awaitSignal);
        begin("reader", "enter", () -> done(things.readWrite().readLock()::lock));
        begin("writer", "enter", () -> done(things.readWrite().writeLock()::lock));
        begin("put", "await", () -> done(() -> things.full().put("another")));
        begin("take", "await", things.empty()::take);
        begin("semaphore", "acquire", () -> done(Hosted.semaphore(pool, 0)::acquire));
        begin("latch", "await", () -> done(Hosted.latch(pool, 1)::await));
        begin("barrier", "await", Hosted.barrier(pool, 2)::await);
        begin("event", "await", () -> done(Hosted.event(pool)::await));
    }

    private void assertAllAreTold() throws Exception {
        for (var wait : waits.entrySet()) {
            var failure = assertThrows(ExecutionException.class,
                    () -> wait.getValue().get(10, TimeUnit.SECONDS), wait.getKey());
            assertInstanceOf(PoolClosedException.class, failure.getCause(), wait.getKey());
        }
    }

    private static void assertIsThereNoMore(Things things) {
        assertThrows(PoolClosedException.class, things.lock()::lock);
        assertThrows(PoolClosedException.class, things.other()::tryLock);
        assertThrows(PoolClosedException.class, things.empty()::poll);
        assertThrows(PoolClosedException.class, things.readWrite().readLock()::lock);
    }

    @Test
    void whoever_waits_when_the_pool_is_terminated_is_told() throws Exception {
        try (var gate = Gate.create(); var pool = Pool.open(1)) {
            var things = Things.of(pool);
            var door = gate.door();
            var holder = pool.applyAsync(() -> things.hold(door));
            gate.arrival();
            beginAll(pool, things);

            pool.terminate();

            assertAllAreTold();
            assertThrows(Exception.class, holder::get);
            assertIsThereNoMore(things);
        }
    }

    @Test
    void whoever_waits_when_the_pool_is_closed_is_told() throws Exception {
        var pool = Pool.open(1);
        var things = Things.of(pool);
        pool.apply(() -> {
            things.full().put("element");
            return 1;
        });
        begin("put", "await", () -> done(() -> things.full().put("another")));
        begin("take", "await", things.empty()::take);
        begin("condition", "awaitSignal", things::awaitSignal);
        begin("latch", "await", () -> done(Hosted.latch(pool, 1)::await));

        pool.close();

        assertAllAreTold();
        assertIsThereNoMore(things);
    }

    @Test
    void workers_that_wait_are_ended_with_the_pool() throws Exception {
        try (var gate = Gate.create(); var pool = Pool.open(2)) {
            var things = Things.of(pool);
            var door = gate.door();
            var taker = pool.applyAsync(() -> Waits.in("await", door, "taker", things.empty()::take));
            var signalled = pool.applyAsync(() -> Waits.in("awaitSignal", door, "signalled", things::awaitSignal));
            Waits.processOf(gate, "taker");
            Waits.processOf(gate, "signalled");

            pool.terminate();

            assertThrows(Exception.class, () -> taker.get(10, TimeUnit.SECONDS));
            assertThrows(Exception.class, () -> signalled.get(10, TimeUnit.SECONDS));
            assertEquals(0, pool.stats().workers().stream().filter(worker -> worker.state().equals("busy")).count());
        }
    }

    @Test
    void a_lock_that_is_unlocked_after_its_pool_was_closed_is_held_no_more() {
        var holdings = new Holdings();
        var outer = holdings.enter();
        try {
            SharedLock lock;
            try (var pool = Pool.open(1)) {
                lock = Hosted.lock(pool);
                lock.lock();
            }
            assertThrows(PoolClosedException.class, lock::unlock);
            assertTrue(holdings.isEmpty());
        } finally {
            Holdings.leave(outer);
        }
    }

    private static SharedLock kept; // in the worker of another pool

    @Test
    void a_worker_of_another_pool_that_still_has_the_memory_is_told() {
        try (var other = Pool.open(1)) {
            try (var pool = Pool.open(1)) {
                var lock = Hosted.lock(pool);
                other.apply(() -> {
                    kept = lock;
                    kept.lock();
                    kept.unlock();
                });
            }
            var failure = assertThrows(TaskFailedException.class, () -> other.apply(() -> kept.lock()));
            assertInstanceOf(PoolClosedException.class, failure.getCause());
        }
    }

    private static boolean isForgotten(Gate.Door door, SharedLock lock) throws Exception {
        lock.lock();
        door.pass("holder");
        assertThrows(IllegalMonitorStateException.class, lock::unlock);
        return Holdings.here().isEmpty();
    }

    @Test
    void a_worker_of_another_pool_that_unlocks_it_late_holds_it_no_more() throws Exception {
        try (var gate = Gate.create(); var other = Pool.open(1)) {
            var door = gate.door();
            Gate.Visitor holder;
            Task<Boolean> late;
            try (var pool = Pool.open(1)) {
                var lock = Hosted.lock(pool);
                late = other.applyAsync(() -> isForgotten(door, lock));
                holder = gate.arrivalOf("holder");
            }
            holder.release();
            assertTrue(late.get());
        }
    }
}
