package dev.mitosis.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.testing.Inputs;
import dev.mitosis.testing.LeakCheck;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Workers are killed at random moments while they hold permits, and locks to read and to write.
@Tag("process")
@ExtendWith(LeakCheck.class)
class PermitsStormProcessTest {
    private static final int KILLS = 20;
    private static final int PARTIES = 4;
    private static final int PERMITS = 3;
    private static final int FIRST = 0;
    private static final int SECOND = 1;
    private static final int DONE = 2;

    /// What parties use.
    ///
    /// @param permits are held by all but one
    /// @param lock guards the words
    /// @param words both are changed at once; then how often each has done his part
    /// @param stop becomes 1 at the end
    private record Site(SharedSemaphore permits, ReadWriteLock lock, SharedLongs words, SharedCounter stop)
            implements Serializable {
        int work(int party) throws InterruptedException {
            while (stop.get() == 0) {
                permits.acquire();
                try {
                    visit(words.get(DONE + party) % PARTIES == party);
                } finally {
                    permits.release();
                }
                words.getAndAdd(DONE + party, 1);
            }
            return party;
        }

        private void visit(boolean writes) {
            var side = writes ? lock.writeLock() : lock.readLock();
            try {
                side.lock();
                requireWhole();
            } catch (AbandonedLockException e) {
                // a writer repairs it below, and a reader looks at nothing
            }
            try {
                if (writes) {
                    words.set(FIRST, words.get(FIRST) + 1);
                    words.set(SECOND, words.get(FIRST));
                }
            } finally {
                side.unlock();
            }
        }

        private void requireWhole() {
            if (words.get(FIRST) != words.get(SECOND)) {
                throw new IllegalStateException("nobody has said that it is half changed");
            }
        }

        long slowest() {
            return LongStream.range(DONE, DONE + PARTIES).map(words::get).min().orElseThrow();
        }
    }

    @Test
    void no_permit_and_no_lock_is_lost_with_a_killed_worker() {
        try (var pool = Pool.open(PARTIES); var words = SharedLongs.create(DONE + PARTIES)) {
            var site = new Site(Hosted.semaphore(pool, PERMITS), Hosted.readWriteLock(pool), words,
                    Hosted.counter(pool));
            var storm = new Storm(pool);
            storm.during(() -> {
                var there = pool.with(o -> o.withRetries(KILLS).withChunkSize(1))
                        .mapAsync(site::work, Inputs.upTo(PARTIES));
                storm.rage(KILLS, site::slowest, 5);
                site.stop().getAndIncrement();

                assertEquals(Inputs.upTo(PARTIES), there.get(20, TimeUnit.SECONDS));
                assertEquals(PERMITS, site.permits().availablePermits());
                site.visit(true);
                assertTrue(site.lock().writeLock().tryLock());
                site.lock().writeLock().unlock();
            });
        }
    }
}
