package dev.mitosis.contract.verbs;

import static dev.mitosis.testing.Failures.failureOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Backend;
import dev.mitosis.Output;
import dev.mitosis.Pool;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.WorkerStartException;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Ledger;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class EverywhereFaultsProcessTest extends EverywhereFaultsContract {
    @Override
    protected Backend backend() {
        return Backend.processes();
    }

    private void assertDies(Deed deed, String message) {
        try (var pool = two()) {
            var task = once(deed);

            var failure = assertInstanceOf(WorkerDiedException.class, failureOn(pool, task));

            assertTrue(failure.getMessage().contains(message), failure.getMessage());
            assertEquals(failure.index(), failure.report().index());
            assertEquals(failure.pid(), failure.report().pid());
            pool.everywhere(() -> {}); // the replacement is there
            assertEquals(2, task.ledger().notes().size(), "what has failed is not run once more");
        }
    }

    @Test
    void f7_everywhere_that_exits_says_so() {
        assertDies(Deed.EXITS, "System.exit(5)");
    }

    @Test
    void f8_everywhere_that_kills_a_worker_says_so() {
        assertDies(Deed.KILLS_ITSELF, "SIGKILL");
    }

    @Test
    void a_replacement_runs_what_went_well_everywhere_once_and_not_what_failed() {
        var ledger = Ledger.in(directory);
        try (var pool = open(c -> c.withWorkers(1).withOutput(Output.discard()))) {
            pool.apply(() -> 1);
            pool.everywhere(() -> ledger.note("before"));
            failureOf(() -> pool.everywhere(() -> {
                throw new IllegalStateException(ledger.note("failed"));
            }));
            pool.everywhere(() -> ledger.note("after"));
            failureOf(() -> pool.apply(() -> Deed.EXITS.act(0, new Gate.Door("nowhere"))));

            pool.apply(() -> ledger.note("item"));

            assertEquals(List.of("before", "failed", "after", "before", "after", "item"), ledger.notes());
        }
    }

    /// They are sent to it all at once, and one worker after another would not start.
    @Test
    void a_replacement_runs_what_is_much_in_all() {
        byte[] much = new byte[45 << 20];
        var ledger = Ledger.in(directory);
        try (var pool = open(c -> c.withWorkers(1).withHeap("1g").withOutput(Output.discard()))) {
            for (int i = 0; i < 3; i++) {
                pool.everywhere(() -> ledger.note(much.length));
            }
            failureOf(() -> pool.apply(() -> Deed.EXITS.act(0, new Gate.Door("nowhere"))));

            assertEquals(1, pool.apply(() -> 1));

            assertEquals(Collections.nCopies(6, Integer.toString(much.length)), ledger.notes());
        }
    }

    @Test
    void f15_everywhere_runs_on_those_that_could_be_started() {
        var ledger = Ledger.in(directory);
        var first = once(Deed.RETURNS);
        try (var gate = Gate.create(); var pool = openWithOne(first, gate.door())) {
            var call = Calls.start(() -> {
                pool.everywhere(() -> ledger.note("began"));
                return 0;
            });
            Eventually.holds("it has begun", () -> !ledger.notes().isEmpty());
            gate.open();
            var failure = Calls.failureOf(call, WorkerStartException.class);
            assertTrue(failure.getMessage().contains("one is enough"), failure.getMessage());

            pool.everywhere(() -> ledger.note("ran"));

            assertEquals(List.of("began", "ran"), ledger.notes());
        }
    }

    /// {@return a pool of two, of whom one alone ever starts; the other tries once the door is open}
    private Pool openWithOne(Once first, Gate.Door door) {
        return open(c -> c.withWorkers(2).withOutput(Output.discard()).withInitializer(() -> {
            if (!first.isFirst()) {
                door.pass("late");
                throw new IllegalStateException("one is enough");
            }
        }));
    }
}
