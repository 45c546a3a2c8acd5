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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// An interrupt ends what it is meant for, and never the connection between a worker and its parent.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F12InterruptProcessTest {
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
}
