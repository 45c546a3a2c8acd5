package dev.mitosis.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.Task;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Inputs;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Pause;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Workers are killed at random moments while they wait for each other.
@Tag("process")
@ExtendWith(LeakCheck.class)
class MeetingStormProcessTest {
    private static final int KILLS = 35; // of each
    private static final int PARTIES = 3;
    private static final int LONGEST_PAUSE = 7; // in which a death can be noticed, milliseconds

    private static Pool eager(Pool pool) {
        return pool.with(o -> o.withRetries(KILLS).withChunkSize(1));
    }

    /// What those use who meet at a barrier.
    ///
    /// @param barrier where they meet, and the caller resets it
    /// @param counts how often one was the last to come, the one before, and so on; then how often it broke
    /// @param stop becomes 1 at the end
    private record Site(SharedBarrier barrier, SharedLongs counts, SharedCounter stop) implements Serializable {
        int work(int party) throws Exception {
            while (stop.get() == 0) {
                Pause.of(Duration.ofMillis(counts.get(0) * (party + 1) % LONGEST_PAUSE));
                try {
                    counts.getAndAdd(barrier.await(), 1);
                } catch (BrokenBarrierException e) {
                    counts.getAndAdd(PARTIES, 1);
                }
            }
            return party;
        }

        boolean isLeftBy(Task<?> parties) {
            barrier.reset();
            return parties.isDone();
        }

        long rounds() {
            if (barrier.isBroken()) {
                barrier.reset();
            }
            return LongStream.range(0, PARTIES).map(counts::get).min().orElseThrow();
        }
    }

    @Test
    void a_barrier_that_a_killed_worker_breaks_can_be_used_again() {
        try (var pool = Pool.open(PARTIES); var counts = SharedLongs.create(PARTIES + 1)) {
            var site = new Site(Hosted.barrier(pool, PARTIES), counts, Hosted.counter(pool));
            var storm = new Storm(pool);
            storm.during(() -> {
                var there = eager(pool).mapAsync(site::work, Inputs.upTo(PARTIES));
                storm.rage(KILLS, site::rounds, 5);
                site.stop().getAndIncrement();
                Eventually.holds("all who wait are sent home", () -> site.isLeftBy(there));

                assertEquals(Inputs.upTo(PARTIES), there.get(20, TimeUnit.SECONDS));
                long most = LongStream.range(0, PARTIES).map(counts::get).max().orElseThrow();
                assertTrue(most - site.rounds() <= KILLS, () -> "as many of each: " + counts.stream().boxed().toList());
                assertTrue(counts.get(PARTIES) > 0, "somebody was killed while another waited");
                assertEquals(0, site.barrier().getNumberWaiting());
            });
        }
    }

    /// Arrives and waits for all.
    ///
    /// @return how many have arrived
    private static long meet(SharedLatch latch, SharedCounter arrived) throws InterruptedException {
        arrived.getAndIncrement();
        latch.countDown();
        latch.await();
        return arrived.get();
    }

    /// Kills one who waits, or is about to, or has just ceased to.
    private static void open(SharedLatch latch, Storm storm, boolean first) {
        if (first) {
            latch.countDown();
        }
        storm.killOne();
        if (!first) {
            latch.countDown();
        }
    }

    @Test
    void a_latch_opens_when_all_have_come_whoever_is_killed() {
        try (var pool = Pool.open(PARTIES)) {
            var storm = new Storm(pool);
            storm.during(() -> {
                for (int i = 0; i < KILLS; i++) {
                    var latch = Hosted.latch(pool, PARTIES + 1);
                    var arrived = Hosted.counter(pool);
                    var there = eager(pool).mapAsync(_ -> meet(latch, arrived), Inputs.upTo(PARTIES));
                    open(latch, storm, i % 2 == 0);

                    for (long met : there.get(20, TimeUnit.SECONDS)) {
                        assertTrue(met >= PARTIES, met + " had come when it opened");
                    }
                    assertEquals(0, latch.getCount());
                }
            });
        }
    }
}
