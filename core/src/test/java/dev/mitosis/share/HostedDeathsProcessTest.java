package dev.mitosis.share;

import static dev.mitosis.testing.Calls.failureOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.RemoteCallable;
import dev.mitosis.Task;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import dev.mitosis.testing.Waits;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A worker is killed while it holds or waits: others go on, and the state is as if it had not come.
@Tag("process")
@ExtendWith(LeakCheck.class)
class HostedDeathsProcessTest {
    private static Pool pool; // for the tests of this class

    private final Gate gate = Gate.create();

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

    /// A worker that is about to be killed, or not.
    ///
    /// @param pid its process
    /// @param task what it does
    private record Worker<R>(long pid, Task<R> task) {
        /// Kills it, and waits until that is known.
        long kill() {
            Processes.kill9(pid);
            assertEquals(pid, failureOf(task, WorkerDiedException.class).pid());
            return pid;
        }
    }

    /// {@return a worker that waits in a hosted method}
    private <R> Worker<R> waiting(String method, RemoteCallable<R> call) {
        var door = gate.door();
        var task = pool.applyAsync(() -> Waits.in(method, door, "waiting", call::call));
        return new Worker<>(Waits.processOf(gate, "waiting"), task);
    }

    /// {@return a worker that has taken something, and keeps it}
    private Worker<String> holding(RemoteCallable<?> take) {
        var door = gate.door();
        var task = pool.applyAsync(() -> {
            var _ = take.call();
            return door.pass("holding");
        });
        return new Worker<>(gate.arrivalOf("holding").pid(), task);
    }

    private static String take(Lock lock) {
        try {
            lock.lock();
            return "";
        } catch (AbandonedLockException e) {
            return e.getMessage();
        }
    }

    private static String takeAndGive(Lock lock) {
        var told = take(lock);
        lock.unlock();
        return told;
    }

    // -- semaphore, latch, event, barrier ----------------------------------------------------

    @Test
    void the_permits_of_a_killed_worker_are_given_back_to_those_who_wait() throws Exception {
        var semaphore = Hosted.semaphore(pool, 3);
        var holder = holding(() -> {
            semaphore.acquire(3);
            semaphore.release();
            return 2;
        });
        var waiter = waiting("acquire", () -> {
            semaphore.acquire(3);
            semaphore.release(3);
            return "acquired";
        });

        holder.kill();

        assertEquals("acquired", waiter.task().get());
        assertEquals(3, semaphore.availablePermits());
    }

    @Test
    void a_worker_that_is_killed_while_it_waits_for_permits_takes_none() throws Exception {
        var semaphore = Hosted.semaphore(pool, 0);
        var first = waiting("acquire", () -> {
            semaphore.acquire();
            return "first";
        });
        var second = waiting("acquire", () -> {
            semaphore.acquire();
            return "second";
        });

        first.kill();
        semaphore.release();

        assertEquals("second", second.task().get());
        assertEquals(0, semaphore.availablePermits());
    }

    @Test
    void a_latch_opens_for_the_others_when_one_who_waits_was_killed() throws Exception {
        var latch = Hosted.latch(pool, 1);
        var first = waiting("await", () -> awaitLatch(latch));
        var second = waiting("await", () -> awaitLatch(latch));

        first.kill();
        assertEquals(1, latch.getCount());
        latch.countDown();

        assertEquals("open", second.task().get());
    }

    private static String awaitLatch(SharedLatch latch) throws InterruptedException {
        latch.await();
        return "open";
    }

    @Test
    void an_event_is_seen_by_the_others_when_one_who_waits_was_killed() throws Exception {
        var event = Hosted.event(pool);
        var first = waiting("await", () -> awaitEvent(event));
        var second = waiting("await", () -> awaitEvent(event));

        first.kill();
        assertFalse(event.isSet());
        event.set();

        assertEquals("set", second.task().get());
    }

    private static String awaitEvent(SharedEvent event) throws InterruptedException {
        event.await();
        return "set";
    }

    @Test
    void a_barrier_breaks_for_all_who_wait_with_a_worker_that_is_killed() throws Exception {
        var barrier = Hosted.barrier(pool, 4);
        var first = waiting("await", barrier::await);
        var second = waiting("await", () -> awaitBarrier(barrier));
        var here = Calls.start(() -> awaitBarrier(barrier));
        Eventually.holds("all wait", () -> barrier.getNumberWaiting() == 3);

        first.kill();

        assertEquals("broken", second.task().get());
        assertEquals("broken", here.get());
        assertTrue(barrier.isBroken());
        assertEquals("broken", awaitBarrier(barrier), "until it is reset");
        barrier.reset();
        assertFalse(barrier.isBroken());
        assertEquals(0, barrier.getNumberWaiting());
    }

