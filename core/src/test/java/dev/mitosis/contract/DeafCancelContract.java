package dev.mitosis.contract;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.Task;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Ledger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cancelling items that do not hear an interrupt: they alone lose their workers, and no interrupt hits another item.
abstract class DeafCancelContract extends PoolContract {
    private static final int QUICK = 10_000;

    @TempDir
    Path directory;

    private Pool impatient() {
        return pool().with(o -> o.withGrace(Duration.ofMillis(50)));
    }

    @Test
    void f12_a_cancelled_task_that_is_deaf_loses_its_worker_and_no_other() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var deaf = impatient().applyAsync(() -> door.passStubbornly("deaf"));
            var hearing = patient().applyAsync(() -> door.pass("hearing"));
            var bystander = pool().applyAsync(() -> door.pass("bystander"));
            var hears = gate.arrivalOf("hearing");
            var standsBy = gate.arrivalOf("bystander");
            gate.arrivalOf("deaf");
            long gone = pool().stats().deaths();

            assertTrue(hearing.cancel(true));
            assertTrue(deaf.cancel(true));

            hears.awaitGone();
            Eventually.holds("the deaf one's worker is gone", () -> pool().stats().deaths() == gone + 1);
            assertFalse(bystander.isDone());
            standsBy.release();
            assertEquals("bystander", bystander.get());
            assertEquals(upTo(20), pool().map(n -> n, upTo(20), 1));
            assertEquals(gone + 1, pool().stats().deaths(), "one worker went, and one only");
            gate.open(); // threads cannot be killed
        }
    }

    @Test
    void stats_count_no_item_that_nobody_ran_as_one_that_returned() throws Exception {
        try (var gate = Gate.create(); var pool = open(c -> c.withWorkers(1))) {
            var door = gate.door();
            var tasks = new ArrayList<Task<Integer>>();
            tasks.add(pool.applyAsync(() -> door.pass(0)));
            for (int i = 1; i < 10; i++) {
                int n = i;
                tasks.add(pool.applyAsync(() -> n));
            }
            tasks.subList(1, 10).forEach(task -> task.cancel(true));
            gate.open();

            assertEquals(0, tasks.getFirst().get());
            assertEquals(1, pool.apply(() -> 1));
            Eventually.holds("both are counted", () -> pool.stats().itemsOk() == 2);
            assertEquals(9, pool.stats().itemsFailed());
        }
    }

    @Test
    void f12_what_is_cancelled_as_it_begins_does_not_stay() {
        try (var one = open(c -> c.withWorkers(1))) {
            var patient = one.with(o -> o.withGrace(Duration.ofSeconds(20)));
            for (int round = 0; round < 300; round++) {
                one.apply(() -> 0);
                patient.applyAsync(() -> {
                    new CountDownLatch(1).await();
                    return 1;
                }).cancel(true);
            }

            assertEquals(2, one.apply(() -> 2));
            assertEquals(0, one.stats().deaths(), "an interrupt is enough");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void f12_closing_results_ends_the_deaf_and_starts_nothing_more(int chunkSize) throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var ledger = Ledger.in(directory);
            var bystander = pool().applyAsync(() -> door.pass("bystander"));
            var standsBy = gate.arrivalOf("bystander");
            var results = impatient().imap(n -> door.passStubbornly(ledger.note(n)), upTo(100), chunkSize);
            gate.arrival();
            gate.arrival();
            long gone = pool().stats().deaths();

            results.close();

            Eventually.holds("the workers of both are gone", () -> pool().stats().deaths() == gone + 2);
            standsBy.release();
            assertEquals("bystander", bystander.get());
            assertEquals(upTo(20), pool().map(n -> n, upTo(20), 1));
            assertEquals(gone + 2, pool().stats().deaths());
            assertEquals(2, ledger.notes().size(), () -> "started: " + ledger.notes());
            gate.open();
        }
    }

    @Test
    void f12_a_cancelled_map_ends_the_deaf_and_starts_nothing_more() throws Exception {
        try (var gate = Gate.create(); var pool = open(c -> c.withWorkers(1))) {
            var door = gate.door();
            var ledger = Ledger.in(directory);
            var map = pool.with(o -> o.withGrace(Duration.ofMillis(50)))
                    .mapAsync(n -> door.passStubbornly(ledger.note(n)), upTo(100));
            gate.arrival();

            assertTrue(map.cancel(true));

            Eventually.holds("its worker is gone", () -> pool.stats().deaths() == 1);
            assertEquals(upTo(20), pool.map(n -> n, upTo(20)));
            assertEquals(1, ledger.notes().size(), () -> "started: " + ledger.notes());
            gate.open();
        }
    }

    @Test
    void f12_the_next_item_never_sees_an_interrupt() {
        int interrupted = 0;
        try (var flags = pool().with(o -> o.withWindow(200))
                .imap(_ -> Thread.currentThread().isInterrupted(), upTo(QUICK))) {
            for (int n = 0; flags.hasNext(); n++) {
                interrupted += flags.next() ? 1 : 0;
                if (n % 20 == 0) {
                    cancelSomewhere();
                }
            }
        }

        assertEquals(0, interrupted);
    }

    /// Cancels a task when it waits, runs or has just ended.
    private void cancelSomewhere() {
        int spins = ThreadLocalRandom.current().nextInt(20_000);
        var task = pool().applyAsync(n -> spin(n), spins);
        spin(ThreadLocalRandom.current().nextInt(20_000));
        task.cancel(true);
    }

    private static int spin(int times) {
        int sum = 0;
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
            sum += i;
        }
        return sum;
    }

    @Test
    void f12_items_after_one_that_swallowed_its_interrupt_see_none() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            for (int round = 0; round < 10; round++) {
                var tasks = upTo(WORKERS).stream().map(n -> pool().applyAsync(() -> door.pass(n))).toList();
                tasks.forEach(_ -> gate.arrival());

                tasks.forEach(task -> task.cancel(true));

                assertEquals(List.of(), pool().map(n -> Thread.currentThread().isInterrupted(), upTo(1_000)).stream()
                        .filter(flag -> flag).toList());
            }
        }
    }

    @Test
    void an_item_that_interrupts_itself_harms_no_other() {
        assertEquals(List.of(), pool().map(n -> {
            boolean before = Thread.currentThread().isInterrupted();
            if (n % 3 == 0) {
                Thread.currentThread().interrupt();
            }
            return before ? n : -1;
        }, upTo(300)).stream().filter(n -> n >= 0).toList());
    }
}
