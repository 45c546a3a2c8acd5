package dev.mitosis.faults.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.CallOptions;
import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.Results;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Logged;
import dev.mitosis.testing.Processes;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Items run out of time, or are not wanted any more, at whatever moment: that ends them, and no other.
@Tag("process")
@ExtendWith(LeakCheck.class)
class UnwantedItemsProcessTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(60);

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

    private static CallOptions limited(CallOptions options, Duration grace) {
        return options.withTimeout(LIMIT).withGrace(grace);
    }

    private static void assertTimedOut(Scene<Results<Outcome<Object>>> scene, long deaths) {
        var all = Scene.rest(scene.call());
        Work.assertAllOk(scene.moment(), all, false);
        assertEquals(LIMIT, assertInstanceOf(Outcome.TimedOut.class, all.get(Work.VICTIM)).limit());
        Work.assertEachRanOnce(scene.ledger());
        assertEquals(deaths, worker.pool().stats().deaths());
    }

    private static void awaitInterrupt(Scene<?> scene) {
        if (scene.moment() == Moment.WRITING) { // where the item stays interrupted until somebody reads
            scene.reader().awaitInterrupt();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "SERIALIZING", "WRITING", "DRAINING"})
    void f11_a_time_out_at_any_moment_of_an_item_interrupts_that_item_and_no_other(Moment moment) {
        long deaths = worker.pool().stats().deaths();
        try (var scene = worker.reach(moment, o -> limited(o, LONG), Pool::outcomes)) {
            awaitInterrupt(scene);
            scene.letRead();

            assertTimedOut(scene, deaths);
        }
        worker.assertGoesOn();
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "SERIALIZING", "WRITING", "DRAINING"})
    void f11_a_time_out_without_grace_at_any_moment_of_an_item_costs_that_item_and_no_other(Moment moment) {
        long deaths = worker.pool().stats().deaths();
        try (var scene = worker.reachDeaf(moment, o -> limited(o, Duration.ZERO), Pool::outcomes)) {
            Eventually.holds("the worker is killed", () -> !Processes.isAlive(scene.pid()));
            scene.letRead();
            worker.letStart();

            assertTimedOut(scene, deaths + 1);
        }
        worker.assertGoesOn();
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "SERIALIZING", "WRITING", "DRAINING"})
    void f28_a_worker_that_is_stopped_at_any_moment_of_an_item_times_out_like_any_other(Moment moment) {
        long deaths = worker.pool().stats().deaths();
        try (var scene = worker.reach(moment, o -> limited(o, Duration.ZERO), Pool::outcomes)) {
            Processes.stop(scene.pid());
            Eventually.holds("the worker is killed", () -> !Processes.isAlive(scene.pid()));
            scene.letRead();
            worker.letStart();

            assertTimedOut(scene, deaths + 1);
        }
        worker.assertGoesOn();
    }

    @Test
    void f28_a_worker_that_is_stopped_at_its_start_is_replaced_when_the_time_for_that_is_over() {
        try (var pausing = new HeldWorker(directory, c -> c.withStartTimeout(Duration.ofSeconds(8)));
                var scene = pausing.reach(Moment.STARTING, o -> o, Pool::outcomes)) {
            Processes.stop(scene.pid());
            pausing.letStart();

            Work.assertAllOk(Moment.STARTING, Scene.rest(scene.call()), true);
            Work.assertEachRanOnce(scene.ledger());
            pausing.assertGoesOn();
        }
    }

    @Test
    void f28_a_worker_that_is_stopped_while_it_is_idle_goes_on_with_what_it_is_given_meanwhile() {
        long deaths = worker.pool().stats().deaths();
        Processes.stop(worker.pid());
        var ledger = worker.newLedger();
        try (var outcomes = worker.begin(Moment.IDLE, ledger, o -> o, Pool::outcomes)) {
            Eventually.holds("it has been given the items",
                    () -> worker.pool().stats().workers().getFirst().state().equals("busy"));
            Processes.signal("CONT", worker.pid());

            Work.assertAllOk(Moment.IDLE, Scene.rest(outcomes), true);
        }
        assertEquals(deaths, worker.pool().stats().deaths());
        worker.assertGoesOn();
    }

    @Test
    void f28_a_worker_that_is_stopped_while_it_is_idle_is_killed_when_it_does_not_begin_with_timed_items() {
        long deaths = worker.pool().stats().deaths();
        long stopped = worker.pid();
        Processes.stop(stopped);
        var ledger = worker.newLedger();
        try (var logged = Logged.here();
                var outcomes = worker.begin(Moment.IDLE, ledger, o -> limited(o, GRACE),
                        Pool::outcomes)) {
            worker.letStart();

            Work.assertAllOk(Moment.IDLE, Scene.rest(outcomes), true);
            assertTrue(logged.messages(Level.FINE).contains("worker 0 (process " + stopped + ") has died: was killed,"
                    + " since it did not begin with its items within " + LIMIT.plus(GRACE) + " and did not answer"
                    + " either, as if it were stopped"), () -> logged.messages(Level.FINE).toString());
        }
        Work.assertEachRanOnce(ledger);
        assertEquals(deaths + 1, worker.pool().stats().deaths());
        worker.assertGoesOn();
    }

    /// What takes its time to be read in the worker.
    static final class Late implements Serializable {
        private final Gate.Door door;

        Late(Gate.Door door) {
            this.door = door;
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            door.pass("function");
        }

        String word() {
            return "late";
        }
    }

    @Test
    void f28_a_worker_that_is_slow_to_begin_with_timed_items_is_waited_for() throws Exception {
        long deaths = worker.pool().stats().deaths();
        int asked = Inside.stackRequests(worker.pool());
        var late = new Late(worker.gate().door());
        var task = worker.pool().with(o -> limited(o, Duration.ZERO)).applyAsync(() -> late.word());
        var reading = worker.gate().arrivalOf("function");
        Eventually.holds("it was asked again", () -> Inside.stackRequests(worker.pool()) >= asked + 2);
        reading.release();

        assertEquals("late", task.get());
        assertEquals(deaths, worker.pool().stats().deaths());
        worker.assertGoesOn();
    }

    private static void assertEndsTheItemThatRuns(Scene<?> scene, Runnable withdraw) {
        long deaths = worker.pool().stats().deaths();
        withdraw.run();
        awaitInterrupt(scene);
        scene.letRead();
        if (scene.moment() == Moment.STARTING) {
            scene.letPass();
        }

        worker.assertGoesOn();
        assertBegun(scene);
        assertEquals(deaths, worker.pool().stats().deaths(), "the worker has survived");
    }

    private static void assertBegun(Scene<?> scene) {
        int begun = switch (scene.moment()) {
            case STARTING -> 0;
            case IDLE -> Work.ITEMS;
            case BUSY, SERIALIZING, WRITING, DRAINING -> Work.VICTIM + 1;
        };
        assertEquals(begun, scene.ledger().notes().size(), scene.ledger().notes().toString());
    }

    @ParameterizedTest
    @EnumSource
    void f12_results_that_are_closed_at_any_moment_end_the_item_that_runs_and_no_other_starts(Moment moment) {
        try (var scene = worker.reach(moment, o -> o.withGrace(LONG), Pool::outcomes)) {
            assertEndsTheItemThatRuns(scene, scene.call()::close);
        }
    }

    @ParameterizedTest
    @EnumSource
    void f12_a_task_that_is_cancelled_at_any_moment_ends_the_item_that_runs_and_no_other_starts(Moment moment) {
        try (var scene = worker.reach(moment, o -> o.withGrace(LONG), Pool::mapAsync)) {
            if (moment == Moment.IDLE) {
                Eventually.holds("the results have been read", () -> scene.call().isDone());
            }
            assertEndsTheItemThatRuns(scene, () -> scene.call().cancel(true));
            assertEquals(moment != Moment.IDLE, scene.call().isCancelled());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "SERIALIZING", "WRITING", "DRAINING"})
    void f12_results_that_are_closed_without_grace_at_any_moment_of_an_item_cost_the_worker(Moment moment) {
        long deaths = worker.pool().stats().deaths();
        try (var scene = worker.reach(moment, o -> o.withGrace(Duration.ZERO), Pool::outcomes)) {
            Processes.stop(scene.pid()); // it hears nothing
            scene.call().close();
            Eventually.holds("the worker is killed", () -> !Processes.isAlive(scene.pid()));
            scene.letRead();
            worker.letStart();

            worker.assertGoesOn();
            assertBegun(scene);
        }
        assertEquals(deaths + 1, worker.pool().stats().deaths());
    }
}
