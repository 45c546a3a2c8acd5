package dev.mitosis.internal.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.internal.local.InlineCrew;
import dev.mitosis.spi.Crew;
import dev.mitosis.spi.Job;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Parts that cannot be sent for want of memory.
class HandoverTest {
    private static void assertHas(QuickPool pool, int seat, long index, int count) {
        assertEquals(index, pool.last(seat).index());
        assertEquals(count, pool.last(seat).count());
    }

    @Test
    void a_worker_that_cannot_be_given_work_is_killed_and_the_next_one_gets_some() {
        var pool = new QuickPool();
        pool.crew.full = true;
        pool.add(0, 3);
        assertEquals(List.of("0..2"), pool.lost);
        int seat = pool.crew.killed.getFirst();
        assertEquals(List.of(seat), pool.crew.killed);

        pool.crew.full = false;
        pool.crew.ready(seat);
        pool.add(3, 1);
        pool.add(4, 1);

        assertEquals(2, pool.dispatcher.busySeats());
        assertEquals(1, pool.crew.given.get(seat).size());
    }

    @Test
    void what_waits_meanwhile_goes_to_the_worker_that_can_be_given_work() {
        var pool = new QuickPool();
        pool.add(0, 1);
        pool.add(1, 1);
        pool.add(2, 1);
        pool.add(3, 1);
        pool.crew.full = true;

        pool.last(0).ended(1_000);
        assertEquals(List.of(0), pool.crew.killed);
        pool.crew.full = false;
        pool.last(1).ended(1_000);

        assertEquals(List.of("2..2"), pool.lost);
        assertHas(pool, 1, 3, 1);
    }

    @Test
    void a_part_that_cannot_be_cut_waits_for_other_workers() {
        var pool = new QuickPool(Job.Verb.MAP_LONG, 5);
        pool.uncut = true;
        pool.add(0, 10);
        assertEquals(List.of(0, 1), pool.crew.retired.stream().sorted().toList());

        pool.uncut = false;
        pool.crew.ready(0);
        assertHas(pool, 0, 0, 5);
        pool.crew.ready(1);
        assertHas(pool, 1, 5, 5);
    }

    /// The workers of another back-end, of which the first lease fails after it has run, if at all.
    private static Crew failing(Crew crew, boolean runs) {
        var failed = new AtomicBoolean();
        InvocationHandler handler = (_, method, arguments) -> {
            boolean fails = method.getName().equals("lease") && !failed.getAndSet(true);
            var result = fails && !runs ? null : method.invoke(crew, arguments);
            if (fails) {
                throw new InternalError("no memory, says a test");
            }
            return result;
        };
        return (Crew) Proxy.newProxyInstance(Crew.class.getClassLoader(), new Class<?>[] {Crew.class}, handler);
    }

    private static Pool inline(boolean runs) {
        return Pool.open(c -> c.withBackend((config, listener) -> failing(new InlineCrew(config, listener), runs)));
    }

    @Test
    void an_item_that_the_callers_own_thread_does_not_get_through_fails_and_those_after_it_run() {
        try (var pool = inline(false);
                var outcomes = pool.with(o -> o.withChunkSize(3)).outcomes(n -> n, List.of(1, 2, 3))) {
            var all = outcomes.stream().toList();

            var died = assertInstanceOf(Outcome.Died.class, all.getFirst());
            assertTrue(died.report().cause().contains("ended with java.lang.InternalError: no memory"),
                    died.toString());
            assertEquals(List.of(2, 3), all.stream().skip(1)
                    .map(outcome -> assertInstanceOf(Outcome.Ok.class, outcome).value()).toList());
        }
    }

    @Test
    void what_has_run_on_the_callers_own_thread_keeps_its_outcome() {
        try (var pool = inline(true)) {
            assertEquals(List.of(1, 2), pool.map(n -> n, List.of(1, 2)));
        }
    }
}
