package dev.mitosis.internal.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class QueueTest {
    private final QuickPool pool = new QuickPool();

    @Test
    void workers_know_from_where_on_to_skip_a_call_until_it_is_over() {
        pool.dispatcher.withdraw(pool.queue, 7);
        assertEquals(Map.of(1L, 7L), pool.crew.skipped);

        pool.queue.forget();

        assertEquals(Map.of(), pool.crew.skipped);
    }

    /// As when a result turns out to be unreadable after the last has come.
    @Test
    void workers_keep_nothing_of_a_call_that_is_halted_after_it_is_over() {
        pool.queue.forget();

        pool.dispatcher.withdraw(pool.queue, 7);

        assertEquals(Map.of(), pool.crew.skipped);
    }

    @Test
    void workers_keep_nothing_of_a_call_that_ends_while_it_is_cancelled() {
        pool.crew.beforeSkip = pool.queue::forget;

        pool.dispatcher.withdraw(pool.queue, 0);

        assertEquals(Map.of(), pool.crew.skipped);
    }
}
