package dev.mitosis.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.TaskTimeoutException;
import dev.mitosis.testing.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Hosted objects whose methods wait, and callers that are interrupted meanwhile.
abstract class HostWaitsContract extends PoolContract {
    private static final Duration LIMIT = Duration.ofMillis(150);

    /// Has methods that wait.
    interface Station {
        /// Waits for ever.
        void stay() throws InterruptedException;

        /// Waits for a passenger, and has taken one when it is interrupted: nobody may lose that.
        String fetch();

        /// Says what has become of a call.
        void report(String what);
    }

    private static final class Platform implements Station {
        final CountDownLatch arrived = new CountDownLatch(1);
        final CountDownLatch interrupted = new CountDownLatch(1);
        final List<String> reports = new CopyOnWriteArrayList<>();

        @Override
        public void stay() throws InterruptedException {
            arrived.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
        }

        @Override
        public String fetch() {
            try {
                stay();
                throw new AssertionError("nobody counts down");
            } catch (InterruptedException e) {
                return "passenger";
            }
        }

        @Override
        public void report(String what) {
            reports.add(what);
        }

        void awaitReports(String... expected) {
            Eventually.holds("reports are " + List.of(expected), () -> reports.equals(List.of(expected)));
        }
    }

    @Test
    void a_time_out_of_the_item_interrupts_the_method() throws Exception {
        var platform = new Platform();
        var station = pool().host(Station.class, platform);
        var limited = pool().with(o -> o.withTimeout(LIMIT).withGrace(Duration.ofSeconds(20)));

        assertThrows(TaskTimeoutException.class, () -> limited.apply(() -> stay(station)));

        platform.interrupted.await();
        platform.awaitReports("interrupted");
    }

    private static int stay(Station station) {
        try {
            station.stay();
        } catch (InterruptedException e) {
            station.report(Thread.currentThread().isInterrupted() ? "flag" : "interrupted");
        }
        return 0;
    }

    @Test
    void a_cancel_of_the_item_interrupts_the_method() throws Exception {
        var platform = new Platform();
        var station = pool().host(Station.class, platform);
        var task = patient().applyAsync(() -> stay(station));
        platform.arrived.await();

        task.cancel(true);

        platform.awaitReports("interrupted");
    }

    @Test
    void what_an_interrupted_method_has_done_already_reaches_its_caller() throws Exception {
        var platform = new Platform();
        var station = pool().host(Station.class, platform);
        var task = patient().applyAsync(() -> station.report(station.fetch()));
        platform.arrived.await();

        task.cancel(true);

        platform.awaitReports("passenger");
    }

    @Test
    void an_interrupted_thread_still_calls_what_does_not_wait() {
        var platform = new Platform();
        var station = pool().host(Station.class, platform);
        assertTrue(pool().apply(() -> {
            Thread.currentThread().interrupt();
            station.report("still here");
            return Thread.interrupted();
        }));
        platform.awaitReports("still here");
    }

    @Test
    void an_interrupted_thread_does_not_wait() {
        var station = pool().host(Station.class, new Platform());
        assertTrue(pool().apply(() -> {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, station::stay);
            return !Thread.interrupted();
        }));
    }

    @Test
    void a_method_of_one_item_waits_for_that_of_another() throws Exception {
        var exchange = pool().host(Exchange.class, new Exchange.Direct());
        for (int i = 0; i < 20; i++) {
            int number = i;
            var taking = pool().applyAsync(() -> exchange.take());
            pool().apply(() -> exchange.give(number));
            assertEquals(i, taking.get());
        }
    }

    /// Hands numbers over.
    interface Exchange {
        void give(int number) throws InterruptedException;

        int take() throws InterruptedException;

        /// The only one.
        record Direct(SynchronousQueue<Integer> queue) implements Exchange {
            Direct() {
                this(new SynchronousQueue<>());
            }

            @Override
            public void give(int number) throws InterruptedException {
                assertTrue(queue.offer(number, 20, TimeUnit.SECONDS));
            }

            @Override
            public int take() throws InterruptedException {
                return assertInstanceOf(Integer.class, queue.poll(20, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void closing_a_pool_hard_ends_what_its_items_wait_in() throws Exception {
        var platform = new Platform();
        var station = pool().host(Station.class, platform);
        var other = open(c -> c.withWorkers(1));
        other.applyAsync(() -> stay(station));
        platform.arrived.await();

        other.terminate();

        platform.interrupted.await();
    }
}
