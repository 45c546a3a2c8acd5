package dev.mitosis.faults;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Outcome;
import dev.mitosis.Output;
import dev.mitosis.Pool;
import dev.mitosis.PoolConfig;
import dev.mitosis.TaskFailedException;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.LeakCheck;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A task that wants more memory than its worker has.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F9HeapProcessTest {
    private static PoolConfig small(PoolConfig config) {
        return config.withWorkers(1).withHeap("64m").withOutput(Output.discard());
    }

    private static int fillTheHeap() {
        var all = new ArrayList<byte[]>();
        while (true) {
            all.add(new byte[1 << 20]);
        }
    }

    private static int fillTheHeapAndCatch() {
        try {
            return fillTheHeap();
        } catch (OutOfMemoryError e) {
            return -1;
        }
    }

    private static long self() {
        return ProcessHandle.current().pid();
    }

    @Test
    void f9_an_exhausted_heap_ends_the_worker_and_names_item_and_heap() {
        try (var pool = Pool.open(c -> small(c))) {
            var failure = assertThrows(WorkerDiedException.class,
                    () -> pool.map(n -> n == 3 ? fillTheHeap() : n, upTo(6), 6));

            assertEquals(3, failure.index());
            assertEquals(OptionalInt.of(3), failure.report().exitCode());
            assertTrue(failure.getMessage().contains("its heap of 64m was exhausted"), failure.getMessage());
            assertEquals(1, pool.stats().deaths());
            assertEquals(upTo(6), pool.map(n -> n, upTo(6)));
        }
    }

    @Test
    void f9_an_error_that_the_task_catches_ends_the_worker_too() {
        var all = new ArrayList<Outcome<Integer>>();
        try (var pool = Pool.open(c -> small(c));
                var outcomes = pool.outcomes(n -> n == 1 ? fillTheHeapAndCatch() : n, upTo(3))) {
            outcomes.forEachRemaining(all::add);
        }

        assertEquals(0, assertInstanceOf(Outcome.Ok.class, all.get(0)).value());
        var died = assertInstanceOf(Outcome.Died.class, all.get(1)).report();
        assertTrue(died.describe().contains("its heap of 64m was exhausted"), died.describe());
        assertEquals(2, assertInstanceOf(Outcome.Ok.class, all.get(2)).value());
    }

    @Test
    void f9_where_the_worker_may_live_the_item_fails_with_the_error() {
        try (var pool = Pool.open(c -> small(c).withExitOnOutOfMemory(false))) {
            var failure = assertThrows(TaskFailedException.class, () -> pool.apply(() -> fillTheHeap()));

            assertEquals("Java heap space", assertInstanceOf(OutOfMemoryError.class, failure.getCause()).getMessage());
            assertEquals(-1, pool.apply(() -> fillTheHeapAndCatch()));
            assertEquals(0, pool.stats().deaths());
        }
    }

    @Test
    void f9_without_direct_memory_the_item_fails_and_the_worker_is_replaced_later() {
        try (var pool = Pool.open(c -> small(c).withJvmArgs("-XX:MaxDirectMemorySize=1m"))) {
            var failure = assertThrows(TaskFailedException.class,
                    () -> pool.apply(() -> ByteBuffer.allocateDirect(8 << 20).capacity()));

            assertInstanceOf(OutOfMemoryError.class, failure.getCause());
            assertReplaced(pool, failure.pid());
        }
    }

    @Test
    void f9_without_threads_the_item_fails_and_the_worker_is_replaced_later() {
        try (var pool = Pool.open(c -> small(c))) {
            var failure = assertThrows(TaskFailedException.class, () -> pool.apply(() -> {
                throw new OutOfMemoryError("unable to create native thread"); // as the JVM would say it
            }));

            assertReplaced(pool, failure.pid());
        }
    }

    /// A stack that no address space holds: what fails is the system's own call, as when there are too many threads.
    private static void startImpossibleThread() {
        new Thread(null, () -> {}, "impossible", 1L << 47).start();
    }

    @Test
    void f9_when_the_system_gives_no_thread_the_item_fails_and_the_worker_is_replaced_later() {
        try (var pool = Pool.open(c -> small(c))) {
            var failure = assertThrows(TaskFailedException.class, () -> pool.apply(() -> startImpossibleThread()));

            var error = assertInstanceOf(OutOfMemoryError.class, failure.getCause());
            assertTrue(error.getMessage().startsWith("unable to create native thread"), error.getMessage());
            assertReplaced(pool, failure.pid());
        }
    }

    private static void assertReplaced(Pool pool, long pid) {
        Eventually.holds("another worker has the seat", () -> pool.apply(() -> self()) != pid);
        assertEquals(0, pool.stats().deaths(), "a planned exit is no death");
    }
}
