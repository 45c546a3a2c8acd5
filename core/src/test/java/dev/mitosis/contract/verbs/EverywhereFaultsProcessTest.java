package dev.mitosis.contract.verbs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Backend;
import dev.mitosis.Output;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.WorkerStartException;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Ledger;
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
            Eventually.holds("the replacement has run it, too", () -> task.ledger().notes().size() == 3);
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
    void f15_everywhere_runs_on_those_that_could_be_started() {
        var ledger = Ledger.in(directory);
        var first = once(Deed.RETURNS);
        try (var pool = open(c -> c.withWorkers(2).withOutput(Output.discard()).withInitializer(() -> {
            if (!first.isFirst()) {
                throw new IllegalStateException("one is enough");
            }
        }))) {
            var failure = assertThrows(WorkerStartException.class, () -> pool.everywhere(() -> {}));
            assertTrue(failure.getMessage().contains("one is enough"), failure.getMessage());

            pool.everywhere(() -> ledger.note("ran"));

            assertEquals(List.of("ran"), ledger.notes());
        }
    }
}
