package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.failureOf;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.PoolClosedException;
import dev.mitosis.share.Hosted;
import dev.mitosis.share.SharedBarrier;
import dev.mitosis.share.SharedCounter;
import dev.mitosis.share.SharedSemaphore;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Waits;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/// Shared semaphores, latches, barriers, events and counters.
abstract class HostedOthersContract extends PoolContract {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void a_semaphore_gives_as_many_permits_as_it_has() throws Exception {
        var semaphore = Hosted.semaphore(pool(), 3);
        assertTrue(pool().apply(() -> {
            semaphore.acquire();
            return semaphore.tryAcquire() && semaphore.tryAcquire(1, TimeUnit.HOURS);
        }));
        assertEquals(0, semaphore.availablePermits());
        assertFalse(semaphore.tryAcquire());
        assertFalse(pool().apply(() -> semaphore.tryAcquire(10, TimeUnit.MILLISECONDS)));
        var waiting = pool().applyAsync(() -> semaphore.acquire(2));
        semaphore.release();
        assertFalse(waiting.isDone());
        pool().apply(() -> semaphore.release(2));
        waiting.get();
        assertEquals(1, semaphore.availablePermits());
        assertFalse(semaphore.tryAcquire(2, 0, TimeUnit.SECONDS));
        assertEquals("no semaphore has -1 permits to give", assertThrows(
                IllegalArgumentException.class, () -> semaphore.acquire(-1)).getMessage());
    }

    @Test
    void an_interrupted_thread_gets_a_permit_only_without_a_wait() throws Exception {
        var semaphore = Hosted.semaphore(pool(), 1);
        assertEquals("true, not acquired, cleared", pool().apply(() -> interrupted(semaphore)));
        assertEquals("true, not acquired, cleared", Calls.start(() -> interrupted(semaphore)).get());
        assertEquals(1, semaphore.availablePermits());
    }

    private static String interrupted(SharedSemaphore semaphore) {
        Thread.currentThread().interrupt();
        boolean taken = semaphore.tryAcquire();
        try {
            semaphore.acquire();
            return taken + ", acquired";
        } catch (InterruptedException e) {
            semaphore.release();
            return taken + ", not acquired" + (Thread.interrupted() ? "" : ", cleared");
        }
    }

    @Test
    void permits_that_others_have_given_back_are_not_given_again_when_a_worker_leaves() throws Exception {
        try (var other = open(c -> c.withWorkers(1).withMaxTasksPerWorker(1))) {
            var signals = Hosted.semaphore(other, 0);
            signals.release(2);
            other.apply(() -> signals.acquire(2)); // its worker leaves after that
            var lent = Hosted.semaphore(other, 2);
            var taken = Hosted.latch(other, 1);
            var given = Hosted.latch(other, 1);
            var task = other.applyAsync(() -> {
                lent.acquire(2);
                taken.countDown();
                given.await();
            });
            taken.await();
            lent.release(1);
            given.countDown();
            task.get();
            other.apply(() -> 0); // by a third worker, once the second is gone
            assertEquals(0, signals.availablePermits());
            assertTrue(lent.availablePermits() <= 2);
        }
    }

    @Test
    void a_latch_lets_all_pass_once_it_is_zero() throws Exception {
        var latch = Hosted.latch(pool(), 2);
        var waiting = pool().applyAsync(() -> latch.await());
        assertFalse(latch.await(10, TimeUnit.MILLISECONDS));
        pool().apply(() -> latch.countDown());
        assertEquals(1, latch.getCount());
        latch.countDown();
        waiting.get();
        assertTrue(pool().apply(() -> latch.await(1, TimeUnit.HOURS)));
        latch.countDown();
        assertEquals(0, latch.getCount());
        Hosted.latch(pool(), 0).await();
        assertEquals("a latch counts down from 0 or more, not from -1", assertThrows(
                IllegalArgumentException.class, () -> Hosted.latch(pool(), -1)).getMessage());
    }

    @Test
    void a_barrier_lets_all_go_on_when_all_have_come_again_and_again() throws Exception {
        var barrier = Hosted.barrier(pool(), 3);
        assertEquals(3, barrier.getParties());
        var others = upTo(2).stream().map(_ -> pool().applyAsync(() -> rounds(barrier))).toList();
        int here = rounds(barrier);
        assertEquals(50 * 3, here + others.get(0).get() + others.get(1).get(), "each round 0, 1 and 2 were missing");
        assertEquals(0, barrier.getNumberWaiting());
        assertEquals(0, Hosted.barrier(pool(), 1).await());
        assertEquals("a barrier waits for at least one, not for 0", assertThrows(
                IllegalArgumentException.class, () -> Hosted.barrier(pool(), 0)).getMessage());
    }

    private static int rounds(SharedBarrier barrier) throws InterruptedException, BrokenBarrierException {
        int missing = 0;
        for (int i = 0; i < 50; i++) {
            missing += barrier.await();
        }
        return missing;
    }

