package dev.mitosis.contract;

import static dev.mitosis.testing.Inputs.upTo;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.CallInterruptedException;
import dev.mitosis.ItemException;
import dev.mitosis.Pool;
import dev.mitosis.PoolClosedException;
import dev.mitosis.Task;
import dev.mitosis.TaskFailedException;
import dev.mitosis.TaskTimeoutException;
import dev.mitosis.WorkerContext;
import dev.mitosis.testing.Gate;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls that end, whatever the code of their user does, and say how.
@Timeout(120)
abstract class EndsContract extends PoolContract {
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    /// An exception that has left behind what it needs for its message.
    private static final class Mute extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient StringBuilder text = new StringBuilder("there");

        @Override
        public String getMessage() {
            return text.toString();
        }
    }

    private static int mute(int n) {
        throw new Mute();
    }

    private static void assertTold(ItemException thrown) {
        assertTrue(thrown.getMessage().endsWith("Mute: there"), thrown.getMessage());
    }

    @Test
    void an_exception_that_cannot_be_asked_for_its_message_is_told_by_its_stand_in() {
        assertTold(assertThrows(TaskFailedException.class, () -> pool().map(EndsContract::mute, upTo(3))));
        var retrying = pool().with(o -> o.withRetries(1).withRetryOn(_ -> true));
        assertTold(assertThrows(TaskFailedException.class, () -> retrying.map(EndsContract::mute, upTo(3))));
        assertTold(assertThrows(TaskFailedException.class, () -> pool().everywhere(() -> mute(1))));
    }

    /// A collection like one whose session is over.
    private static final class Unsized extends AbstractCollection<Integer> {
        @Override
        public int size() {
            throw new IllegalStateException("no session");
        }

        @Override
        public Iterator<Integer> iterator() {
            return upTo(3).iterator();
        }
    }

    @Test
    void a_pool_can_be_closed_though_a_collection_could_not_tell_its_size() throws Exception {
        try (var pool = open(c -> c.withWorkers(1))) {
            var limited = pool.with(o -> o.withTimeout(Duration.ofSeconds(20)));
            assertThrows(IllegalStateException.class, () -> limited.map(n -> n, new Unsized()));
            Task<List<Integer>> task = limited.mapAsync(n -> n, new Unsized());
            var thrown = assertThrows(ExecutionException.class, task::get);
            assertEquals("no session", thrown.getCause().getMessage());
        }
    }

    @Test
    void failures_that_nobody_reads_since_they_are_tried_again_do_not_fill_the_window() {
        var retrying = pool().with(o -> o.withRetries(1).withChunkSize(2));
        int sum = retrying.mapReduce(n -> {
            if (WorkerContext.current().attempt() == 1) {
                throw new IllegalStateException("x".repeat(8 << 20));
            }
            return n;
        }, Integer::sum, 0, upTo(24));
        assertEquals(23 * 24 / 2, sum);
    }

    @Test
    void the_window_of_a_fold_is_as_wide_at_its_end_as_at_its_beginning() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var narrow = pool().with(o -> o.withWindow(64).withChunkSize(8));
            var sum = CompletableFuture.supplyAsync(() -> narrow.mapReduce(
                    n -> n == 800 || n == 808 ? door.passUnchecked(n) : n, Integer::sum, 0, upTo(900)));
            var first = gate.arrivalOf(800);
            gate.arrivalOf(808).release();
            first.release();
            assertEquals(899 * 900 / 2, sum.get());
        }
    }

    @Test
    void a_back_off_may_be_without_end() {
        var retrying = pool().with(o -> o.withRetries(1).withBackoff(Duration.ofNanos(1), 2, FOREVER));
        assertThrows(TaskFailedException.class, () -> retrying.map(EndsContract::mute, upTo(3)));
    }

    @Test
    void a_time_out_without_end_does_not_take_those_of_others_away() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var endless = pool().with(o -> o.withTimeout(FOREVER).withGrace(FOREVER));
            Task<Integer> waiting = endless.applyAsync(door::pass, 1);
            var visitor = gate.arrivalOf(1);
            var limited = patient().with(o -> o.withTimeout(Duration.ofMillis(200)));

            assertThrows(TaskTimeoutException.class, () -> limited.apply(door::pass, 2));

            visitor.release();
            assertEquals(1, waiting.get());
        }
    }

    @Test
    void an_input_that_interrupts_its_thread_does_not_end_in_silence() {
        var narrow = pool().with(o -> o.withWindow(4));
        Iterable<Integer> items = () -> upTo(100).stream().peek(n -> {
            if (n == 3) {
                Thread.currentThread().interrupt();
            }
        }).iterator();
        try (var results = narrow.imap(n -> n, items)) {
            var thrown = assertThrows(CallInterruptedException.class, () -> results.forEachRemaining(_ -> {}));
            assertEquals("the thread that pulls the input of a call was interrupted, by the input itself",
                    thrown.getMessage());
        }
    }

    @Test
    void a_task_that_begins_while_the_pool_is_terminated_ends() throws Exception {
        for (int i = 0; i < 20; i++) {
            var tasks = new ArrayList<Task<Integer>>();
            try (var pool = open(c -> c.withWorkers(1))) {
                pool.apply(n -> n, 1);
                var begun = new CompletableFuture<Void>();
                var thread = Thread.ofVirtual().start(() -> begin(pool, tasks, begun));
                begun.get();
                pool.terminate();
                thread.join();
            }
            for (var task : tasks) {
                try {
                    assertEquals(7, task.get(20, SECONDS));
                } catch (ExecutionException e) {
                    assertInstanceOf(PoolClosedException.class, e.getCause());
                }
            }
        }
    }

    private static void begin(Pool pool, List<Task<Integer>> tasks, CompletableFuture<Void> begun) {
        var limited = pool.with(o -> o.withTimeout(Duration.ofSeconds(100)));
        try {
            while (true) {
                tasks.add(limited.applyAsync(n -> n, 7));
                begun.complete(null);
            }
        } catch (PoolClosedException e) {
            assertTrue(begun.isDone());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2 << 20})
    void a_fold_that_is_not_tried_again_names_the_item_that_failed(int length) {
        var retrying = pool().with(o -> o.withRetries(1).withRetryOn(_ -> false).withChunkSize(10));
        var thrown = assertThrows(TaskFailedException.class, () -> retrying.mapReduce(n -> {
            if (n == 7) {
                throw new IllegalStateException("x".repeat(length));
            }
            return n;
        }, Integer::sum, 0, upTo(10)));
        assertEquals(7, thrown.index());
        assertEquals("7", thrown.inputSummary());
    }
}
