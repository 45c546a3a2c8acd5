package dev.mitosis.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.Pool;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.HeldPool;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.PoolHolder.Doing;
import dev.mitosis.testing.Processes;
import dev.mitosis.testing.SideBySide;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// No worker outlives the JVM that holds its pool, whatever ends that.
@Tag("process")
@ExtendWith(LeakCheck.class)
class ParentDeathProcessTest {
    @ParameterizedTest
    @SideBySide
    @EnumSource(names = {"IDLE", "WAITING", "LOOPING", "IN_HOSTED_OBJECTS", "IN_NATIVE_CODE"})
    void f19_no_worker_outlives_a_killed_parent(Doing doing) throws Exception {
        try (var gate = Gate.create(); var holder = HeldPool.start(doing, gate)) {
            holder.awaitReady();
            letWorkersBe(doing, gate);

            assertEndsWithItsWorkers(holder, 2);
        }
    }

    @Test
    @SideBySide
    void f19_workers_that_are_starting_do_not_outlive_a_killed_parent() throws Exception {
        try (var gate = Gate.create(); var holder = HeldPool.start(Doing.STARTING, gate)) {
            holder.awaitReady();
            gate.arrival();
            gate.arrival();

            assertEndsWithItsWorkers(holder, 2);
        }
    }

    @Test
    @SideBySide
    void f19_workers_in_the_middle_of_an_answer_do_not_outlive_a_killed_parent() throws Exception {
        try (var gate = Gate.create(); var holder = HeldPool.start(Doing.ANSWERING, gate)) {
            holder.awaitReady();
            letWorkersBe(Doing.WAITING, gate);
            Processes.stop(holder.pid()); // it reads nothing more
            gate.open();

            assertEndsWithItsWorkers(holder, 2);
        }
    }

    @Test
    @SideBySide
    void f19_workers_that_are_being_replaced_and_those_that_follow_do_not_outlive_a_killed_parent() throws Exception {
        try (var gate = Gate.create(); var holder = HeldPool.start(Doing.LEAVING_WORKERS, gate)) {
            holder.awaitReady();
            gate.arrival();
            gate.arrival();
            Eventually.holds("the next ones are there", () -> holder.workers().size() == 4);

            assertEndsWithItsWorkers(holder, 4);
        }
    }

    private static void assertEndsWithItsWorkers(HeldPool holder, int workers) throws Exception {
        assertEquals(workers, holder.workers().size());

        Processes.kill9(holder.pid());

        assertEquals(137, holder.exitStatus());
        holder.assertNobodyIsLeft();
        Pool.open(1).close(); // sweeps what the dead have left
        Eventually.holds("nothing is left", () -> holder.folders().isEmpty()); // another may be at it
    }

    private static void letWorkersBe(Doing doing, Gate gate) {
        if (doing == Doing.IDLE) {
            return;
        }
        var visitors = List.of(gate.arrivalOf(1), gate.arrivalOf(2));
        if (doing != Doing.WAITING) {
            visitors.forEach(Gate.Visitor::release);
        }
    }

    // CPython: _TestPoolWorkerLifetime.test_worker_finalization_via_atexit_handler
    @Test
    @SideBySide
    void a_program_that_forgets_to_close_its_pool_still_ends() throws Exception {
        try (var gate = Gate.create(); var holder = HeldPool.start(Doing.LEAVING, gate)) {
            assertEquals(List.of(), holder.rest());
            assertEquals(0, holder.exitStatus());
            holder.assertNobodyIsLeft();
            assertEquals(List.of(), holder.folders());
        }
    }

    @Test
    @SideBySide
    void workers_end_with_a_program_that_exits() throws Exception {
        try (var gate = Gate.create(); var holder = HeldPool.start(Doing.EXITING, gate)) {
            gate.arrivalOf(1);
            gate.arrivalOf(2);
            gate.arrivalOf("exit").release();

            assertEquals(3, holder.exitStatus());
            holder.assertNobodyIsLeft();
        }
    }

    @Test
    @SideBySide
    void workers_end_with_a_program_that_is_terminated() throws Exception {
        try (var gate = Gate.create(); var holder = HeldPool.start(Doing.WAITING, gate)) {
            holder.awaitReady();
            letWorkersBe(Doing.WAITING, gate);

            Processes.signal("TERM", holder.pid());

            assertEquals(143, holder.exitStatus());
            holder.assertNobodyIsLeft();
        }
    }
}
