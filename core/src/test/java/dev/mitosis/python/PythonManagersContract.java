package dev.mitosis.python;

import static dev.mitosis.testing.Failures.failureOf;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.NotShippableException;
import dev.mitosis.PoolClosedException;
import dev.mitosis.contract.PoolContract;
import dev.mitosis.share.Hosted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Managers and queues of CPython's `test_multiprocessing`. There a server process of its own holds the objects and
/// is started, joined and reached by address and key; here the process of the pool hosts them, so that the cases of
/// `rapid_restart`, of exit codes and of authentication have nothing to be said of.
abstract class PythonManagersContract extends PoolContract {
    /// What is exposed of a class, as `exposed=` says it there.
    interface Exposed {
        String f();

        int g();

        Iterator<Integer> baz();
    }

    /// A method that the interface does not have cannot be called, by the compiler's word: there it is a
    /// `RemoteError`.
    private static final class FooBar implements Exposed {
        @Override
        public String f() {
            return "f()";
        }

        @Override
        public int g() {
            throw new IllegalArgumentException("g");
        }

        @Override
        public Iterator<Integer> baz() {
            return upTo(10).iterator();
        }

        String hidden() {
            return "hidden";
        }
    }

    /// An iterator is not made a proxy by itself, as there; it is hosted like all else.
    interface Numbers {
        boolean hasNext();

        int next();
    }

    @Test // TestMyManager.common
    void what_is_exposed_is_called_and_exceptions_are_raised_again() {
        var fooBar = new FooBar();
        assertEquals("hidden", fooBar.hidden());
        var proxy = pool().host(Exposed.class, fooBar);
        assertEquals("f()", pool().apply(() -> proxy.f()));
        assertEquals("g", assertInstanceOf(IllegalArgumentException.class,
                failureOf(() -> pool().apply(() -> proxy.g())).getCause()).getMessage());
        assertFalse(Arrays.asList(proxy.getClass().getMethods()).toString().contains("hidden"));
    }

    @Test // TestMyManager.common: baz, whose proxy is an IteratorProxy
    void an_iterator_is_hosted_to_be_called() {
        var each = upTo(10).iterator();
        var numbers = pool().host(Numbers.class, new Numbers() {
            @Override
            public boolean hasNext() {
                return each.hasNext();
            }

            @Override
            public int next() {
                return each.next();
            }
        });
        assertEquals(upTo(10), pool().apply(() -> {
            var all = new ArrayList<Integer>();
            while (numbers.hasNext()) {
                all.add(numbers.next());
            }
            return all;
        }));
    }

    @Test // TestMyManager.test_mymanager_context: `with`, then the objects are gone
    void after_the_pool_nothing_of_it_can_be_called() {
        Exposed proxy;
        try (var other = open(c -> c.withWorkers(1))) {
            proxy = other.host(Exposed.class, new FooBar());
            assertEquals("f()", other.apply(() -> proxy.f()));
        }
        assertThrows(PoolClosedException.class, proxy::f);
    }

    @Test // _TestRemoteManager.test_remote: values of all sorts come as they were, and what cannot is refused
    void values_of_all_sorts_go_through_a_queue() throws Exception {
        BlockingQueue<Object> queue = Hosted.queue(pool(), 20);
        var values = List.of("hello world", true, 2.25, List.of("hall\u00e5 v\u00e4rlden"),
                "\u043f\u0440\u0438\u0432\u0456\u0442", Map.of("a", Set.of(1)), new byte[] {1, 2}.length);
        pool().apply(() -> {
            for (var value : values) {
                queue.put(value);
            }
        });
        for (var value : values) {
            assertEquals(value, queue.take());
        }
        assertInstanceOf(NotShippableException.class,
                failureOf(() -> pool().apply(() -> queue.add(new Object()))).getCause());
    }

    @Test // _TestContainers.test_dict, test_dict_iter
    void a_map_is_changed_and_gone_over() {
        ConcurrentMap<Integer, String> map = Hosted.map(pool());
        var expected = new HashMap<Integer, String>();
        for (int n : upTo(5)) {
            expected.put(n, "" + (char) ('a' + n));
        }
        pool().map(n -> map.put(n, "" + (char) ('a' + n)), upTo(5));
        assertEquals(expected, map);
        assertEquals(expected.keySet(), map.keySet());
        assertEquals(List.copyOf(expected.values()), map.values().stream().sorted().toList());
        assertEquals(expected, pool().apply(() -> {
            var copy = new HashMap<Integer, String>();
            for (var entry : map.entrySet()) {
                copy.put(entry.getKey(), entry.getValue());
            }
            return copy;
        }));
        assertEquals("a", map.remove(0)); // pop
        assertNull(map.remove(0));
    }

