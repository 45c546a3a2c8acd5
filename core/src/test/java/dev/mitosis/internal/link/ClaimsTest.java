package dev.mitosis.internal.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker that claims and a parent that takes back, by hand and as two threads at once.
class ClaimsTest {
    private static final int ROUNDS = 20_000;
    private static final int ITEMS = 100;

    @TempDir
    Path directory;

    @Test
    void what_is_claimed_stays_and_what_is_not_is_taken_back_until_the_worker_goes_on() throws Exception {
        try (var memory = LinkMemory.create(directory.resolve("link"))) {
            var claims = memory.claims();

            assertEquals(10, claims.claim(1, 10));
            assertEquals(11, claims.takeBack(1, 101));
            assertEquals(0, claims.claim(11, 5));
            assertEquals(0, claims.claim(101, 5), "a lease behind those taken back");
            assertEquals(-1, claims.takeBack(1, 101), "a limit stands");
            claims.resume();
            assertEquals(5, claims.claim(101, 5));
            assertEquals(-1, claims.takeBack(101, 106), "all is claimed");
        }
    }

    @Test
    void nothing_that_was_given_is_below_what_is_taken_back_if_the_worker_has_not_begun() throws Exception {
        try (var memory = LinkMemory.create(directory.resolve("link"))) {
            assertEquals(7, memory.claims().takeBack(7, 8));
        }
    }

    @Test
    void tickets_beyond_the_range_of_an_int_are_claimed_and_taken_back_alike() throws Exception {
        try (var memory = LinkMemory.create(directory.resolve("link"))) {
            var claims = memory.claims();
            long first = (1L << 32) - 5;

            assertEquals(10, claims.claim(first, 10));
            assertEquals(first + 10, claims.takeBack(first, first + 20));
            assertEquals(0, claims.claim(first + 10, 10));
        }
    }

    @Test
    void what_was_refused_to_a_worker_is_not_taken_for_claimed_later() throws Exception {
        try (var memory = LinkMemory.create(directory.resolve("link"))) {
            var claims = memory.claims();

            assertEquals(2, claims.claim(1, 2));
            assertEquals(3, claims.takeBack(1, 101));
            assertEquals(0, claims.claim(3, 98));
            claims.resume();
            assertEquals(101, claims.takeBack(101, 121), "given after that");
        }
    }

    @Test
    void who_asks_in_vain_can_ask_again_when_more_was_given() throws Exception {
        try (var memory = LinkMemory.create(directory.resolve("link"))) {
            var claims = memory.claims();

            assertEquals(10, claims.claim(1, 10));
            assertEquals(-1, claims.takeBack(1, 11));
            assertEquals(11, claims.takeBack(1, 21));
            assertEquals(0, claims.claim(11, 10));
        }
    }

    @Test
    void each_item_is_on_exactly_one_side() throws Exception {
        try (var memory = LinkMemory.create(directory.resolve("link"))) {
            var claims = memory.claims();
            var begin = new CyclicBarrier(2);
            var claimed = new long[ROUNDS];
            var worker = new FutureTask<Void>(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    begin.await();
                    claimed[round] = claimAll(claims, 1 + (long) round * ITEMS);
                    begin.await();
                    claims.resume();
                }
                return null;
            });
            Thread.ofPlatform().start(worker);
            for (int round = 0; round < ROUNDS; round++) {
                long first = 1 + (long) round * ITEMS;
                begin.await();
                long from = claims.takeBack(first, first + ITEMS);
                begin.await();
                assertEquals(from < 0 ? first + ITEMS : from, claimed[round]);
            }
            worker.get();
        }
    }

    /// {@return the first ticket that could not be claimed}
    private static long claimAll(Claims claims, long first) {
        long next = first;
        for (int got; next < first + ITEMS && (got = claims.claim(next, 3)) > 0; ) {
            next = Math.min(first + ITEMS, next + got);
        }
        return next;
    }
}
