package dev.mitosis.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Inputs;
import dev.mitosis.testing.LeakCheck;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Workers are killed at random moments while they put elements into a queue, and take them out of it.
@Tag("process")
@ExtendWith(LeakCheck.class)
class QueueStormProcessTest {
    private static final int KILLS = 60;
    private static final int PRODUCERS = 2;
    private static final int WORKERS = 4; // two take
    private static final int TAKERS = 3; // the last one is the caller
    private static final long LONGEST_LIST = 3 << 20;
    private static final int CAPACITY = 8; // in 64 KiB
    private static final int[] LENGTHS = {16, 100, 30_000, 17, 1_000, 100_000, 20}; // some are too large for that

    /// What parties use.
    ///
    /// @param queue holds arrays that begin with who has put them, and how many he had put before
    /// @param taken a list for each who takes: how many, and then each as the bits of both numbers
    /// @param names how many have ever begun to put
    /// @param stop becomes 1 at the end
    private record Site(BlockingQueue<byte[]> queue, SharedLongs taken, SharedCounter names, SharedCounter stop)
            implements Serializable {
        int work(int party) throws InterruptedException {
            if (party < PRODUCERS) {
                put();
            } else {
                take(party - PRODUCERS);
            }
            return party;
        }

        private void put() throws InterruptedException {
            long name = names.incrementAndGet();
            boolean put = true;
            for (int n = 0; stop.get() == 0; n += put ? 1 : 0) {
                put = queue.offer(element(name, n), 100, TimeUnit.MILLISECONDS);
            }
        }

        void take(int list) throws InterruptedException {
            while (stop.get() < 2) {
                byte[] element = queue.poll(100, TimeUnit.MILLISECONDS);
                if (element != null) {
                    note(list, numberOf(element));
                }
            }
        }

        private void note(int list, long number) {
            long at = list * LONGEST_LIST;
            long count = taken.get(at) + 1;
            taken.set(at + count, number);
            taken.set(at, count);
        }

        private long[] list(int list) {
            var all = new long[(int) taken.get(list * LONGEST_LIST)];
            taken.copyTo(list * LONGEST_LIST + 1, all);
            return all;
        }

        /// {@return how many elements he has taken who has taken fewest}
        long slowest() {
            return IntStream.range(0, TAKERS).mapToLong(list -> taken.get(list * LONGEST_LIST)).min().orElseThrow();
        }
    }

    private static byte[] element(long name, int n) {
        var element = new byte[LENGTHS[n % LENGTHS.length]];
        Arrays.fill(element, (byte) n);
        ByteBuffer.wrap(element).putLong(name << 32 | n);
        return element;
    }

    private static long numberOf(byte[] element) {
        long number = ByteBuffer.wrap(element).getLong();
        if (!Arrays.equals(element, element(number >>> 32, (int) number))) {
            throw new IllegalStateException("element " + number + " was mixed with another");
        }
        return number;
    }

    @Test
    @Timeout(360) // half a second for each kill, on a machine that is not slow
    void a_queue_loses_one_element_with_a_killed_worker_at_most_and_keeps_the_order() {
        try (var pool = Pool.open(WORKERS); var taken = SharedLongs.create(TAKERS * LONGEST_LIST)) {
            var site = new Site(Hosted.queue(pool, CAPACITY), taken, Hosted.counter(pool), Hosted.counter(pool));
            var storm = new Storm(pool);
            storm.during(() -> {
                var there = pool.with(o -> o.withRetries(KILLS).withChunkSize(1))
                        .mapAsync(site::work, Inputs.upTo(WORKERS));
                var here = Calls.start(() -> {
                    site.take(TAKERS - 1);
                    return true;
                });
                storm.rage(KILLS, site::slowest, 10);
                end(site);

                assertEquals(Inputs.upTo(WORKERS), there.get(20, TimeUnit.SECONDS));
                assertTrue(here.get(20, TimeUnit.SECONDS));
                assertComplete(site);
            });
        }
    }

    /// Nobody puts any more, then nobody takes any more.
    private static void end(Site site) throws InterruptedException {
        site.stop().getAndIncrement();
        var last = element(0, 0);
        assertTrue(site.queue().offer(last, 20, TimeUnit.SECONDS));
        Eventually.holds("all is taken", site.queue()::isEmpty);
        site.stop().getAndIncrement();
    }

    private static void assertComplete(Site site) {
        var seen = new HashSet<Long>();
        var counts = new HashMap<Long, Integer>(); // elements taken, by who has put them
        var lasts = new HashMap<Long, Integer>();
        for (int list = 0; list < TAKERS; list++) {
            var before = new HashMap<Long, Integer>();
            for (long number : site.list(list)) {
                long name = number >>> 32;
                int n = (int) number;
                assertTrue(seen.add(number), () -> n + " of " + name + " was taken twice");
                assertTrue(before.merge(name, n, (old, now) -> now > old ? now : -1) == n, "in order");
                counts.merge(name, 1, Integer::sum);
                lasts.merge(name, n, Math::max);
            }
        }
        int lost = lasts.entrySet().stream().mapToInt(last -> last.getValue() + 1 - counts.get(last.getKey())).sum();
        assertTrue(lost <= KILLS, () -> lost + " elements were lost: " + Map.copyOf(lasts));
    }
}
