package dev.mitosis.faults.moments;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.WorkerStartException;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever ends a worker, at whatever moment, costs the item that it runs, and no other.
@Tag("process")
@ExtendWith(LeakCheck.class)
class StruckWorkerProcessTest {
    @TempDir
    static Path directory;

    private static HeldWorker worker; // for the tests of this class

    @BeforeAll
    static void open() {
        worker = new HeldWorker(directory, c -> c);
    }

    @AfterAll
    static void close() {
        worker.close();
    }

    private static void assertCostsTheItemThatRuns(Moment moment, Harm harm) throws IOException {
        long deaths = worker.pool().stats().deaths();
        try (var scene = worker.reach(moment, o -> o, Pool::outcomes)) {
            worker.strike(scene.pid(), harm);
            scene.letRead();
            worker.letStart();

            var all = Scene.rest(scene.call());
            Work.assertAllOk(moment, all, !moment.hasItem());
            if (moment.hasItem()) {
                assertDied(scene.pid(), harm, all);
            }
            Work.assertEachRanOnce(scene.ledger());
        }
        assertEquals(deaths + 1, worker.pool().stats().deaths());
        worker.assertGoesOn();
    }

    private static long self() {
        return ProcessHandle.current().pid();
    }

    private static void assertDied(long pid, Harm harm, List<Outcome<Object>> all) {
        var report = assertInstanceOf(Outcome.Died.class, all.get(Work.VICTIM)).report();
        assertEquals(Work.VICTIM, report.index());
        assertEquals(pid, report.pid());
        assertTrue(report.cause().contains(harm.cause), report.cause());
    }

    @ParameterizedTest
    @EnumSource
    void f7_a_halt_at_any_moment_costs_the_item_that_runs_and_no_other(Moment moment) throws Exception {
        assertCostsTheItemThatRuns(moment, Harm.HALT);
    }

    @ParameterizedTest
    @EnumSource
    void f7_an_exit_at_any_moment_costs_the_item_that_runs_and_no_other(Moment moment) throws Exception {
        assertCostsTheItemThatRuns(moment, Harm.EXIT);
    }

    @ParameterizedTest
    @EnumSource
    void f8_a_sigkill_at_any_moment_costs_the_item_that_runs_and_no_other(Moment moment) throws Exception {
        assertCostsTheItemThatRuns(moment, Harm.KILL);
    }

    @ParameterizedTest
    @EnumSource
    void f8_an_abort_at_any_moment_costs_the_item_that_runs_and_no_other(Moment moment) throws Exception {
        assertCostsTheItemThatRuns(moment, Harm.ABRT);
    }

    @ParameterizedTest
    @EnumSource
    void f9_an_exhausted_heap_at_any_moment_costs_the_item_that_runs_and_no_other(Moment moment) throws Exception {
        assertCostsTheItemThatRuns(moment, Harm.HEAP);
    }

    @ParameterizedTest
    @EnumSource
    void f30_foreign_bytes_at_any_moment_cost_the_item_that_runs_and_no_other(Moment moment) throws Exception {
        assertCostsTheItemThatRuns(moment, Harm.FOREIGN_BYTES);
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "SERIALIZING", "WRITING", "DRAINING"})
    void f10_growth_at_any_moment_of_an_item_costs_that_item_and_no_other(Moment moment) throws Exception {
        assertCostsTheItemThatRuns(moment, Harm.GROWTH);
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTING", "IDLE"})
    void f10_growth_before_there_is_an_item_is_found_when_there_is_one(Moment moment) throws Exception {
        try (var scene = worker.reach(moment, o -> o, Pool::outcomes)) {
            long deaths = worker.pool().stats().deaths();
            Eventually.holds("nobody looks any more", () -> Inside.isUnwatched(worker.pool()));
            worker.weaken(scene.pid(), Harm.GROWTH);
            assertEquals(deaths, worker.pool().stats().deaths(), "nobody looks at a worker without items");
            scene.letPass();
            var door = worker.gate().door();
            long weak = scene.pid();
            var later = worker.pool().outcomes(n -> self() == weak ? door.passStubbornly(n) : n, upTo(Work.ITEMS));
            worker.letStart();

            var all = new ArrayList<Outcome<?>>(Scene.rest(scene.call()));
            later.forEachRemaining(all::add);

            var ended = all.stream().filter(one -> !(one instanceof Outcome.Ok)).toList();
            assertTrue(ended.size() <= 1, ended.toString());
            for (var one : ended) {
                var cause = assertInstanceOf(Outcome.Died.class, one).report().cause();
                assertTrue(cause.contains(Harm.GROWTH.cause), cause);
            }
            assertEquals(2 * Work.ITEMS, all.size());
            assertEquals(deaths + 1, worker.pool().stats().deaths());
        }
        worker.assertGoesOn();
    }

    @Test
    void f14_an_answer_that_a_death_has_cut_off_is_forgotten_when_its_item_is_tried_again() throws Exception {
        try (var own = new HeldWorker(directory, c -> c);
                var scene = own.reach(Moment.WRITING, o -> o.withRetries(1), Pool::outcomes)) {
            own.strike(scene.pid(), Harm.KILL);
            own.gate().open();
            scene.letRead();

            var all = Scene.rest(scene.call());
            Work.assertAllOk(Moment.WRITING, all, true);
            assertEquals(2, all.get(Work.VICTIM).item().attempts(), all.toString());
            assertEquals(Work.ITEMS + 1, scene.ledger().notes().size());
        }
    }

    @Test
    void f15_three_starts_in_a_row_that_are_struck_fail_the_call_and_the_next_call_tries_again() throws Exception {
        try (var scene = worker.reach(Moment.STARTING, o -> o, Pool::outcomes)) {
            worker.strike(scene.pid(), Harm.KILL);
            worker.strike(worker.nextStart().pid(), Harm.HALT);
            worker.strike(worker.nextStart().pid(), Harm.FOREIGN_BYTES);

            var failure = assertThrows(WorkerStartException.class, scene.call()::next);

            assertTrue(failure.getMessage().contains("the last of 3 attempts failed"), failure.getMessage());
            assertTrue(failure.getMessage().contains(Harm.FOREIGN_BYTES.cause), failure.getMessage());
            assertEquals(List.of(), scene.ledger().notes());
        }
        var again = worker.pool().mapAsync(n -> n, upTo(20));
        worker.letStart();
        assertEquals(upTo(20), again.get());
        worker.assertGoesOn();
    }
}
