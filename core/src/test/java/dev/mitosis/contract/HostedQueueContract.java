package dev.mitosis.contract;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.NotShippableException;
import dev.mitosis.PoolClosedException;
import dev.mitosis.share.Hosted;
import dev.mitosis.testing.Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The shared queue, as [java.util.concurrent.ArrayBlockingQueue] does it.
abstract class HostedQueueContract extends PoolContract {
    /// Needs no serialization of its own.
    record Line(int number, BlockingQueue<String> answers) {}

    private <T> BlockingQueue<T> queue(int capacity) {
        return Hosted.queue(pool(), capacity);
    }

    @Test
    void it_has_exactly_its_capacity() throws Exception {
        for (int capacity : List.of(1, 2, 7)) {
            BlockingQueue<Integer> queue = queue(capacity);
            assertEquals(capacity, pool().apply(() -> {
                int added = 0;
                while (queue.offer(added)) {
                    added++;
                }
                return added;
            }));
            assertEquals(List.of(capacity, 0), List.of(queue.size(), queue.remainingCapacity()));
            assertFalse(queue.offer(1));
            assertFalse(pool().apply(() -> queue.offer(1, 10, TimeUnit.MILLISECONDS)));
            assertThrows(IllegalStateException.class, () -> queue.add(1));
            assertEquals(0, queue.poll());
            assertTrue(queue.offer(capacity));
            assertEquals(upTo(capacity).stream().map(n -> n + 1).toList(), new ArrayList<>(queue));
            assertEquals("SharedQueue[" + capacity + " of " + capacity + "]", queue.toString());
        }
    }

    @Test
    void an_empty_one_gives_nothing() throws Exception {
        BlockingQueue<String> queue = queue(3);
        assertNull(queue.poll());
        assertNull(queue.poll(10, TimeUnit.MILLISECONDS));
        assertNull(queue.poll(-1, TimeUnit.DAYS));
        assertNull(queue.peek());
        assertTrue(pool().apply(() -> queue.poll() == null && queue.poll(1, TimeUnit.MILLISECONDS) == null
                && queue.isEmpty()));
        assertThrows(NoSuchElementException.class, queue::remove);
        assertThrows(NoSuchElementException.class, queue::element);
    }

    @Test
    void who_waits_for_a_time_waits_so_long() {
        BlockingQueue<String> queue = queue(1);
        long waited = pool().apply(() -> {
            long began = System.nanoTime();
            return queue.poll(30, TimeUnit.MILLISECONDS) == null ? System.nanoTime() - began : -1;
        });
        assertTrue(waited >= 30_000_000, () -> waited + " ns");
    }

    @Test
    void elements_come_in_the_order_in_which_they_were_put() throws Exception {
        BlockingQueue<Integer> queue = queue(5);
        var task = pool().applyAsync(() -> {
            for (int i = 0; i < 2_000; i++) {
                queue.put(i);
            }
            return queue.offer(-1, 1, TimeUnit.HOURS);
        });
        for (int i = 0; i < 2_000; i++) {
            assertEquals(i, queue.take());
        }
        assertEquals(-1, queue.poll(1, TimeUnit.HOURS));
        assertTrue(task.get());
    }

    @Test
    void none_is_lost_or_doubled_between_many() throws Exception {
        BlockingQueue<Integer> queue = queue(4);
        var puts = upTo(2).stream().map(n -> pool().applyAsync(() -> {
            for (int i = n; i < 1_000; i += 2) {
                queue.put(i);
            }
        })).toList();
        var there = pool().applyAsync(() -> takeAll(queue));
        var here = Calls.start(() -> takeAll(queue));
        for (var put : puts) {
            put.get();
        }
        queue.put(-1);
        queue.put(-1);
        var all = new ArrayList<>(there.get());
        all.addAll(here.get());
        assertEquals(upTo(1_000), all.stream().sorted().toList());
        assertTrue(queue.isEmpty());
    }

    private static List<Integer> takeAll(BlockingQueue<Integer> queue) throws InterruptedException {
        var all = new ArrayList<Integer>();
        for (int n = queue.take(); n >= 0; n = queue.take()) {
            all.add(n);
        }
        return all;
    }

