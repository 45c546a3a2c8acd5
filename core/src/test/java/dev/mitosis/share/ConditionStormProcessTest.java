package dev.mitosis.share;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.Pool;
import dev.mitosis.testing.Inputs;
import dev.mitosis.testing.LeakCheck;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Workers are killed at random moments while they signal each other, without a time-out: a lost signal is a hang.
@Tag("process")
@ExtendWith(LeakCheck.class)
class ConditionStormProcessTest {
    private static final int KILLS = 30;
    private static final int PARTIES = 4; // half of them fill, the others empty
    private static final int STOCK = 0; // 0 or 1
    private static final int STOP = 1;
    private static final int DONE = 2;

    /// What parties use.
    ///
    /// @param lock guards the words
    /// @param full is signalled when there is something
    /// @param empty is signalled when there is nothing
    /// @param words how much there is, whether all are to end, and how often each has done his part
    private record Site(SharedLock lock, Condition full, Condition empty, SharedLongs words)
            implements Serializable {
        int work(int party) throws InterruptedException {
            long wanted = party % 2;
            while (words.get(STOP) == 0) {
                enter();
                try {
                    change(wanted, party);
                } catch (AbandonedLockException e) {
                    wakeAll();
                } finally {
                    lock.unlock();
                }
            }
            return party;
        }

        private void change(long wanted, int party) throws InterruptedException {
            while (words.get(STOCK) != wanted && words.get(STOP) == 0) {
                (wanted == 0 ? empty : full).await();
            }
            words.set(STOCK, 1 - wanted);
            words.set(DONE + party, words.get(DONE + party) + 1);
            (wanted == 0 ? full : empty).signal();
        }

        private void enter() {
            try {
                lock.lock();
            } catch (AbandonedLockException e) {
                wakeAll();
            }
        }

        /// Nobody knows whom the dead one has signalled.
        private void wakeAll() {
            full.signalAll();
            empty.signalAll();
        }

        void stop() {
            words.set(STOP, 1);
            enter();
            wakeAll();
            lock.unlock();
        }

        long slowest() {
            return LongStream.range(DONE, DONE + PARTIES).map(words::get).min().orElseThrow();
        }
    }

    @Test
    void no_signal_is_lost_with_a_killed_worker() {
        try (var pool = Pool.open(PARTIES); var words = SharedLongs.create(DONE + PARTIES)) {
            var lock = Hosted.lock(pool);
            var site = new Site(lock, lock.newCondition(), lock.newCondition(), words);
            var storm = new Storm(pool);
            storm.during(() -> {
                var there = pool.with(o -> o.withRetries(KILLS).withChunkSize(1))
                        .mapAsync(site::work, Inputs.upTo(PARTIES));
                storm.rage(KILLS, site::slowest, 5);
                site.stop();

                assertEquals(Inputs.upTo(PARTIES), there.get(20, TimeUnit.SECONDS));
            });
        }
    }
}
