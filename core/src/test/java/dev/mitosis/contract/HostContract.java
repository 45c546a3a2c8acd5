package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.failureOf;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.share.SharedLongs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Objects that one process hosts: what becomes of a call.
abstract class HostContract extends PoolContract {
    /// Has methods of every kind, and is not public.
    interface Ledger extends Greeting, Function<String, Integer> {
        void book(String line);

        List<String> lines();

        String show(int number);

        String show(String text);

        String show(Object first, String... more);

        <T> T same(T value);

        int fail(String why) throws TornException;

        long thread();

        void meet() throws InterruptedException, BrokenBarrierException, TimeoutException;

        @Override
        Integer apply(String text); // more special than what it inherits
    }

    /// What a ledger inherits.
    interface Greeting {
        String word();

        default String greet(String name) {
            return word() + ", " + name;
        }

        static String unheard() {
            return "static";
        }
    }

    /// A checked exception that has more than a message.
    static final class TornException extends IOException {
        private static final long serialVersionUID = 1L;

        final int page;

        TornException(int page, String message) {
            super(message);
            this.page = page;
        }
    }

    /// Cannot travel itself.
    static final class Book implements Ledger {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final CyclicBarrier barrier = new CyclicBarrier(2);

        @Override
        public void book(String line) {
            lines.add(line);
        }

        @Override
        public List<String> lines() {
            return new ArrayList<>(lines);
        }

        @Override
        public String show(int number) {
            return "number " + number;
        }

        @Override
        public String show(String text) {
            return "text " + text;
        }

        @Override
        public String show(Object first, String... more) {
            return first + " and " + List.of(more);
        }

        @Override
        public <T> T same(T value) {
            return value;
        }

        @Override
        public int fail(String why) throws TornException {
            if (why.equals("refused")) {
                throw new IllegalStateException(why);
            }
            throw new TornException(7, why);
        }

        @Override
        public long thread() {
            return Thread.currentThread().threadId();
        }

        @Override
        public void meet() throws InterruptedException, BrokenBarrierException, TimeoutException {
            barrier.await(20, TimeUnit.SECONDS);
        }

        @Override
        public String word() {
            return "hello";
        }

        @Override
        public Integer apply(String text) {
            return text.length();
        }
    }

    private Ledger ledger() {
        return pool().host(Ledger.class, new Book());
    }

    @Test
    void a_call_reaches_the_object_where_it_is_hosted() {
        var book = new Book();
        var ledger = pool().host(Ledger.class, book);

        pool().map(n -> {
            ledger.book("line " + n);
            return n;
        }, upTo(40));

        var expected = upTo(40).stream().map(n -> "line " + n).toList();
        assertEquals(new HashSet<>(expected), new HashSet<>(book.lines));
        assertEquals(40, book.lines.size());
        assertEquals(book.lines, ledger.lines(), "a proxy can be called here, too");
        assertEquals(book.lines, pool().apply(() -> ledger.lines()));
    }

    @Test
    void inherited_default_generic_and_overloaded_methods_can_be_called() {
        var ledger = ledger();
        assertEquals("hello, you", pool().apply(() -> ledger.greet("you")));
        assertEquals("same", pool().apply(() -> ledger.same("same")));
        assertTrue(pool().apply(() -> ledger.same(null) == null));
        assertEquals("number 1", pool().apply(() -> ledger.show(1)));
        assertEquals("text 1", pool().apply(() -> ledger.show("1")));
        assertEquals("1 and [2, 3]", pool().apply(() -> ledger.show(1, "2", "3")));
        assertEquals(3, pool().apply(() -> ledger.apply("one")));
    }

    @Test
    void a_method_is_the_same_by_whichever_interface_it_is_called() {
        var ledger = ledger();
        Function<String, Integer> function = ledger;
        Greeting greeting = ledger;
        assertEquals(List.of(3, 5), pool().map(word -> function.apply(word), List.of("one", "three")));
        assertEquals("hello", pool().apply(() -> greeting.word()));
        assertEquals("static", Greeting.unheard());
    }

    @Test
    void an_exception_comes_back_as_it_is() {
        var ledger = ledger();
        assertEquals("7 torn", pool().apply(() -> {
            try {
                return "" + ledger.fail("torn");
            } catch (TornException e) {
                return e.page + " " + e.getMessage();
            }
        }));
        assertEquals("torn", assertInstanceOf(TornException.class,
                failureOf(() -> pool().apply(() -> ledger.fail("torn"))).getCause()).getMessage());
        assertEquals("refused", assertInstanceOf(IllegalStateException.class,
                failureOf(() -> pool().apply(() -> ledger.fail("refused"))).getCause()).getMessage());
    }

    @Test
    void the_calls_of_all_items_of_a_worker_are_made_on_one_thread() {
        var ledger = ledger();
        try (var one = open(c -> c.withWorkers(1))) {
            var threads = new HashSet<>(one.map(_ -> ledger.thread(), upTo(20), 1));
            threads.addAll(one.apply(() -> List.of(ledger.thread(), ledger.thread())));
            assertEquals(1, threads.size(), threads::toString);
        }
    }

    @Test
    void what_belongs_to_a_thread_can_be_hosted() {
        var lock = pool().host(Lock.class, new ReentrantLock());
        try (var memory = SharedLongs.create(1)) {
            pool().map(_ -> increment(lock, memory), upTo(60), 5);
            assertEquals(60, memory.get(0));
        }
        var failure = failureOf(() -> pool().apply(() -> lock.unlock()));
        assertInstanceOf(IllegalMonitorStateException.class, failure.getCause());
    }

    private static long increment(Lock lock, SharedLongs counter) {
        lock.lock();
        try {
            long before = counter.get(0);
            Thread.onSpinWait();
            counter.set(0, before + 1);
            return before;
        } finally {
            lock.unlock();
        }
    }

    @Test
    void threads_of_one_worker_call_at_the_same_time() {
        var ledger = ledger();
        assertEquals(Set.of("0", "1"), pool().apply(() -> meet(ledger)));
    }

    private static Set<String> meet(Ledger ledger) throws Exception {
        var met = new HashSet<String>();
        try (var threads = Executors.newFixedThreadPool(2)) {
            var meetings = new ArrayList<Future<String>>();
            for (int i = 0; i < 2; i++) {
                var name = Integer.toString(i);
                meetings.add(threads.submit(() -> {
                    ledger.meet(); // returns once both are in it
                    return ledger.same(name);
                }));
            }
            for (var meeting : meetings) {
                met.add(meeting.get());
            }
        }
        return met;
    }

    @Test
    void arguments_and_results_of_some_mebibytes_travel() {
        var ledger = ledger();
        byte[] large = new byte[(5 << 20) + 3];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31);
        }
        assertArrayEquals(large, pool().apply(bytes -> ledger.same(bytes), large));
    }

    @Test
    void workers_of_another_pool_call_it_too() {
        var ledger = ledger();
        try (var other = open(c -> c.withWorkers(1))) {
            assertEquals("hello, you", other.apply(() -> ledger.greet("you")));
        }
    }
}
