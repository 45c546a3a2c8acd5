package dev.mitosis.contract;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.LongRange;
import dev.mitosis.Pool;
import dev.mitosis.PoolClosedException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A pool that is closed, on every back-end.
abstract class ClosingContract extends PoolContract {
    private static void refusesEverything(Pool pool) {
        for (Runnable call : List.<Runnable>of(
                () -> pool.apply(() -> 1),
                () -> pool.apply(n -> n, 1),
                () -> pool.applyAsync(() -> 1),
                () -> pool.map(n -> n, List.of(1)),
                () -> pool.mapAsync(n -> n, List.of(1)),
                () -> pool.imap(n -> n, List.of(1)),
                () -> pool.imapUnordered(n -> n, List.of(1)),
                () -> pool.outcomes(n -> n, List.of(1)),
                () -> pool.mapReduce(n -> n, Integer::sum, 0, List.of(1)),
                () -> pool.mapToLong(n -> n, LongRange.of(0, 1)),
                () -> pool.imapToLong(n -> n, LongRange.of(0, 1)),
                () -> pool.mapReduceLong(n -> n, Long::sum, 0, LongRange.of(0, 1)),
                () -> pool.with(o -> o.withRetries(1)).map(n -> n, List.of(1)),
                () -> List.of(1).stream().gather(pool.mapping(n -> n)).toList(),
                () -> pool.everywhere(() -> {}))) {
            assertThrows(PoolClosedException.class, call::run);
        }
    }

    @Test
    void f18_a_closed_pool_refuses_every_call() {
        var pool = open(c -> c.withWorkers(2));
        assertEquals(upTo(10), pool.map(n -> n, upTo(10)));

        pool.close();

        refusesEverything(pool);
    }

    @Test
    void f18_a_terminated_pool_refuses_every_call() {
        var pool = open(c -> c.withWorkers(2));

        pool.terminate();

        refusesEverything(pool);
    }

    @Test
    void closing_and_terminating_again_does_nothing() {
        var pool = open(c -> c.withWorkers(1));
        assertEquals(1, pool.apply(() -> 1));

        pool.close();
        pool.close();
        pool.terminate();
        pool.close();
    }

    @Test
    void an_unused_pool_can_be_closed_at_once() {
        open(c -> c.withWorkers(2)).close();
        open(c -> c.withWorkers(2)).terminate();
    }

    @Test
    void closing_a_view_does_nothing() {
        try (var view = pool().with(o -> o.withRetries(1))) {
            assertEquals(1, view.apply(() -> 1));
        }
        pool().with(o -> o.withRetries(1)).terminate();

        assertEquals(2, pool().apply(() -> 2));
    }

    @Test
    void a_view_of_a_closed_pool_is_closed() {
        var pool = open(c -> c.withWorkers(1));
        var view = pool.with(o -> o.withRetries(1));

        pool.close();

        assertThrows(PoolClosedException.class, () -> view.apply(() -> 1));
    }

    @Test
    void f18_tasks_accepted_before_closing_have_finished_after_it() {
        var pool = open(c -> c.withWorkers(2));
        var tasks = upTo(50).stream().map(n -> pool.applyAsync(() -> n)).toList();

        pool.close();

        assertEquals(upTo(50), tasks.stream().map(task -> task.resultNow()).toList());
    }
}