    @Test
    void it_travels_in_lambdas_items_records_and_itself() throws Exception {
        BlockingQueue<Line> lines = queue(3);
        BlockingQueue<String> answers = queue(3);
        lines.put(new Line(7, answers));
        pool().apply(queue -> {
            var line = queue.take();
            return line.answers().add("line " + line.number());
        }, lines);
        assertEquals("line 7", answers.take());
        pool().apply(given -> given, answers).put("back");
        assertEquals("back", answers.take());
        BlockingQueue<Object> itself = queue(1);
        itself.put(itself);
        assertEquals(1, pool().apply(() -> ((BlockingQueue<?>) itself.element()).size()));
    }

    @Test
    void an_element_is_a_copy() throws Exception {
        BlockingQueue<List<String>> queue = queue(1);
        var list = new ArrayList<>(List.of("a"));
        queue.put(list);
        list.add("b");
        assertEquals(List.of("a"), queue.take());
    }

    @Test
    void nothing_is_no_element() {
        BlockingQueue<String> queue = queue(1);
        assertThrows(NullPointerException.class, () -> queue.put(null));
        assertThrows(NullPointerException.class, () -> queue.offer(null));
        assertThrows(NullPointerException.class, () -> queue.add(null));
    }

    @Test
    void what_cannot_travel_is_refused_and_nothing_changes() throws Exception {
        BlockingQueue<Object> queue = queue(2);
        queue.put("first");
        var refusal = assertThrows(NotShippableException.class, () -> queue.put(new Object()));
        assertTrue(refusal.getMessage().contains("java.lang.Object"), refusal::getMessage);
        assertThrows(NotShippableException.class, () -> queue.offer(List.of(new Object())));
        assertEquals(1, queue.size());
        queue.put("second");
        assertEquals(List.of("first", "second"), List.of(queue.take(), queue.take()));
    }

    @Test
    void what_is_there_can_be_looked_at_and_drained() {
        BlockingQueue<String> queue = queue(5);
        queue.addAll(List.of("a", "b", "c", "d"));
        assertEquals("a", queue.peek());
        assertTrue(pool().apply(() -> queue.contains("c") && !queue.contains("e") && queue.element().equals("a")));

        var snapshot = queue.iterator();
        var some = new ArrayList<String>();
        assertEquals(0, queue.drainTo(some, 0));
        assertEquals(2, queue.drainTo(some, 2));
        assertEquals(List.of("a", "b"), some);
        assertEquals(List.of("c", "d"), pool().apply(() -> {
            var rest = new ArrayList<String>();
            queue.drainTo(rest);
            return rest;
        }));
        assertEquals("abcd", snapshot.next() + snapshot.next() + snapshot.next() + snapshot.next());
        assertThrows(UnsupportedOperationException.class, snapshot::remove);
        assertTrue(queue.isEmpty());
    }

    @Test
    void it_is_not_drained_into_itself_or_nothing() {
        BlockingQueue<String> queue = queue(5);
        queue.add("a");
        assertThrows(IllegalArgumentException.class, () -> queue.drainTo(queue));
        assertThrows(NullPointerException.class, () -> queue.drainTo(null));
        assertEquals(1, queue.size());
        queue.clear();
        assertEquals(List.of(0, 5), List.of(queue.size(), queue.remainingCapacity()));
    }

    @Test
    void its_capacity_is_1_to_a_million() {
        for (int capacity : List.of(0, -1, 1_000_001)) {
            assertEquals("a shared queue has a capacity of 1 to 1000000, not " + capacity,
                    assertThrows(IllegalArgumentException.class, () -> queue(capacity)).getMessage());
        }
        BlockingQueue<Integer> largest = queue(1_000_000);
        assertTrue(pool().apply(() -> largest.offer(1)));
        assertEquals(999_999, largest.remainingCapacity());
    }

    @Test
    void it_ends_with_its_pool() {
        BlockingQueue<String> queue;
        try (var other = open(c -> c.withWorkers(1))) {
            queue = Hosted.queue(other, 3);
            other.apply(() -> queue.add("a"));
        }
        assertThrows(PoolClosedException.class, queue::take);
        assertThrows(PoolClosedException.class, () -> queue.offer("b"));
        assertThrows(PoolClosedException.class, queue::size);
    }
}