    @Test
    void a_barrier_is_broken_for_all_by_one_who_runs_out_of_time() throws Exception {
        var barrier = Hosted.barrier(pool(), 3);
        var waiting = pool().applyAsync(() -> barrier.await());
        Eventually.holds("one waits", () -> barrier.getNumberWaiting() == 1);
        assertInstanceOf(TimeoutException.class,
                failureOf(() -> pool().apply(() -> barrier.await(10, TimeUnit.MILLISECONDS))).getCause());
        var broken = assertThrows(ExecutionException.class, waiting::get).getCause().getCause();
        assertEquals("the barrier is broken: one who waited was interrupted, ran out of time or died, or it was"
                + " reset", assertInstanceOf(BrokenBarrierException.class, broken).getMessage());
        assertTrue(barrier.isBroken());
        assertThrows(BrokenBarrierException.class, barrier::await);
        barrier.reset();
        assertFalse(barrier.isBroken());
    }

    @Test
    void a_barrier_is_broken_by_an_interrupt_and_by_a_reset() throws Exception {
        var barrier = Hosted.barrier(pool(), 3);
        var first = pool().applyAsync(() -> barrier.await());
        Eventually.holds("one waits", () -> barrier.getNumberWaiting() == 1);
        var second = pool().applyAsync(() -> barrier.await());
        Eventually.holds("two wait", () -> barrier.getNumberWaiting() == 2);
        first.cancel(true);
        assertInstanceOf(BrokenBarrierException.class,
                assertThrows(ExecutionException.class, second::get).getCause().getCause());

        barrier.reset();
        var third = pool().applyAsync(() -> barrier.await());
        Eventually.holds("one waits", () -> barrier.getNumberWaiting() == 1);
        barrier.reset();
        assertInstanceOf(BrokenBarrierException.class,
                assertThrows(ExecutionException.class, third::get).getCause().getCause());
        assertFalse(barrier.isBroken());
    }

    @Test
    void an_event_lets_all_pass_while_it_is_set() throws Exception {
        var event = Hosted.event(pool());
        assertFalse(pool().apply(() -> event.isSet() || event.await(10, TimeUnit.MILLISECONDS)));
        var waiting = upTo(2).stream().map(_ -> pool().applyAsync(() -> event.await())).toList();
        pool().apply(() -> event.set());
        for (var task : waiting) {
            task.get();
        }
        assertTrue(pool().apply(() -> event.isSet() && event.await(0, TimeUnit.SECONDS)));
        event.clear();
        assertFalse(event.await(0, TimeUnit.SECONDS));
    }

    @Test
    void whoever_waits_for_an_event_goes_on_though_it_is_cleared_at_once() throws Exception {
        var event = Hosted.event(pool());
        var arrived = Hosted.latch(pool(), 1);
        var waiting = pool().applyAsync(() -> {
            arrived.countDown();
            event.await();
        });
        arrived.await();
        while (!waiting.isDone()) { // it may not have begun to wait yet
            event.set();
            event.clear();
        }
        waiting.get();
        assertFalse(event.isSet());
    }

    @Test
    void a_barrier_is_broken_by_one_who_comes_interrupted() {
        var barrier = Hosted.barrier(pool(), 1);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, barrier::await);
        assertTrue(barrier.isBroken());
    }

    @Test
    void a_counter_counts_each_step_once() {
        var counter = Hosted.counter(pool());
        pool().map(_ -> {
            for (int i = 0; i < 1_000; i++) {
                counter.incrementAndGet();
            }
            return 0;
        }, upTo(6));
        assertEquals(6_000, counter.get());
        assertEquals(List.of(6_000L, 6_005L, 6_005L, 6_005L), pool().apply(() -> List.of(counter.getAndAdd(5),
                counter.get(), counter.getAndIncrement(), counter.decrementAndGet())));
        assertEquals(true, pool().apply(given -> given.compareAndSet(6_005, 1), counter));
        assertFalse(counter.compareAndSet(6_005, 2));
        assertEquals("2", counter.addAndGet(1) + "");
        assertEquals("2", counter.toString());
    }

    @Test
    void they_end_with_their_pool() throws Exception {
        var other = open(c -> c.withWorkers(1));
        SharedCounter counter = Hosted.counter(other);
        var event = Hosted.event(other);
        var waiting = Calls.start(() -> event.await(1, TimeUnit.HOURS));
        other.close();
        Calls.failureOf(waiting, PoolClosedException.class);
        assertThrows(PoolClosedException.class, counter::get);
        assertThrows(PoolClosedException.class, event::set);
        assertThrows(PoolClosedException.class, () -> Hosted.counter(other));
    }

    private static String acquire(SharedSemaphore semaphore) {
        try {
            semaphore.acquire();
            return "acquired";
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }

    @Test
    void more_threads_may_wait_than_calls_and_one_of_their_process_lets_them_go() {
        var semaphore = Hosted.semaphore(pool(), 0);
        int many = 16_500;
        assertEquals(List.of("interrupted", "acquired"), patient().with(o -> o.withTimeout(LONG)).apply(() -> {
            var waits = upTo(many).stream().map(_ -> new FutureTask<>(() -> acquire(semaphore))).toList();
            var threads = waits.stream().map(Thread.ofVirtual()::start).toList();
            threads.forEach(thread -> Waits.await(thread, "acquire"));

            threads.getLast().interrupt();
            var ends = new LinkedHashSet<>(List.of(waits.getLast().get()));
            semaphore.release(many - 1);
            for (var wait : waits) {
                ends.add(wait.get());
            }
            return List.copyOf(ends);
        }));
        assertEquals(0, semaphore.availablePermits());
    }
}
