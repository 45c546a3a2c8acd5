package dev.mitosis.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.Backend;
import dev.mitosis.Pool;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Waits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The shared queue where an element cannot be added, or cannot be taken.
@ExtendWith(LeakCheck.class)
class SharedQueueTest {
    private static final String LARGE = "l".repeat(100_000); // has no room in the memory of a small queue

    private final Pool pool = Pool.open(c -> c.withBackend(Backend.threads()).withWorkers(1));
    private final Broken depot = new Broken();

    /// Fails some times.
    private static final class Broken implements Depot {
        private final Stock stock = new Stock();
        private final AtomicInteger puts = new AtomicInteger(); // how many will fail
        private final AtomicInteger looks = new AtomicInteger();

        private static void fail(AtomicInteger times) {
            if (times.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                throw new UnsupportedOperationException("broken");
            }
        }

        @Override
        public int put(long number, byte[] element, long head) {
            fail(puts);
            return stock.put(number, element, head);
        }

        @Override
        public byte[] look(long number, int party) {
            fail(looks);
            return stock.look(number, party);
        }

        @Override
        public void drop(long number, int party) {
            stock.drop(number, party);
        }
    }

    private BlockingQueue<String> queue(int capacity) {
        var memory = SharedMemory.create(QueueMemory.bytes(capacity));
        var room = pool.host(WaitingRoom.class, new Porch(new Cell(memory), QueueMemory.DOORS));
        return new SharedQueue<>(new QueueHandle(memory, room, depot, capacity));
    }

    /// Begins to wait, on a thread of its own.
    private static <R> FutureTask<R> begin(Callable<R> wait) {
        var task = new FutureTask<>(wait);
        Waits.await(Thread.ofPlatform().daemon().start(task), "await");
        return task;
    }

    private static String done(Interruptible wait) throws InterruptedException {
        wait.run();
        return "done";
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void what_no_worker_could_take_is_not_added() {
        BlockingQueue<byte[]> queue = Hosted.queue(pool, 1);
        var element = new byte[QueueMemory.LONGEST];
        assertThrows(IllegalArgumentException.class, () -> queue.offer(element));
        assertThrows(IllegalArgumentException.class, () -> queue.put(element));
        queue.add(new byte[1]);
        assertThrows(IllegalArgumentException.class, () -> queue.put(element), "and before it waits");
    }

    @Test
    void whoever_drains_has_what_comes_before_an_element_that_cannot_be_taken() throws Exception {
        var queue = queue(3);
        queue.addAll(List.of("a", "b", LARGE));
        var waits = begin(() -> done(() -> queue.put("c")));
        depot.looks.set(2);
        var drained = new ArrayList<String>();

        assertEquals(2, queue.drainTo(drained));
        assertEquals(List.of("a", "b"), drained);
        assertEquals("done", waits.get(20, TimeUnit.SECONDS));
        assertThrows(UnsupportedOperationException.class, () -> queue.drainTo(drained));
        assertEquals(2, queue.drainTo(drained));
        assertEquals(List.of("a", "b", LARGE, "c"), drained);
    }

    @Test
    void whoever_cannot_add_lets_the_next_one_do_it() throws Exception {
        var queue = queue(1);
        queue.add("first");
        var fails = begin(() -> done(() -> queue.put(LARGE)));
        var waits = begin(() -> done(() -> queue.put("small")));
        depot.puts.set(1);

        assertEquals("first", queue.poll());

        Calls.failureOf(fails, UnsupportedOperationException.class);
        assertEquals("done", waits.get(20, TimeUnit.SECONDS));
        assertEquals("small", queue.poll());
    }

    @Test
    void whoever_cannot_take_lets_the_next_one_do_it() throws Exception {
        var queue = queue(1);
        var fails = begin(queue::take);
        var waits = begin(queue::take);
        depot.looks.set(1);

        queue.add(LARGE);

        Calls.failureOf(fails, UnsupportedOperationException.class);
        assertEquals(LARGE, waits.get(20, TimeUnit.SECONDS));
    }
}
