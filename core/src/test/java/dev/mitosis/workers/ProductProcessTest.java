package dev.mitosis.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.ItemException;
import dev.mitosis.NotReadableException;
import dev.mitosis.NotShippableException;
import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.TaskTimeoutException;
import dev.mitosis.testing.Inputs.Counted;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Pause;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Everything at once, which no other pool is known to survive: an endless input, order, retries, a time-out,
/// batches, recycling, a slow reader, and six items of poison.
@Tag("process")
@ExtendWith(LeakCheck.class)
class ProductProcessTest {
    private static final int ITEMS = 20_000;
    private static final int ATTEMPTS = 3;
    private static final int WINDOW = 65_536; // by default
    private static final long SLACK = 16L << 20;
    private static final Map<Integer, Poison> POISONED = Map.of(
            1_234, Poison.HALTS,
            4_321, Poison.ALLOCATES_WITHOUT_END,
            4_322, Poison.RETURNS_WHAT_CANNOT_BE_READ,
            9_000, Poison.LOOPS_WITHOUT_A_CALL,
            14_142, Poison.RETURNS_WHAT_CANNOT_TRAVEL,
            17_320, Poison.BLOCKS_IN_NATIVE_CODE);

    private static Object work(int n) throws Exception {
        var poison = POISONED.get(n);
        try {
            return poison == null ? 2 * n : poison.take();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void exactly_the_six_poisoned_items_end_badly_and_memory_stays_flat() {
        var bad = new EnumMap<Poison, Outcome<Object>>(Poison.class);
        var stacks = new ConcurrentLinkedQueue<String>();
        var input = Counted.endless();
        long[] heap = new long[2];
        try (var pool = Pool.open(c -> c.withWorkers(2).withHeap("64m").withMaxTasksPerWorker(1_000)
                .withJvmArgs("--enable-native-access=ALL-UNNAMED"));
                var outcomes = pool.with(o -> o.withRetries(ATTEMPTS - 1).withTimeout(Duration.ofSeconds(1))
                        .withGrace(Duration.ofMillis(500)).withRetryOn(failure -> noteStack(failure, stacks)))
                        .outcomes(n -> work(n), input)) {
            for (int n = 0; n < ITEMS; n++) {
                input.asking();
                read(n, outcomes.next(), bad);
                if (n % 500 == 0) {
                    Pause.of(Duration.ofMillis(50));
                }
                if (n == ITEMS / 2) {
                    heap[0] = usedHeap();
                }
            }
            heap[1] = usedHeap();
        }

        assertEquals(POISONED.size(), bad.size(), () -> "poisoned items that ended badly: " + bad.keySet());
        bad.forEach(ProductProcessTest::assertTold);
        assertStackOfLoop(bad, stacks);
        assertTrue(heap[1] - heap[0] < SLACK, () -> "the heap grew from " + heap[0] + " to " + heap[1]);
        assertTrue(input.mostAhead() <= WINDOW, () -> "taken ahead: " + input.mostAhead());
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void read(int n, Outcome<Object> outcome, Map<Poison, Outcome<Object>> bad) {
        assertEquals(n, outcome.item().index());
        if (POISONED.containsKey(n)) {
            bad.put(POISONED.get(n), outcome);
        } else {
            assertEquals(2 * n, assertInstanceOf(Outcome.Ok.class, outcome, outcome::toString).value());
        }
    }

    private static void assertTold(Poison poison, Outcome<Object> outcome) {
        switch (poison) {
            case HALTS -> assertDied(outcome, "ended with exit status 7 (halt or native exit)");
            case ALLOCATES_WITHOUT_END -> {
                if (outcome instanceof Outcome.TimedOut) {
                    assertTimedOut(outcome); // on a busy machine its JVM may collect garbage for longer than it has
                } else {
                    assertDied(outcome, "ended since its heap of 64m was exhausted (exit status 3)");
                }
            }
            case LOOPS_WITHOUT_A_CALL, BLOCKS_IN_NATIVE_CODE -> assertTimedOut(outcome);
            case RETURNS_WHAT_CANNOT_TRAVEL -> assertFailed(outcome, NotShippableException.class, ATTEMPTS);
            // it had a result: that it cannot be read is found out by the reader, once the worker is long busy again
            case RETURNS_WHAT_CANNOT_BE_READ -> assertFailed(outcome, NotReadableException.class, 1);
        }
    }

    private static boolean noteStack(ItemException failure, Queue<String> stacks) {
        if (failure instanceof TaskTimeoutException late) {
            stacks.add(late.stackDump());
        }
        return true;
    }

    /// Each attempt is asked for its stack, but waited for only so long: on a busy machine not all come in time.
    private static void assertStackOfLoop(Map<Poison, Outcome<Object>> bad, Queue<String> stacks) {
        stacks.add(assertTimedOut(bad.get(Poison.LOOPS_WITHOUT_A_CALL)).stackDump());
        assertTrue(stacks.stream().anyMatch(stack -> stack.contains(Poison.class.getName() + ".loop(")),
                () -> String.join("\n", stacks));
    }

    private static void assertDied(Outcome<Object> outcome, String cause) {
        var report = assertInstanceOf(Outcome.Died.class, outcome).report();
        assertEquals(
                List.of(outcome.item().index(), String.valueOf(outcome.item().index()), ATTEMPTS, cause),
                List.of(report.index(), report.inputSummary(), report.attempt(), report.cause()));
        assertEquals(ATTEMPTS, outcome.item().attempts());
    }

    private static Outcome.TimedOut<?> assertTimedOut(Outcome<Object> outcome) {
        assertEquals(ATTEMPTS, outcome.item().attempts());
        return assertInstanceOf(Outcome.TimedOut.class, outcome);
    }

    private static void assertFailed(Outcome<Object> outcome, Class<?> cause, int attempts) {
        assertEquals(cause, assertInstanceOf(Outcome.Failed.class, outcome).exception().getClass());
        assertEquals(attempts, outcome.item().attempts());
    }
}
