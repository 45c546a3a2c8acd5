package dev.mitosis.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.LongRange;
import dev.mitosis.Pool;
import dev.mitosis.testing.LeakCheck;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Very many items: right to the last bit, in memory that does not grow.
@Tag("process")
@ExtendWith(LeakCheck.class)
class LongHaulProcessTest {
    private static final LongRange HUNDRED_BILLION = LongRange.of(0, 100_000_000_000L);
    private static final long TEN_MILLION = 10_000_000;
    private static final long SLACK = 16L << 20;
    private static final long WINDOW = 2L * 9 << 20; // of numbers, in arrays with room to spare

    private static Pool pool; // for the tests of this class

    @BeforeAll
    static void openPool() {
        pool = Pool.open(2);
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    /// The sum of the squares below a bound, modulo 2^64.
    private static long sumOfSquares(long bound) {
        var n = BigInteger.valueOf(bound);
        var six = BigInteger.valueOf(6);
        return n.subtract(BigInteger.ONE).multiply(n).multiply(n.shiftLeft(1).subtract(BigInteger.ONE))
                .divide(six).longValue();
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void f17_ten_million_of_a_hundred_billion_results_leave_the_heap_flat() {
        long sum = 0;
        long early = 0;
        try (var squares = pool.imap(n -> n * n, HUNDRED_BILLION)) {
            for (long read = 0; read < TEN_MILLION; read++) {
                if (read == TEN_MILLION / 10) {
                    early = usedHeap();
                }
                sum += squares.next();
            }
            assertFlat(early, SLACK);
        }

        assertEquals(sumOfSquares(TEN_MILLION), sum);
    }

    @Test
    void ten_million_unboxed_results_leave_the_heap_flat() {
        long sum = 0;
        long early = 0;
        try (var squares = pool.imapToLong(n -> n * n, HUNDRED_BILLION)) {
            for (long read = 0; read < TEN_MILLION; read++) {
                if (read == TEN_MILLION / 10) {
                    early = usedHeap();
                }
                sum += squares.nextLong();
            }
            assertFlat(early, SLACK + WINDOW);
        }

        assertEquals(sumOfSquares(TEN_MILLION), sum);
    }

    private static void assertFlat(long early, long slack) {
        long late = usedHeap();
        assertTrue(late - early < slack, "the heap grew from " + early + " to " + late);
    }

    @Test
    void a_fold_of_a_hundred_million_numbers_is_right() {
        long bound = 10 * TEN_MILLION;

        assertEquals(sumOfSquares(bound), pool.mapReduceLong(n -> n * n, Long::sum, 0, LongRange.of(0, bound)));
    }

    @Test
    void a_million_boxed_items_are_folded_rightly() {
        assertEquals(sumOfSquares(1_000_000), pool.mapReduce(n -> n * n, Long::sum, 0L, LongRange.of(0, 1_000_000)));
    }

    @Test
    void a_map_of_a_million_unboxed_results_is_right() {
        long sum = 0;
        for (long square : pool.mapToLong(n -> n * n, LongRange.of(0, 1_000_000))) {
            sum += square;
        }

        assertEquals(sumOfSquares(1_000_000), sum);
    }

    @Test
    void f26_items_of_many_megabytes_pass_one_after_another() {
        long early = usedHeap();
        var input = java.util.stream.IntStream.range(0, 60).mapToObj(n -> new byte[2_000_000 + n]);

        try (var lengths = pool.with(o -> o.withWindow(4)).imap(bytes -> bytes.length, input::iterator)) {
            for (int n = 0; n < 60; n++) {
                assertEquals(2_000_000 + n, lengths.next());
            }
        }

        assertTrue(usedHeap() - early < SLACK);
    }
}
