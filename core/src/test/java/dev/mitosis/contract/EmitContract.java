package dev.mitosis.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.NotShippableException;
import dev.mitosis.PoolClosedException;
import dev.mitosis.RemoteFunction;
import dev.mitosis.TaskFailedException;
import dev.mitosis.WorkerContext;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Logged;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Messages of items that run.
abstract class EmitContract extends PoolContract {
    /// Needs no serialization of its own.
    record Progress(int item, int step) {}

    @Test
    void all_messages_are_heard_before_the_call_is_over_and_those_of_an_item_in_order() {
        var heard = Collections.synchronizedList(new ArrayList<Object>());
        var results = pool().with(o -> o.withListener(heard::add)).map(item -> {
            for (int step = 0; step < 10; step++) {
                WorkerContext.current().emit(new Progress(item, step));
            }
            return item;
        }, IntStream.range(0, 200).boxed().toList());

        assertEquals(200, results.size());
        var steps = new HashMap<Integer, Integer>();
        for (var each : List.copyOf(heard)) {
            var progress = (Progress) each;
            assertEquals(steps.merge(progress.item(), 1, Integer::sum) - 1, progress.step());
        }
        assertEquals(2_000, heard.size());
    }

    @Test
    void each_verb_has_its_listener() throws Exception {
        var count = new AtomicInteger();
        var listened = pool().with(o -> o.withListener(_ -> count.incrementAndGet()));

        listened.apply(() -> WorkerContext.current().emit("one"));
        assertEquals(1, count.getAndSet(0));
        listened.applyAsync(() -> WorkerContext.current().emit("one")).get();
        assertEquals(1, count.getAndSet(0));
        assertEquals(45, listened.mapReduce(i -> {
            WorkerContext.current().emit(null);
            return i;
        }, Integer::sum, 0, IntStream.range(0, 10).boxed().toList()));
        assertEquals(10, count.getAndSet(0));
        try (var some = listened.imap(i -> {
            WorkerContext.current().emit(i);
            return i;
        }, IntStream.range(0, 10).boxed().toList())) {
            some.forEachRemaining(_ -> {});
        }
        assertEquals(10, count.getAndSet(0));
    }

    /// Emits some messages, and fails.
    private static int fail(int item) {
        for (int i = 0; i < 10; i++) {
            WorkerContext.current().emit(i);
        }
        throw new IllegalStateException("item " + item);
    }

    @Test
    void what_an_item_has_emitted_is_heard_before_its_failure_is_thrown() {
        var heard = new AtomicInteger();
        long failed = pool().stats().itemsFailed();
        var listened = pool().with(o -> o.withListener(_ -> {
            Eventually.holds("the item has failed", () -> pool().stats().itemsFailed() > failed);
            heard.incrementAndGet();
        }));

        assertThrows(TaskFailedException.class, () -> listened.map(EmitContract::fail, List.of(1)));

        assertEquals(10, heard.get());
    }

    @Test
    void a_caller_who_is_interrupted_need_not_wait_for_the_listener_of_what_has_failed() {
        var open = new CountDownLatch(1);
        var caller = Thread.currentThread();
        var listened = pool().with(o -> o.withListener(_ -> {
            if (open.getCount() > 0) {
                Eventually.holds("the caller waits for this", () -> Stream.of(caller.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("awaitHeard")));
                caller.interrupt();
                await(open);
            }
        }));
        try {
            assertThrows(TaskFailedException.class, () -> listened.map(EmitContract::fail, List.of(1)));
        } finally {
            open.countDown();
            assertTrue(Thread.interrupted());
        }
    }

    /// Has a pool terminated while the caller of a map waits for a listener that does not return.
    private RuntimeException terminatedWhileHeard(RemoteFunction<Integer, Integer> function) {
        var open = new CountDownLatch(1);
        var caller = Thread.currentThread();
        var listens = new AtomicBoolean();
        try (var own = open(c -> c.withWorkers(1))) {
            var listened = own.with(o -> o.withListener(_ -> {
                if (listens.compareAndSet(false, true)) {
                    Eventually.holds("the caller waits for this", () -> Stream.of(caller.getStackTrace())
                            .anyMatch(frame -> frame.getMethodName().equals("awaitHeard")));
                    own.terminate();
                    await(open);
                }
            }));
            return assertThrows(RuntimeException.class, () -> listened.map(function, List.of(1)));
        } finally {
            open.countDown();
        }
    }

