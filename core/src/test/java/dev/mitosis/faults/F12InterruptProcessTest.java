package dev.mitosis.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Ledger;
import dev.mitosis.workers.Sabotage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// An interrupt ends what it is meant for, and never the connection between a worker and its parent.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F12InterruptProcessTest {
    private static final int LONG = 8_000_000; // does not fit into a ring

    @TempDir
    Path directory;

    private static long self() {
        return ProcessHandle.current().pid();
    }

    private static boolean isMissing(String name) {
        return Thread.currentThread().getContextClassLoader().getResource(name) == null;
    }

    @Test
    void f12_an_interrupted_item_that_asks_for_a_class_does_not_cost_its_worker() {
        try (var pool = Pool.open(1)) {
            long pid = pool.apply(() -> self());

            assertTrue(pool.apply(() -> {
                Thread.currentThread().interrupt(); // as a time-out does, and as those who catch it should
                return isMissing("no/such.properties") && Thread.interrupted() && Sabotage.isConnected();
            }));

            assertEquals(pid, pool.apply(() -> self()));
            assertEquals(0, pool.stats().deaths());
        }
    }

    @Test
    void f12_initializers_and_finalizers_may_leave_an_interrupt_behind() {
        var ledger = Ledger.in(directory);
        try (var pool = Pool.open(c -> c.withWorkers(1).withMaxTasksPerWorker(1)
                .withInitializer(() -> Thread.currentThread().interrupt())
                .withFinalizer(() -> noteAndInterrupt(ledger)))) {
            var pids = List.of(pool.apply(() -> self()), pool.apply(() -> self()));

            assertEquals(pids.getFirst().toString(), ledger.notes().getFirst());
            assertNotEquals(pids.getFirst(), pids.getLast());
            assertEquals(0, pool.stats().deaths());
        }
    }

    private static void noteAndInterrupt(Ledger ledger) throws IOException {
        ledger.note(self());
        Thread.currentThread().interrupt();
    }

    /// Leaves a thread behind that interrupts this one as often as it can.
    private static void leaveAnInterrupterBehind() {
        var victim = Thread.currentThread();
        Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                victim.interrupt();
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void f12_a_thread_that_a_task_has_left_behind_cannot_interrupt_the_connection() {
        try (var pool = Pool.open(1)) {
            long pid = pool.apply(() -> self());
            pool.apply(() -> leaveAnInterrupterBehind());

            for (int i = 0; i < 200; i++) {
                assertEquals(pid, pool.apply(() -> self()));
            }
            int length = pool.apply(text -> text.length(), "x".repeat(LONG));
            assertEquals(LONG, length, "waits for the rest of the item");
            assertEquals(LONG, pool.apply(times -> "x".repeat(times), LONG).length(), "waits for room");
            assertEquals(0, pool.stats().deaths());
        }
    }

    @Test
    void f12_nor_can_one_that_an_initializer_has_left_behind() {
        try (var pool = Pool.open(c -> c.withWorkers(1).withMaxTasksPerWorker(1)
                .withInitializer(() -> leaveAnInterrupterBehind()))) {
            for (int i = 0; i < 5; i++) {
                assertTrue(pool.apply(() -> self()) > 0);
            }
            assertEquals(0, pool.stats().deaths());
        }
    }

    @Test
    void f12_the_thread_of_a_task_can_still_be_interrupted_by_its_own_threads() {
        try (var pool = Pool.open(1)) {
            assertTrue(pool.apply(() -> {
                var self = Thread.currentThread();
                Thread.ofPlatform().start(self::interrupt);
                try {
                    new CountDownLatch(1).await();
                    return false;
                } catch (InterruptedException e) {
                    return true;
                }
            }));
        }
    }

    @Test
    void f12_a_task_finds_itself_on_a_thread_of_the_usual_name() {
        try (var pool = Pool.open(1)) {
            assertEquals("main", pool.apply(() -> Thread.currentThread().getName()));
        }
    }
}
