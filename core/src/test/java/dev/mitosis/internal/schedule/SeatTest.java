package dev.mitosis.internal.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.WorkerStartException;
import dev.mitosis.internal.Deadline;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeatTest {
    private static final int ITEM = 100_000; // ns
    private static final int LONG = 100; // items of a part: more than a worker should have ahead
    private static final int NEAR = 93; // so many of them run for all but 0.75 ms

    private static final int MOST_TRIES = 20;
    private static final long NEARLY_OVER = 30L * ITEM; // that a part is nearly through is believed for so long

    private QuickPool pool = new QuickPool();

    /// Plays a scene that takes less time than a seat believes that a part is nearly through; again, if it took more.
    private void undisturbed(Runnable scene) {
        for (int i = 0; ; i++) {
            long begun = Deadline.now();
            try {
                scene.run();
                return;
            } catch (AssertionError e) {
                if (i == MOST_TRIES || Deadline.now() - begun < NEARLY_OVER) {
                    throw e;
                }
                pool = new QuickPool();
            }
        }
    }

    /// Has each seat run some items, so that it is known how long they take.
    private void learn() {
        for (int seat = 0; seat < QuickCrew.SEATS; seat++) {
            pool.add(10L * seat, 10);
        }
        for (int seat = 0; seat < QuickCrew.SEATS; seat++) {
            pool.last(seat).ended(10 * ITEM);
        }
    }

    private void addLong(int parts) {
        for (int i = 0; i < parts; i++) {
            pool.add(1_000 + (long) i * LONG, LONG);
        }
    }

    private List<Integer> given() {
        return pool.crew.given.stream().map(leases -> leases.size() - 1).toList();
    }

    private void reply(int seat, int items) {
        pool.last(seat).replied(new byte[0], 0, items, true);
    }

    @Test
    void the_next_part_is_sent_when_a_long_one_is_nearly_through() {
        undisturbed(() -> {
            learn();
            addLong(5);
            assertEquals(List.of(1, 1), given());

            reply(0, NEAR - 1);
            assertEquals(List.of(1, 1), given());
            reply(0, 1);
            assertEquals(List.of(2, 1), given());
        });
    }

    @Test
    void no_more_than_the_next_part_waits_behind_a_long_one() {
        undisturbed(() -> {
            learn();
            addLong(9);
            var first = pool.last(0);
            first.replied(new byte[0], 0, NEAR, true);
            first.replied(new byte[0], 0, 1, true);
            assertEquals(List.of(2, 1), given());
            first.ended(LONG * ITEM);
            assertEquals(List.of(2, 1), given());
        });
    }

    @Test
    void the_last_parts_wait_for_a_worker_that_is_free() {
        learn();
        addLong(3);
        reply(0, NEAR);
        assertEquals(List.of(1, 1), given());
        pool.last(0).ended(LONG * ITEM);
        assertEquals(List.of(2, 1), given());
    }

    /// {@return a seat that has run something of the call, and has a part of it}
    private Seat seatWith(Part part) {
        learn();
        var seat = new Seat(0, true, _ -> {});
        seat.fill(1, Long.MAX_VALUE);
        var first = pool.part(100, 1);
        assertTrue(seat.promise(first));
        assertEquals(0, seat.release(first));
        assertTrue(seat.promise(part));
        return seat;
    }

    @Test
    void nothing_is_sent_behind_the_end_of_a_part_that_takes_longer_than_it_should() {
        var seat = seatWith(pool.part(200, LONG));
        assertFalse(seat.hasRoom());

        undisturbed(() -> assertTrue(seat.nearsEnd()));
        for (long begin = Deadline.now(); Deadline.now() - begin < 40L * ITEM; ) {
            Thread.onSpinWait();
        }
        assertFalse(seat.hasRoom());
    }

    @Test
    void nothing_is_sent_behind_a_part_whose_rest_was_taken_back() {
        var part = pool.part(200, LONG);
        var seat = seatWith(part);
        undisturbed(() -> assertTrue(seat.nearsEnd()));

        var _ = seat.takeBack(part.ticket() + 1);

        assertFalse(seat.hasRoom());
    }

    @Test
    void an_item_that_waits_for_a_new_worker_gets_one_when_the_seat_where_one_was_coming_is_given_up() {
        learn();
        pool.dispatcher.left(0);
        var suspect = pool.part(100, 1);
        suspect.runAlone();
        pool.dispatcher.add(suspect, true);
        assertEquals(List.of(), pool.crew.retired);

        pool.dispatcher.gaveUp(0, new WorkerStartException("no room", null));

        assertEquals(List.of(1), pool.crew.retired);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void nothing_is_sent_behind_an_item_that_runs_for_longer(int items) {
        learn();
        pool.add(100, 1);
        pool.last(0).ended(1_000L * ITEM);
        for (int i = 0; i < 9; i++) {
            pool.add(200 + i, items);
        }
        var before = given();
        reply(1, items - 1);
        assertEquals(before, given());
    }
}