    private static String awaitBarrier(SharedBarrier barrier) throws InterruptedException {
        try {
            barrier.await();
            return "complete";
        } catch (BrokenBarrierException e) {
            return "broken";
        }
    }

    // -- read-write lock ---------------------------------------------------------------------

    private static String left(long pid) {
        return "process " + pid + " has ended while it held a shared lock to write;"
                + " what it guards may be half changed. This thread holds the lock now";
    }

    @Test
    void a_reader_that_is_killed_lets_a_writer_in() throws Exception {
        var lock = Hosted.readWriteLock(pool);
        var reader = holding(() -> take(lock.readLock()));
        var writer = waiting("enter", () -> takeAndGive(lock.writeLock()));

        reader.kill();

        assertEquals("", writer.task().get(), "it has changed nothing");
        assertEquals("", takeAndGive(lock.writeLock()));
    }

    @Test
    void all_are_told_of_a_writer_that_was_killed_until_one_has_written() throws Exception {
        var lock = Hosted.readWriteLock(pool);
        var writer = holding(() -> take(lock.writeLock()));
        var reader = waiting("enter", () -> takeAndGive(lock.readLock()));

        long pid = writer.kill();

        assertEquals(left(pid), reader.task().get());
        assertEquals(left(pid), takeAndGive(lock.readLock()));
        assertEquals(left(pid), pool.apply(() -> takeAndGive(lock.writeLock())));
        assertEquals("", takeAndGive(lock.readLock()));
        assertEquals("", takeAndGive(lock.writeLock()));
    }

    @Test
    void a_writer_that_waits_is_told_of_one_that_was_killed() throws Exception {
        var lock = Hosted.readWriteLock(pool);
        var first = holding(() -> take(lock.writeLock()));
        var second = waiting("enter", () -> takeAndGive(lock.writeLock()));

        long pid = first.kill();

        assertEquals(left(pid), second.task().get());
        assertEquals("", takeAndGive(lock.readLock()));
    }

    @Test
    void a_writer_that_is_killed_while_it_waits_keeps_no_reader_out() throws Exception {
        var lock = Hosted.readWriteLock(pool);
        lock.readLock().lock();
        var writer = waiting("enter", () -> takeAndGive(lock.writeLock()));
        Eventually.holds("the writer goes first", () -> !pool.apply(() -> tryAndGive(lock.readLock())));

        writer.kill();

        assertEquals("", pool.apply(() -> takeAndGive(lock.readLock())));
        lock.readLock().unlock();
        assertEquals("", takeAndGive(lock.writeLock()));
    }

    private static boolean tryAndGive(Lock lock) {
        boolean taken = lock.tryLock();
        if (taken) {
            lock.unlock();
        }
        return taken;
    }

    // -- queue -------------------------------------------------------------------------------

    @Test
    void a_worker_that_is_killed_while_it_takes_takes_nothing() throws Exception {
        BlockingQueue<String> queue = Hosted.queue(pool, 2);
        var first = waiting("await", queue::take);
        var second = waiting("await", queue::take);

        first.kill();
        queue.put("element");

        assertEquals("element", second.task().get());
        assertEquals(0, queue.size());
    }

    @Test
    void a_worker_that_is_killed_while_it_puts_puts_nothing() throws Exception {
        BlockingQueue<String> queue = Hosted.queue(pool, 1);
        queue.put("here already");
        var first = waiting("await", () -> putAnd(queue, "first"));
        var second = waiting("await", () -> putAnd(queue, "second"));

        first.kill();

        assertEquals("here already", queue.take());
        assertEquals(2, second.task().get());
        assertEquals("second", queue.take());
        assertThrows(NoSuchElementException.class, queue::remove);
    }

    private static int putAnd(BlockingQueue<String> queue, String element) throws InterruptedException {
        queue.put(element);
        return 2;
    }

    @Test
    void elements_of_a_killed_worker_stay_however_large_they_are() throws Exception {
        BlockingQueue<byte[]> queue = Hosted.queue(pool, 10);
        var producer = holding(() -> {
            queue.put(new byte[100]);
            queue.put(new byte[1 << 20]);
            return queue.offer(new byte[200_000]);
        });

        producer.kill();

        assertEquals(100, queue.take().length);
        assertEquals(1 << 20, pool.apply(queue::take).length);
        assertEquals(200_000, queue.take().length);
    }
}