    @Test // _TestContainers.test_dict_proxy_nested, test_list_proxy_in_list
    void a_shared_object_within_another_is_meant_and_a_plain_one_is_copied() {
        ConcurrentMap<String, Object> pets = Hosted.map(pool());
        ConcurrentMap<String, Integer> ferrets = Hosted.map(pool());
        pets.put("ferrets", ferrets);
        pets.put("hamsters", new HashMap<>(Map.of("count", 1)));
        ferrets.put("count", 5);

        assertEquals(5, pool().apply(() -> ((Map<?, ?>) pets.get("ferrets")).get("count")));
        pool().apply(() -> ferrets.put("count", 6));
        assertEquals(ferrets, pets.get("ferrets"));

        var copy = new HashMap<String, Object>();
        copy.putAll(pool().apply(() -> Map.copyOf(pets)));
        copy.remove("hamsters");
        assertTrue(pets.containsKey("hamsters"));
    }

    @Test // _TestContainers.test_nested_queue
    void a_queue_within_a_map_is_used() {
        ConcurrentMap<String, BlockingQueue<Integer>> queues = Hosted.map(pool());
        queues.put("q", Hosted.queue(pool(), 3));
        pool().apply(() -> queues.get("q").add(42));
        assertEquals(42, queues.get("q").poll());
    }

    @Test // TestSyncManagerTypes.test_lock, test_rlock, test_semaphore, test_event, test_barrier, test_queue, test_dict
    void everything_that_is_hosted_is_used_from_an_item() {
        var lock = Hosted.lock(pool());
        var condition = lock.newCondition();
        var semaphore = Hosted.semaphore(pool(), 1);
        var event = Hosted.event(pool());
        var barrier = Hosted.barrier(pool(), 1);
        var counter = Hosted.counter(pool());
        pool().apply(() -> {
            lock.lock();
            condition.signalAll();
            lock.unlock();
            semaphore.acquire();
            semaphore.release();
            event.set();
            barrier.await();
            counter.incrementAndGet();
        });
        assertEquals("SharedLock[free]", lock.toString());
        assertEquals(1, semaphore.availablePermits());
        assertTrue(event.isSet());
        assertEquals(1, counter.get());
        assertFalse(barrier.isBroken());
    }

    @Test // _TestQueue.test_put, test_get: Full is `false` or an IllegalStateException here, Empty is null
    void a_full_queue_and_an_empty_one_say_so_in_time() {
        BlockingQueue<Integer> queue = Hosted.queue(pool(), 6);
        assertTrue(pool().apply(() -> {
            for (int i = 0; i < 6; i++) {
                queue.put(i);
            }
            long began = System.nanoTime();
            boolean full = !queue.offer(7) && !queue.offer(7, 30, TimeUnit.MILLISECONDS);
            return full && System.nanoTime() - began >= 30_000_000;
        }));
        assertThrows(IllegalStateException.class, () -> queue.add(7));
        assertEquals(upTo(6), upTo(6).stream().map(_ -> queue.poll()).toList());
        assertNull(queue.poll());
    }

    @Test // _TestQueue.test_queue_feeder_donot_stop_onexc: it is who puts that is told, since no thread puts for him
    void what_cannot_be_put_keeps_nothing_else_away() {
        BlockingQueue<Object> queue = Hosted.queue(pool(), 10);
        assertThrows(NotShippableException.class, () -> queue.add(new Object()));
        queue.add(true);
        assertEquals(1, queue.size());
        assertEquals(true, pool().apply(() -> queue.poll(1, TimeUnit.HOURS)));
    }

    @Test // _TestQueue.test_task_done: a queue cannot be joined, a latch can be waited for
    void work_that_is_done_is_counted_down() throws Exception {
        BlockingQueue<Integer> queue = Hosted.queue(pool(), 20);
        var latch = Hosted.latch(pool(), 10);
        var workers = upTo(WORKERS).stream().map(_ -> pool().applyAsync(() -> {
            while (queue.take() >= 0) {
                latch.countDown();
            }
        })).toList();
        for (int i = 0; i < 10; i++) {
            queue.put(i);
        }
        latch.await();
        for (var worker : workers) {
            queue.put(-1);
        }
        for (var worker : workers) {
            worker.get();
        }
        assertSame(0, queue.size());
    }
}
