package dev.mitosis.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.Inputs;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Pause;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Workers are killed at random moments while they change, under a lock, what must be changed at once.
@Tag("process")
@ExtendWith(LeakCheck.class)
class LockStormProcessTest {
    private static final int KILLS = 70;
    private static final int PARTIES = 4; // the last one is the caller
    private static final int SPRINT = 50;
    private static final Duration THOUGHT = Duration.ofNanos(200_000);
    private static final Pattern WHO = Pattern.compile("process (\\d+) has ended while it held this lock");

    // the words: both are changed under the lock, and whoever changes them counts what he has done
    private static final int FIRST = 0;
    private static final int SECOND = 1;
    private static final int REPAIRED = 2;
    private static final int TOLD = 3;
    private static final int DONE = 4;
    private static final int WHO_LEFT = DONE + PARTIES;

    /// What parties use.
    ///
    /// @param lock guards the words
    /// @param words see above
    /// @param stop becomes 1 at the end
    private record Site(SharedLock lock, SharedLongs words, SharedCounter stop) implements Serializable {
        int work(int party) {
            while (stop.get() == 0) {
                enter();
                try {
                    increment(FIRST);
                    increment(DONE + party);
                    thinkSometimes(0);
                    increment(SECOND);
                } finally {
                    lock.unlock();
                }
                thinkSometimes(SPRINT / 2);
            }
            return party;
        }

        /// The others cease to look, and sleep until they are woken; and there is time to die in.
        private void thinkSometimes(int when) {
            if (words.get(FIRST) % SPRINT == when) {
                Pause.of(THOUGHT);
            }
        }

        private void enter() {
            try {
                lock.lock();
                if (words.get(FIRST) != words.get(SECOND)) {
                    lock.unlock();
                    throw new IllegalStateException("nobody has said that it is half changed: " + this);
                }
            } catch (AbandonedLockException e) {
                repair(e);
            }
        }

        /// May be broken off anywhere, and done again.
        private void repair(AbandonedLockException told) {
            long first = words.get(FIRST);
            words.set(REPAIRED, first - done());
            words.set(SECOND, first);
            var who = WHO.matcher(told.getMessage());
            words.set(WHO_LEFT + words.get(TOLD), who.find() ? Long.parseLong(who.group(1)) : -1);
            increment(TOLD);
        }

        private void increment(int word) {
            words.set(word, words.get(word) + 1);
        }

        long done() {
            return LongStream.range(DONE, DONE + PARTIES).map(words::get).sum();
        }

        long slowest() {
            return LongStream.range(DONE, DONE + PARTIES).map(words::get).min().orElseThrow();
        }
    }

    @Test
    @Timeout(360) // half a second for each kill, on a machine that is not slow
    void what_a_lock_guards_is_whole_unless_its_taker_is_told() {
        try (var pool = Pool.open(PARTIES - 1); var words = SharedLongs.create(WHO_LEFT + KILLS)) {
            var site = new Site(Hosted.lock(pool), words, Hosted.counter(pool));
            var storm = new Storm(pool);
            storm.during(() -> {
                var there = pool.with(o -> o.withRetries(KILLS).withChunkSize(1))
                        .mapAsync(site::work, Inputs.upTo(PARTIES - 1));
                var here = Calls.start(() -> site.work(PARTIES - 1));
                storm.rage(KILLS, site::slowest, 10);
                site.stop().getAndIncrement();

                assertEquals(Inputs.upTo(PARTIES - 1), there.get(20, TimeUnit.SECONDS));
                assertEquals(PARTIES - 1, here.get(20, TimeUnit.SECONDS));
                assertWhole(site, storm);
            });
        }
    }

    private static void assertWhole(Site site, Storm storm) {
        var words = site.words();
        assertEquals("SharedLock[free]", site.lock().toString());
        assertEquals(words.get(FIRST), words.get(SECOND));
        assertEquals(words.get(FIRST), site.done() + words.get(REPAIRED));
        assertTrue(words.get(REPAIRED) <= words.get(TOLD));
        assertTrue(words.get(TOLD) > 0 && words.get(TOLD) <= KILLS, words.get(TOLD) + " were told");
        for (int i = 0; i < words.get(TOLD); i++) {
            long who = words.get(WHO_LEFT + i);
            assertTrue(storm.killed.contains(who), who + " was not killed, and is said to have left the lock");
        }
    }
}
