package dev.mitosis.internal.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StragglersTest {
    @Test
    @Timeout(20)
    void nothing_is_lost_when_a_worker_ends_what_it_keeps_before_the_rest_is_seen_to() {
        var pool = new QuickPool();
        pool.add(0, 10);
        pool.add(10, 1);
        pool.last(1).ended(1_000); // now it has nothing to do

        while (pool.crew.timesTakenBack.get() == 0) { // as soon as the other one is overdue
            pool.dispatcher.stragglers().help();
        }

        assertEquals(List.of("0..9 from 1 on"), pool.tookBack);
        assertArrayEquals(new long[] {1, 1}, pool.dispatcher.counts().items());
        assertEquals(0, pool.dispatcher.busySeats());
    }

    @Test
    @Timeout(20)
    void a_worker_from_which_nothing_can_be_taken_back_gets_work_again_once_it_is_through() {
        var pool = new QuickPool();
        pool.crew.keepsAll = true;
        pool.add(0, 10);
        pool.add(10, 1);
        pool.last(1).ended(1_000);
        while (pool.crew.timesTakenBack.get() == 0) {
            pool.dispatcher.stragglers().help();
        }

        pool.last(0).ended(1_000);
        pool.add(11, 1);
        pool.add(12, 1);

        assertEquals(List.of(), pool.tookBack);
        assertEquals(2, pool.dispatcher.busySeats());
    }
}
