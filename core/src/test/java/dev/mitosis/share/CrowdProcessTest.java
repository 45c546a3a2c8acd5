package dev.mitosis.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mitosis.Pool;
import dev.mitosis.RemoteCallable;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Waits;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// More threads of one process in hosted objects than may wait there at a time.
@Tag("process")
@ExtendWith(LeakCheck.class)
class CrowdProcessTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int MANY = 16_500;

    private final Pool pool = Pool.open(1);

    @AfterEach
    void closePool() {
        pool.close();
    }

    private <R> R apply(RemoteCallable<R> item) {
        return pool.with(o -> o.withTimeout(LONG)).apply(item);
    }

    /// Threads of the process that makes them.
    private record Crowd<R>(List<FutureTask<R>> waits, List<Thread> threads) {
        static <R> Crowd<R> of(int many, Callable<R> wait) {
            var waits = IntStream.range(0, many).mapToObj(_ -> new FutureTask<>(wait)).toList();
            return new Crowd<>(waits, waits.stream().map(Thread.ofVirtual()::start).toList());
        }

        void await(String method) {
            threads.forEach(thread -> Waits.await(thread, method));
        }

        List<R> results() throws Exception {
            var all = new ArrayList<R>();
            for (var wait : waits) {
                all.add(wait.get());
            }
            return all;
        }
    }

    /// What the one who wants the lock would bring about, many wait for.
    private record LockedEvent(Lock lock, SharedEvent event) implements Serializable {
        int setWhileOthersWait(String method, Gate.Door door) throws Exception {
            var crowd = Crowd.of(MANY, () -> event.await(1, TimeUnit.HOURS));
            crowd.await("await");
            Waits.in(method, door, "one wants the lock", () -> {
                lock.lock();
                return 0;
            });
            try {
                event.set();
            } finally {
                lock.unlock();
            }
            return crowd.results().size();
        }
    }

    private void assertLockIsTaken(Lock lock, String method) throws Exception {
        try (var gate = Gate.create()) {
            var locked = new LockedEvent(lock, Hosted.event(pool));
            var door = gate.door();
            lock.lock();
            var setting = pool.with(o -> o.withTimeout(LONG))
                    .applyAsync(() -> locked.setWhileOthersWait(method, door));
            Waits.processOf(gate, "one wants the lock");
            lock.unlock();
            assertEquals(MANY, setting.get());
        }
    }

    @Test
    void a_taken_lock_is_waited_for_however_many_wait_for_other_things() throws Exception {
        assertLockIsTaken(Hosted.lock(pool), "await");
    }

    @Test
    void a_taken_lock_for_readers_and_writers_is_so_too() throws Exception {
        assertLockIsTaken(Hosted.readWriteLock(pool).writeLock(), "enter");
    }

    @Test
    void a_lock_is_tried_however_many_wait_for_it() {
        var lock = Hosted.readWriteLock(pool);
        lock.writeLock().lock();
        assertFalse(apply(() -> {
            var crowd = Crowd.of(MANY, () -> lock.writeLock().tryLock(1, TimeUnit.HOURS));
            crowd.await("enter");
            boolean taken = lock.writeLock().tryLock();
            crowd.threads().forEach(Thread::interrupt);
            return taken;
        }));
        lock.writeLock().unlock();
    }

    @Test
    void all_parties_of_a_barrier_may_be_threads_of_one_process() {
        int parties = 1_100;
        var barrier = Hosted.barrier(pool, parties);
        assertEquals(IntStream.range(0, parties).boxed().toList(),
                apply(() -> Crowd.of(parties, barrier::await).results().stream().sorted().toList()));
    }
}
