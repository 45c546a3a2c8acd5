package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.failureOf;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.TaskTimeoutException;
import dev.mitosis.WorkerContext;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Time-outs, where there are threads or processes to run them against.
abstract class TimeoutsContract extends PoolContract {
    private static final Duration LIMIT = Duration.ofMillis(1_500);

    @TempDir
    Path directory;

    private Pool limited() {
        return pool().with(o -> o.withTimeout(LIMIT).withGrace(Duration.ofSeconds(10)));
    }

    @Test
    void f11_an_item_that_runs_too_long_is_interrupted() {
        try (var gate = Gate.create()) {
            var door = gate.door();

            var failure = assertThrows(TaskTimeoutException.class, () -> limited().apply(() -> waitHere(door, 1)));

            gate.arrival().awaitGone();
            assertEquals(LIMIT, failure.limit());
            assertStackOf("waitHere", failure.stackDump());
            assertTrue(failure.getMessage().contains(LIMIT.toString()), failure.getMessage());
        }
    }

    private static int waitHere(Gate.Door door, int item) throws IOException {
        return door.pass(item);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void f11_only_the_slow_item_times_out(int chunkSize) {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var pool = limited().with(o -> o.withChunkSize(chunkSize));
            var all = new ArrayList<Outcome<Integer>>();

            try (var outcomes = pool.outcomes(n -> n == 4 ? waitHere(door, n) : n, upTo(8))) {
                outcomes.forEachRemaining(all::add);
            }

            for (int n = 0; n < 8; n++) {
                var outcome = all.get(n);
                if (n == 4) {
                    assertEquals(LIMIT, assertInstanceOf(Outcome.TimedOut.class, outcome).limit());
                } else {
                    assertEquals(n, assertInstanceOf(Outcome.Ok.class, outcome).value());
                }
            }
        }
    }

    @Test
    void f11_a_task_fails_with_the_time_out() {
        try (var gate = Gate.create()) {
            var door = gate.door();

            var task = limited().applyAsync(() -> waitHere(door, 1));

            assertInstanceOf(TaskTimeoutException.class, assertThrows(ExecutionException.class, task::get).getCause());
        }
    }

    @Test
    void f11_an_item_that_ran_too_long_is_tried_again() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var pool = limited().with(o -> o.withRetries(1));

            try (var outcomes = pool.outcomes(
                    n -> WorkerContext.current().attempt() == 1 ? waitHere(door, n) : n, List.of(7))) {
                var outcome = assertInstanceOf(Outcome.Ok.class, outcomes.next());

                assertEquals(7, outcome.value());
                assertEquals(2, outcome.item().attempts());
            }
        }
    }

    @Test
    void f11_map_fails_fast_at_a_time_out() {
        try (var gate = Gate.create()) {
            var door = gate.door();

            var failure = failureOf(() -> limited().map(n -> n == 2 ? waitHere(door, n) : n, upTo(50)));

            assertInstanceOf(TaskTimeoutException.class, failure);
            assertEquals(2, failure.index());
        }
    }

    @Test
    void f11_an_item_that_ignores_the_interrupt_still_times_out() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var pool = pool().with(o -> o.withTimeout(LIMIT).withGrace(Duration.ofMillis(50)));

            var failure = failureOf(() -> pool.apply(() -> door.passStubbornly(1)));

            assertInstanceOf(TaskTimeoutException.class, failure);
            assertEquals(upTo(10), pool().map(n -> n, upTo(10)), "the seat is filled again");
            gate.open();
        }
    }

    @Test
    void f11_an_item_that_returns_after_its_time_out_has_timed_out_at_each_attempt() {
        var ledger = Ledger.in(directory);
        try (var gate = Gate.create()) {
            var door = gate.door();
            var patient = limited().with(o -> o.withRetries(2));

            try (var outcomes = patient.outcomes(n -> returnLate(door, ledger.note(n)), List.of(7))) {
                var outcome = assertInstanceOf(Outcome.TimedOut.class, outcomes.next());
                assertEquals(3, outcome.item().attempts());
            }

            assertEquals(List.of("7", "7", "7"), ledger.notes());
        }
    }

    private static int returnLate(Gate.Door door, int item) {
        try {
            return door.pass(item);
        } catch (IOException e) {
            return -1; // interrupted, and none the worse for it
        }
    }

    @Test
    void items_see_that_they_have_run_out_of_time() {
        try (var gate = Gate.create()) {
            var door = gate.door();

            failureOf(() -> limited().apply(() -> {
                try {
                    return waitHere(door, 1);
                } catch (IOException e) {
                    return door.passStubbornly(WorkerContext.current().isCancelled());
                }
            }));

            gate.arrivalOf("true").release();
        }
    }

    @Test
    void f11_calls_without_a_time_out_run_on() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var unlimited = pool().applyAsync(() -> door.pass("unlimited"));
            var visitor = gate.arrivalOf("unlimited");

            assertInstanceOf(TaskTimeoutException.class, failureOf(() -> limited().apply(() -> waitHere(door, 1))));
            visitor.release();

            assertEquals("unlimited", unlimited.get());
        }
    }
}