    @Test
    void a_listener_that_does_not_return_holds_up_no_call_once_the_pool_is_terminated() {
        var thrown = terminatedWhileHeard(i -> {
            WorkerContext.current().emit(i);
            return i;
        });

        assertInstanceOf(PoolClosedException.class, thrown);
        assertEquals("the pool was terminated before the listener of a call had heard all", thrown.getMessage());
    }

    @Test
    void a_listener_that_does_not_return_holds_up_no_failure_once_the_pool_is_terminated() {
        var thrown = terminatedWhileHeard(EmitContract::fail);

        assertInstanceOf(TaskFailedException.class, thrown);
        assertInstanceOf(IllegalStateException.class, thrown.getCause());
    }

    @Test
    void without_a_listener_nothing_is_sent() {
        long before = pool().stats().bytesReceived();
        pool().apply(() -> {
            for (int i = 0; i < 1_000; i++) {
                WorkerContext.current().emit("nobody hears this");
            }
        });
        assertTrue(pool().stats().bytesReceived() - before < 1_000);
    }

    @Test
    void an_item_waits_for_a_listener_that_is_far_behind() throws Exception {
        var open = new CountDownLatch(1);
        var told = new CountDownLatch(1);
        var heard = new AtomicInteger();
        var task = pool().with(o -> o.withListener(_ -> {
            told.countDown();
            await(open);
            heard.incrementAndGet();
        })).applyAsync(() -> {
            for (int i = 0; i < 5_000; i++) {
                WorkerContext.current().emit(i);
            }
            return "sent";
        });
        told.await();
        assertThrows(java.util.concurrent.TimeoutException.class,
                () -> task.get(200, java.util.concurrent.TimeUnit.MILLISECONDS));
        open.countDown();

        assertEquals("sent", task.get());
        assertEquals(5_000, heard.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_a_listener_throws_is_logged_once_and_harms_nothing() {
        try (var log = Logged.here()) {
            var heard = new AtomicInteger();
            assertEquals(List.of(1, 2), pool().with(o -> o.withListener(_ -> {
                heard.incrementAndGet();
                throw new IllegalStateException("a bad listener");
            })).map(i -> {
                WorkerContext.current().emit(i);
                return i;
            }, List.of(1, 2)));
            assertEquals(2, heard.get());
            assertEquals(1, log.messages(java.util.logging.Level.WARNING).stream()
                    .filter(each -> each.startsWith("the listener of a call")).count());
        }
    }

    @Test
    void a_message_that_cannot_travel_or_is_too_large_is_refused_where_it_is_emitted() {
        var listened = pool().with(o -> o.withListener(_ -> {}));
        var thrown = assertThrows(TaskFailedException.class,
                () -> listened.apply(() -> WorkerContext.current().emit(new Object())));
        assertEquals(NotShippableException.class, thrown.getCause().getClass());

        var large = assertThrows(TaskFailedException.class,
                () -> listened.apply(() -> WorkerContext.current().emit(new byte[64_000])));
        assertEquals("a message of 64005 bytes was emitted, and 64000 are the most; return what is larger",
                large.getCause().getMessage());
    }

    @Test
    void only_the_thread_of_an_item_emits_for_it() {
        var thrown = assertThrows(TaskFailedException.class, () -> pool().with(o -> o.withListener(_ -> {}))
                .apply(() -> {
                    var context = WorkerContext.current();
                    var task = new FutureTask<Void>(() -> {
                        context.emit("from elsewhere");
                        return null;
                    });
                    var thread = new Thread(task);
                    thread.start();
                    thread.join();
                    try {
                        task.get();
                    } catch (ExecutionException e) {
                        throw (Exception) e.getCause();
                    }
                }));
        assertEquals("only the thread that runs an item may emit for it, and only while the item runs",
                thrown.getCause().getMessage());
    }
}
