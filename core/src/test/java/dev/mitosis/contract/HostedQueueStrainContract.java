package dev.mitosis.contract;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.PoolClosedException;
import dev.mitosis.share.Hosted;
import dev.mitosis.testing.Calls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

/// The shared queue with elements of all sizes, and those who wait in it and are interrupted.
abstract class HostedQueueStrainContract extends PoolContract {
    private static final int MEBIBYTE = 1 << 20;

    private static byte[] element(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /// Up to what a small queue has room for, at times more.
    private static int length(int seed) {
        var random = new Random(seed * 31L);
        return random.nextInt(8) == 0 ? random.nextInt(200_000) : random.nextInt(20_000);
    }

    @Test
    void elements_of_all_sizes_go_round_and_round() throws Exception {
        BlockingQueue<byte[]> queue = Hosted.queue(pool(), 6);
        var task = pool().applyAsync(() -> {
            for (int i = 0; i < 400; i++) {
                queue.put(element(i, length(i)));
            }
        });
        for (int i = 0; i < 400; i++) {
            assertArrayEquals(element(i, length(i)), queue.take(), "element " + i);
        }
        task.get();
    }

    @Test
    void a_queue_may_be_full_of_elements_larger_than_its_memory() {
        BlockingQueue<byte[]> queue = Hosted.queue(pool(), 5);
        pool().apply(() -> {
            for (int i = 0; i < 5; i++) {
                queue.add(element(i, 3 * MEBIBYTE));
            }
        });
        assertFalse(queue.offer(new byte[1]));
        assertEquals(5, queue.stream().filter(bytes -> bytes.length == 3 * MEBIBYTE).count());
        for (int i = 0; i < 2; i++) {
            int number = i;
            assertTrue(pool().apply(() -> Arrays.equals(element(number, 3 * MEBIBYTE), queue.peek())
                    && Arrays.equals(element(number, 3 * MEBIBYTE), queue.poll())));
        }
        queue.add(element(5, 100));
        queue.add(element(6, MEBIBYTE));
        for (int i = 2; i < 7; i++) {
            assertArrayEquals(element(i, i < 5 ? 3 * MEBIBYTE : i == 5 ? 100 : MEBIBYTE), queue.remove());
        }
    }

    @Test
    void an_interrupted_thread_neither_puts_nor_takes_but_offers_and_polls() throws Exception {
        BlockingQueue<byte[]> queue = Hosted.queue(pool(), 2);
        assertTrue(pool().apply(() -> isInterruptHeard(queue)));
        assertTrue(Calls.start(() -> isInterruptHeard(queue)).get());
    }

    private static boolean isInterruptHeard(BlockingQueue<byte[]> queue) throws InterruptedException {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, queue::take);
        assertFalse(Thread.currentThread().isInterrupted());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> queue.put(new byte[1]));
        Thread.currentThread().interrupt();
        assertNull(queue.poll());
        assertTrue(queue.offer(new byte[MEBIBYTE]));
        assertEquals(MEBIBYTE, queue.poll().length);
        return Thread.interrupted() && queue.isEmpty();
    }

    @Test
    void what_a_cancelled_item_has_taken_it_has_and_the_rest_is_there() throws Exception {
        try (var one = open(c -> c.withWorkers(1))) {
            var patient = one.with(o -> o.withGrace(Duration.ofSeconds(20)));
            BlockingQueue<Integer> queue = Hosted.queue(one, 200);
            BlockingQueue<Integer> taken = Hosted.queue(one, 200);
            for (int i = 0; i < 100; i++) {
                var task = patient.applyAsync(() -> taken.offer(queue.take()));
                if (i % 3 == 0) {
                    one.stats(); // some come earlier
                }
                queue.put(i);
                task.cancel(true);
            }
            one.apply(() -> 0); // after all others
            var all = new ArrayList<>(taken);
            all.addAll(queue);
            assertEquals(upTo(100), all.stream().sorted().toList());
        }
    }

    @Test
    void a_cancel_ends_a_wait_and_wakes_nobody_else() throws Exception {
        BlockingQueue<String> queue = Hosted.queue(pool(), 1);
        BlockingQueue<String> heard = Hosted.queue(pool(), 10);
        var first = patient().applyAsync(() -> take(queue, heard));
        assertEquals("takes", heard.take());
        var second = pool().applyAsync(() -> take(queue, heard));
        assertEquals("takes", heard.take());

        first.cancel(true);

        assertEquals("interrupted", heard.take());
        queue.put("for the second");
        assertEquals("for the second", second.get());
    }

    private static String take(BlockingQueue<String> queue, BlockingQueue<String> heard) throws InterruptedException {
        heard.add("takes");
        try {
            return queue.take();
        } catch (InterruptedException e) {
            heard.add("interrupted");
            throw e;
        }
    }

    @Test
    void who_waits_when_the_pool_is_closed_is_told() throws Exception {
        var other = open(c -> c.withWorkers(1));
        BlockingQueue<String> queue = Hosted.queue(other, 1);
        BlockingQueue<String> heard = Hosted.queue(pool(), 1);
        var here = Calls.start(queue::take);
        var there = pool().applyAsync(() -> take(queue, heard));
        assertEquals("takes", heard.take());

        other.close();

        Calls.failureOf(here, PoolClosedException.class);
        assertThrows(Exception.class, there::get);
    }
}
