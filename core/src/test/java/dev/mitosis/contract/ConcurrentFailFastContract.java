package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.failureOf;
import static dev.mitosis.testing.Failures.suppressedIndices;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mitosis.ItemException;
import dev.mitosis.OnError;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fail fast among items that run at the same time: below the failed one they finish, above it they are interrupted.
abstract class ConcurrentFailFastContract extends PoolContract {
    @TempDir
    Path directory;

    private static int failAt(int item, int culprit) {
        if (item == culprit) {
            throw new IllegalStateException("item " + item);
        }
        return item;
    }

    @Test
    void items_below_the_failed_one_finish() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var ledger = Ledger.in(directory);
            var call = Calls.start(() -> pool().map(
                    n -> failAt(n == 0 ? ledger.note(door.pass(n)) : n, 1), upTo(20), 1));

            var zero = gate.arrivalOf(0);
            assertFalse(call.isDone(), "item 0 has not finished");
            zero.release();

            assertEquals(1, Calls.failureOf(call, ItemException.class).index());
            assertEquals(List.of("0"), ledger.notes());
        }
    }

    @Test
    void a_lower_item_that_fails_later_is_the_one_thrown() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var call = Calls.start(() -> pool().map(n -> failAt(door.pass(n), n), upTo(20), 1));

            var visitors = List.of(gate.arrivalOf(0), gate.arrivalOf(1), gate.arrivalOf(2));
            visitors.get(2).release();
            visitors.get(1).release();
            visitors.get(0).release();

            assertEquals(0, Calls.failureOf(call, ItemException.class).index());
        }
    }

    @Test
    void items_above_the_failed_one_are_interrupted() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var ledger = Ledger.in(directory);
            var call = Calls.start(() -> pool().map(n -> failAt(passAndNote(door, ledger, n), 0), upTo(20), 1));

            var above = List.of(gate.arrivalOf(1), gate.arrivalOf(2));
            gate.arrivalOf(0).release();
            above.forEach(Gate.Visitor::awaitGone);

            assertEquals(0, Calls.failureOf(call, ItemException.class).index());
            assertEquals(List.of("0"), ledger.notes());
            assertEquals(List.of("a"), pool().map(s -> s, List.of("a")), "the interrupt hit nothing else");
        }
    }

    private static int passAndNote(Gate.Door door, Ledger ledger, int item) throws IOException {
        return ledger.note(door.pass(item));
    }

    @Test
    void failures_above_the_lowest_are_suppressed() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var pool = pool().with(o -> o.withOnError(OnError.collect()));
            var call = Calls.start(() -> pool.map(n -> failAt(door.pass(n), n), upTo(3), 1));

            List.of(gate.arrivalOf(2), gate.arrivalOf(1), gate.arrivalOf(0)).forEach(Gate.Visitor::release);

            var failure = Calls.failureOf(call, ItemException.class);
            assertEquals(0, failure.index());
            assertEquals(List.of(1L, 2L), suppressedIndices(failure));
        }
    }

    @Test
    void a_failure_of_another_call_is_no_concern() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var call = Calls.start(() -> pool().map(door::pass, upTo(2), 1));
            var visitors = List.of(gate.arrivalOf(0), gate.arrivalOf(1));

            failureOf(() -> pool().map(n -> 1 / n, List.of(0)));
            visitors.forEach(Gate.Visitor::release);

            assertEquals(upTo(2), call.get());
        }
    }
}
