package dev.mitosis.faults.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.LongRange;
import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// While a worker that has run all it may is being replaced, it or its successor is struck: that costs no item but the
/// one that runs.
@Tag("process")
@ExtendWith(LeakCheck.class)
class StruckReplacementProcessTest {
    private static final int MOST = 20_000; // so many that no successor is wanted but when a test has it so

    @TempDir
    static Path directory;

    private static HeldWorker worker; // for the tests of this class

    /// Who is struck, and when.
    enum Handover {
        OLD_WHILE_SUCCESSOR_STARTS, OLD_WHILE_SUCCESSOR_IS_WARM, STARTING_SUCCESSOR, WARM_SUCCESSOR;

        boolean strikesOld() {
            return this == OLD_WHILE_SUCCESSOR_STARTS || this == OLD_WHILE_SUCCESSOR_IS_WARM;
        }

        boolean isWarm() {
            return this == OLD_WHILE_SUCCESSOR_IS_WARM || this == WARM_SUCCESSOR;
        }
    }

    @BeforeAll
    static void open() {
        worker = new HeldWorker(directory, c -> c.withMaxTasksPerWorker(MOST));
    }

    @AfterAll
    static void close() {
        worker.close();
    }

    /// Has the worker run all that it may, but for so many items.
    private static void spendAllBut(int items) {
        var pool = worker.pool();
        long left = MOST - pool.stats().workers().getFirst().items() - items;
        assertEquals(left, pool.with(o -> o.withChunkSize(MOST)).mapToLong(n -> n, LongRange.of(0, left)).length);
    }

    private static void assertCostsNoItem(Handover handover, Harm harm) throws IOException {
        long deaths = worker.pool().stats().deaths();
        long old = worker.pid();
        spendAllBut(1);
        var next = worker.nextStart();
        if (handover.isWarm()) {
            worker.letWarmUp(next);
        }
        spendAllBut(0);
        var end = worker.nextEnd();
        var ledger = worker.newLedger();

        try (var outcomes = worker.begin(Moment.IDLE, ledger, o -> o, Pool::outcomes)) {
            worker.strike(handover.strikesOld() ? old : next.pid(), harm);
            switch (handover) {
                case OLD_WHILE_SUCCESSOR_STARTS -> worker.letStart(next);
                case OLD_WHILE_SUCCESSOR_IS_WARM -> { }
                case STARTING_SUCCESSOR -> {
                    worker.letStart(); // while the old one is still there
                    end.release();
                }
                case WARM_SUCCESSOR -> {
                    Eventually.holds("it is known", () -> !Inside.hasWarmSuccessor(worker.pool()));
                    end.release();
                    worker.letStart();
                }
            }
            Work.assertAllOk(Moment.IDLE, Scene.rest(outcomes), true);
        }
        Work.assertEachRanOnce(ledger);
        assertEquals(deaths + (handover.strikesOld() ? 1 : 0), worker.pool().stats().deaths());
        assertFalse(Processes.isAlive(old));
        worker.assertGoesOn();
    }

    @ParameterizedTest
    @EnumSource
    void f7_a_halt_while_a_worker_is_replaced_costs_no_item(Handover handover) throws Exception {
        assertCostsNoItem(handover, Harm.HALT);
    }

    @ParameterizedTest
    @EnumSource
    void f7_an_exit_while_a_worker_is_replaced_costs_no_item(Handover handover) throws Exception {
        assertCostsNoItem(handover, Harm.EXIT);
    }

    @ParameterizedTest
    @EnumSource
    void f8_a_sigkill_while_a_worker_is_replaced_costs_no_item(Handover handover) throws Exception {
        assertCostsNoItem(handover, Harm.KILL);
    }

    @ParameterizedTest
    @EnumSource
    void f8_an_abort_while_a_worker_is_replaced_costs_no_item(Handover handover) throws Exception {
        assertCostsNoItem(handover, Harm.ABRT);
    }

    @ParameterizedTest
    @EnumSource
    void f9_an_exhausted_heap_while_a_worker_is_replaced_costs_no_item(Handover handover) throws Exception {
        assertCostsNoItem(handover, Harm.HEAP);
    }

    @ParameterizedTest
    @EnumSource
    void f30_foreign_bytes_while_a_worker_is_replaced_cost_no_item(Handover handover) throws Exception {
        assertCostsNoItem(handover, Harm.FOREIGN_BYTES);
    }

    @ParameterizedTest
    @EnumSource
    void f32_of_the_last_items_of_a_worker_that_is_struck_its_warm_successor_runs_all_but_one(Harm harm)
            throws Exception {
        long deaths = worker.pool().stats().deaths();
        spendAllBut(Work.ITEMS);
        try (var scene = worker.reach(Moment.BUSY, o -> o, Pool::outcomes)) {
            worker.letWarmUp(worker.nextStart());
            worker.strike(scene.pid(), harm);

            var all = Scene.rest(scene.call());
            Work.assertAllOk(Moment.BUSY, all, false);
            var cause = assertInstanceOf(Outcome.Died.class, all.get(Work.VICTIM)).report().cause();
            assertTrue(cause.contains(harm.cause), cause);
            Work.assertEachRanOnce(scene.ledger());
        }
        assertEquals(deaths + 1, worker.pool().stats().deaths());
        worker.assertGoesOn();
    }
}
